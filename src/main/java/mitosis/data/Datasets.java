package mitosis.data;

import java.nio.file.Path;

/** The datasets that recipes can name. */
public final class Datasets {

  private Datasets() {}

  /**
   * Loads a dataset.
   *
   * @param name as in a recipe
   * @param dataDir the folder that holds the data
   * @throws DataException if the name is unknown, or a file is missing or damaged
   */
  public static Dataset load(String name, Path dataDir) {
    if (name.equals(ParityOfDigits.NAME)) {
      return ParityOfDigits.load(dataDir);
    }
    throw unknown(name);
  }

  /**
   * Checks a dataset's files, in less time than it takes to load it.
   *
   * @param name as in a recipe
   * @param dataDir the folder that holds the data
   * @throws DataException if the name is unknown, or a file is missing or damaged
   */
  public static void check(String name, Path dataDir) {
    if (!name.equals(ParityOfDigits.NAME)) {
      throw unknown(name);
    }
    ParityOfDigits.check(dataDir);
  }

  /**
   * What {@link Dataset#fingerprint()} will be, without loading the data.
   *
   * @throws DataException if the name is unknown
   */
  public static String fingerprint(String name) {
    if (name.equals(ParityOfDigits.NAME)) {
      return ParityOfDigits.FINGERPRINT;
    }
    throw unknown(name);
  }

  private static DataException unknown(String name) {
    return new DataException(
        "unknown dataset '%s'; known: %s".formatted(name, ParityOfDigits.NAME));
  }
}
