package mitosis.data;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import mitosis.data.Datasets.DatasetSource;
import mitosis.data.Examples.Images;
import mitosis.data.Examples.Normalisation;

/**
 * Images that nobody took: noise around one smooth pattern for each class. They stand in for a
 * dataset that is not there where only the way of the data is tried, under names such as {@code
 * made-up-10x32}: 10 classes of 32 x 32 pixels.
 *
 * @param classes 1 to 9999
 * @param side pixels along an edge, 1 to 999
 */
record SyntheticImages(int classes, int side) implements DatasetSource {

  /** How its names are written, for messages. */
  static final String PATTERN = "made-up-CLASSESxSIDE";

  private static final Pattern FORM =
      Pattern.compile("made-up-(?<classes>[1-9]\\d{0,3})x(?<side>[1-9]\\d{0,2})");

  private static final int TRAINING = 1_000;
  private static final int TEST = 1_000;
  private static final int CHANNELS = 3;
  private static final int GREY = 128;
  private static final double CONTRAST = 40;
  private static final double NOISE = 40;
  private static final long SEED = 5;

  /** Changes when the images do. */
  private static final String VERSION = "made up, version 1";

  /** The images of a name in a recipe, if it is theirs. */
  static Optional<DatasetSource> named(String name) {
    Matcher matcher = FORM.matcher(name);
    return matcher.matches()
        ? Optional.of(
            new SyntheticImages(
                Integer.parseInt(matcher.group("classes")),
                Integer.parseInt(matcher.group("side"))))
        : Optional.empty();
  }

  @Override
  public Dataset load(Path dataDir, OptionalInt first) {
    int training = trainingExamples(dataDir, first);
    return new Dataset(
        "made-up-%dx%d".formatted(classes, side),
        images(training, SEED),
        images(TEST, SEED + 1),
        fingerprint(dataDir, first));
  }

  private Images images(int count, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    byte[] pixels = new byte[count * CHANNELS * side * side];
    int[] labels = new int[count];
    for (int i = 0; i < count; i++) {
      labels[i] = random.nextInt(classes);
      for (int c = 0; c < CHANNELS; c++) {
        for (int p = 0; p < side * side; p++) {
          double wave =
              Math.sin(
                  2 * Math.PI * ((labels[i] % 7 + 1.0) * (p / side) + labels[i] * (p % side)) / side
                      + c);
          long value = Math.round(GREY + CONTRAST * wave + NOISE * (2 * random.nextDouble() - 1));
          pixels[((i * CHANNELS) + c) * side * side + p] = (byte) value;
        }
      }
    }
    return new Images(
        pixels,
        side,
        labels,
        new Normalisation(new float[] {.5f, .5f, .5f}, new float[] {.15f, .15f, .15f}));
  }

  @Override
  public void check(Path dataDir, OptionalInt first) {}

  @Override
  public String fingerprint(Path dataDir, OptionalInt first) {
    return VERSION;
  }

  @Override
  public int classes(Path dataDir) {
    return classes;
  }

  @Override
  public int side(Path dataDir) {
    return side;
  }

  @Override
  public int trainingExamples(Path dataDir, OptionalInt first) {
    return Math.min(TRAINING, first.orElse(TRAINING));
  }
}
