package mitosis.train;

import org.apache.commons.codec.digest.DigestUtils;

/** What of a recipe decides under which name its run is stored. */
public final class RecipeHash {

  private RecipeHash() {}

  /**
   * The beginning of the SHA-256 of a recipe's JSON, of which a {@link RunStore} makes the name of
   * the run's folder, together with what is particular to data and machine.
   *
   * @param recipe a {@link Recipe} or an {@link OnlineTraining.OnlineRecipe}
   * @return 16 hexadecimal digits
   */
  public static String of(Object recipe) {
    return DigestUtils.sha256Hex(Json.line(recipe)).substring(0, 16);
  }
}
