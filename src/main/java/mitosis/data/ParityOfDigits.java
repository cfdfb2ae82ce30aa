package mitosis.data;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;
import mitosis.data.Datasets.DatasetSource;
import mitosis.data.Examples.Vectors;

/**
 * pMNIST: the parity of MNIST digits from their ten leading principal components (P22 §2.1, after
 * Geiger et al. 2020). As in the authors' code, the 10,000 digits of the t10k file train and the
 * 60,000 of the train file test. Even digits have the label +1, odd ones -1.
 */
public final class ParityOfDigits {

  /** The name that recipes use. */
  public static final String NAME = "pmnist";

  /** The dataset whose components are scaled to variance 1, of which the papers say nothing. */
  public static final String WHITENED = "pmnist-whitened";

  /** Number of principal components. */
  public static final int COMPONENTS = 10;

  static final int TRAINING_DIGITS = 10_000;

  private static final String TRAIN_IMAGES =
      "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7";
  private static final String TRAIN_LABELS =
      "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2";
  private static final String TEST_IMAGES =
      "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db";
  private static final String TEST_LABELS =
      "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5";

  /** The checksums of the four files, in the order train images, train labels, test. */
  static final String FINGERPRINT =
      String.join("+", TRAIN_IMAGES, TRAIN_LABELS, TEST_IMAGES, TEST_LABELS);

  private ParityOfDigits() {}

  /**
   * Reads the digits and projects them on the components fitted on the training digits.
   *
   * @param name {@link #NAME} or {@link #WHITENED}
   * @param dataDir the folder that holds {@code mnist/}
   * @throws DataException if a file is missing, damaged or not the published one
   */
  static Dataset load(String name, Path dataDir) {
    DigitFiles files = DigitFiles.read(dataDir.resolve("mnist"));
    int[] shape = files.trainImages().shape();
    PrincipalComponents fitted =
        PrincipalComponents.fit(files.trainImages().bytes(), shape[1] * shape[2], COMPONENTS);
    PrincipalComponents components = name.equals(WHITENED) ? fitted.whitened() : fitted;
    return new Dataset(
        name,
        examples(components, files.trainImages(), files.trainLabels()),
        examples(components, files.testImages(), files.testLabels()),
        FINGERPRINT);
  }

  /** Whether this is what a dataset is called. */
  static boolean isNamed(String name) {
    return name.equals(NAME) || name.equals(WHITENED);
  }

  /**
   * Reads the digits' files and checks them, without making anything of them.
   *
   * @throws DataException if a file is missing, damaged or not the published one
   */
  static void check(Path dataDir) {
    DigitFiles.read(dataDir.resolve("mnist"));
  }

  /** The four files of MNIST. */
  private record DigitFiles(
      IdxFile trainImages, IdxFile trainLabels, IdxFile testImages, IdxFile testLabels) {

    static DigitFiles read(Path folder) {
      return new DigitFiles(
          IdxFile.read(folder, "t10k-images-idx3-ubyte", 3, TRAIN_IMAGES),
          IdxFile.read(folder, "t10k-labels-idx1-ubyte", 1, TRAIN_LABELS),
          IdxFile.read(folder, "train-images-idx3-ubyte", 3, TEST_IMAGES),
          IdxFile.read(folder, "train-labels-idx1-ubyte", 1, TEST_LABELS));
    }
  }

  private static Vectors examples(PrincipalComponents components, IdxFile images, IdxFile labels) {
    int[] parities = new int[labels.bytes().length];
    for (int i = 0; i < parities.length; i++) {
      parities[i] = labels.bytes()[i] % 2 == 0 ? 1 : -1;
    }
    return new Vectors(components.project(images.bytes()), COMPONENTS, parities);
  }

  /**
   * The parity of digits. They come with the suite, and are looked for there if not elsewhere; if
   * they are missing there too that is an error, found when they are checked.
   *
   * @param name {@link #NAME} or {@link #WHITENED}
   */
  record DigitsSource(String name) implements DatasetSource {

    private static final Path FIXTURES = BaseFolder.SUITE.resolve("fixtures");

    private static Path folder(Path dataDir) {
      boolean elsewhere = !Files.exists(dataDir.resolve("mnist"));
      return elsewhere && Files.exists(FIXTURES.resolve("mnist")) ? FIXTURES : dataDir;
    }

    @Override
    public Dataset load(Path dataDir, OptionalInt first) {
      Dataset whole = ParityOfDigits.load(name, folder(dataDir));
      return first.isEmpty()
          ? whole
          : new Dataset(
              name, whole.train().first(first.getAsInt()), whole.test(), whole.fingerprint());
    }

    @Override
    public void check(Path dataDir, OptionalInt first) {
      ParityOfDigits.check(folder(dataDir));
    }

    @Override
    public String fingerprint(Path dataDir, OptionalInt first) {
      return ParityOfDigits.FINGERPRINT;
    }

    @Override
    public int classes(Path dataDir) {
      return 2;
    }

    @Override
    public int side(Path dataDir) {
      return 1;
    }

    @Override
    public int trainingExamples(Path dataDir, OptionalInt first) {
      return Math.min(ParityOfDigits.TRAINING_DIGITS, first.orElse(Integer.MAX_VALUE));
    }
  }
}
