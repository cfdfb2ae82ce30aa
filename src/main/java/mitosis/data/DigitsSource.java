package mitosis.data;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;

/** The parity of digits. They come with the suite, and are looked for there if not elsewhere. */
record DigitsSource() implements DatasetSource {

  private static final Path FIXTURES = BaseFolder.SUITE.resolve("fixtures");

  @Override
  public boolean isNamed(String name) {
    return ParityOfDigits.isNamed(name);
  }

  @Override
  public String pattern() {
    return ParityOfDigits.NAME + ", " + ParityOfDigits.WHITENED;
  }

  private static Path folder(Path dataDir) {
    boolean elsewhere = !Files.exists(dataDir.resolve("mnist"));
    return elsewhere && Files.exists(FIXTURES.resolve("mnist")) ? FIXTURES : dataDir;
  }

  @Override
  public Dataset load(String name, Path dataDir, OptionalInt first) {
    Dataset whole = ParityOfDigits.load(name, folder(dataDir));
    return first.isEmpty()
        ? whole
        : new Dataset(
            name, whole.train().first(first.getAsInt()), whole.test(), whole.fingerprint());
  }

  @Override
  public void check(String name, Path dataDir, OptionalInt first) {
    ParityOfDigits.check(folder(dataDir));
  }

  @Override
  public String fingerprint(String name, Path dataDir, OptionalInt first) {
    return ParityOfDigits.FINGERPRINT;
  }

  /** A part of the suite that is missing is an error, found when it is checked. */
  @Override
  public Optional<String> missing(String name, Path dataDir, OptionalInt first) {
    return Optional.empty();
  }

  @Override
  public int classes(String name, Path dataDir) {
    return 2;
  }

  @Override
  public int side(String name, Path dataDir) {
    return 1;
  }

  @Override
  public int trainingExamples(String name, Path dataDir, OptionalInt first) {
    return Math.min(ParityOfDigits.TRAINING_DIGITS, first.orElse(Integer.MAX_VALUE));
  }
}
