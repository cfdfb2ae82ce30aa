package mitosis.data;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * CIFAR-10 or CIFAR-100.
 *
 * @param cifar which
 * @param classes its number of classes
 */
record CifarSource(Cifar cifar, int classes) implements DatasetSource {

  private static final int TRAINING_IMAGES = 50_000;

  @Override
  public boolean isNamed(String name) {
    return name.equals(cifar.name());
  }

  @Override
  public String pattern() {
    return cifar.name();
  }

  @Override
  public Dataset load(String name, Path dataDir, OptionalInt first) {
    return cifar.load(dataDir, first);
  }

  @Override
  public void check(String name, Path dataDir, OptionalInt first) {
    cifar.check(dataDir, first);
  }

  @Override
  public String fingerprint(String name, Path dataDir, OptionalInt first) {
    return cifar.fingerprint(first);
  }

  @Override
  public Optional<String> missing(String name, Path dataDir, OptionalInt first) {
    return cifar.missing(dataDir, first);
  }

  @Override
  public void fetch(String name, Path dataDir, OptionalInt first, Download.Progress progress) {
    cifar.fetch(dataDir, first, progress);
  }

  @Override
  public int classes(String name, Path dataDir) {
    return classes;
  }

  @Override
  public int side(String name, Path dataDir) {
    return Cifar.SIDE;
  }

  @Override
  public int trainingExamples(String name, Path dataDir, OptionalInt first) {
    return Math.min(TRAINING_IMAGES, first.orElse(TRAINING_IMAGES));
  }
}
