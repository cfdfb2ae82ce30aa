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
 */
record MadeUpImages() implements DatasetSource {

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

  @Override
  public boolean isNamed(String name) {
    return FORM.matcher(name).matches();
  }

  @Override
  public String pattern() {
    return "made-up-CLASSESxSIDE";
  }

  private static int number(String name, String group) {
    Matcher matcher = FORM.matcher(name);
    matcher.matches();
    return Integer.parseInt(matcher.group(group));
  }

  @Override
  public Dataset load(String name, Path dataDir, OptionalInt first) {
    int training = trainingExamples(name, dataDir, first);
    return new Dataset(
        name,
        images(name, training, SEED),
        images(name, TEST, SEED + 1),
        fingerprint(name, dataDir, first));
  }

  private Images images(String name, int count, long seed) {
    int classes = number(name, "classes");
    int side = number(name, "side");
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
  public void check(String name, Path dataDir, OptionalInt first) {}

  @Override
  public String fingerprint(String name, Path dataDir, OptionalInt first) {
    return VERSION;
  }

  @Override
  public Optional<String> missing(String name, Path dataDir, OptionalInt first) {
    return Optional.empty();
  }

  @Override
  public int classes(String name, Path dataDir) {
    return number(name, "classes");
  }

  @Override
  public int side(String name, Path dataDir) {
    return number(name, "side");
  }

  @Override
  public int trainingExamples(String name, Path dataDir, OptionalInt first) {
    return Math.min(TRAINING, first.orElse(TRAINING));
  }
}
