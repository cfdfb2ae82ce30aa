package mitosis.suite;

import java.util.function.ToIntFunction;
import mitosis.claim.ClaimId;
import mitosis.model.FullyConnected;
import mitosis.train.Recipe;

/** In what a network differs from the others of its system. */
public enum Variant {
  /** The last layer alone is widened, the body narrow (P22 Fig. S4b). */
  LAST_LAYER_WIDENED(ClaimId.C12, "a widened last layer"),

  /** All but the last layer is widened (P22 Fig. S4a). */
  BODY_WIDENED(ClaimId.C12, "a widened body"),

  /** As wide as one another, of several depths. */
  DEPTH(ClaimId.C16, "other depths", recipe -> ((FullyConnected) recipe.network()).depth()),

  /** The widest, trained on another loss. */
  LOSS(ClaimId.C19, "another loss"),

  /** Of several widths, each trained with several weight decays, from none on. */
  WEIGHT_DECAY(ClaimId.C20, "other weight decays");

  private final ClaimId claim;
  private final String words;
  private final ToIntFunction<Recipe> number;

  Variant(ClaimId claim, String words) {
    this(claim, words, Recipe::width);
  }

  Variant(ClaimId claim, String words, ToIntFunction<Recipe> number) {
    this.claim = claim;
    this.words = words;
    this.number = number;
  }

  /** The claim that asks for such networks. */
  public ClaimId claim() {
    return claim;
  }

  /** The number that tells such networks apart in curves: their depth, or else their width. */
  int number(Recipe recipe) {
    return number.applyAsInt(recipe);
  }

  /** What such networks have. */
  @Override
  public String toString() {
    return words;
  }
}
