package mitosis.data;

import java.nio.file.Path;

/** The parity task of the repository's digits, loaded once for all tests. */
public final class Digits {

  /** The folder that holds the data. */
  public static final Path FIXTURES = Path.of("fixtures");

  /** The datasets in that folder. */
  public static final Datasets DATASETS = new Datasets(FIXTURES);

  private static Dataset dataset;

  private Digits() {}

  /** The task; must not be changed. */
  public static synchronized Dataset dataset() {
    if (dataset == null) {
      dataset = DATASETS.load("pmnist");
    }
    return dataset;
  }
}
