package mitosis.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;
import mitosis.data.Examples.Images;
import org.junit.jupiter.api.Test;

/** On the published files, where they are: in {@code -Ddata.dir}. */
class PublishedCifarTest {

  private static final Path DATA = GivenFolder.of("data.dir", "data");

  @Test
  void the_first_batch_of_cifar10_is_as_published() {
    Dataset dataset = loaded(Cifar.CIFAR_10, OptionalInt.of(10_000));
    Images train = (Images) dataset.train();
    // As tutorials print them of the Python form: the same images in the same order.
    assertThat(Arrays.copyOf(train.labels(), 10)).containsExactly(6, 9, 9, 4, 1, 1, 2, 7, 8, 3);
    assertThat(Arrays.copyOf(dataset.test().labels(), 10))
        .containsExactly(3, 8, 8, 0, 6, 6, 1, 6, 3, 1);
    assertThat(Arrays.copyOf(train.pixels(), 3)).containsExactly(59, 43, 50);
    assertThat(counts(train, 10))
        .containsExactly(1005, 974, 1032, 1016, 999, 937, 1030, 1001, 1025, 981);
    expectBalance(dataset.test(), 10, 1_000);
    expectNormalised(train, 0.004);
  }

  @Test
  void fewer_images_are_the_first_ones() {
    Images few = (Images) loaded(Cifar.CIFAR_10, OptionalInt.of(50)).train();
    Images more = (Images) loaded(Cifar.CIFAR_10, OptionalInt.of(10_000)).train();
    assertThat(few.labels()).isEqualTo(Arrays.copyOf(more.labels(), 50));
    assertThat(few.pixels()).isEqualTo(Arrays.copyOf(more.pixels(), 50 * Cifar.PIXELS));
  }

  @Test
  void all_of_cifar10_is_balanced_and_normalised_by_its_own_mean_and_deviation() {
    Dataset dataset = loaded(Cifar.CIFAR_10, OptionalInt.empty());
    expectBalance(dataset.train(), 10, 5_000);
    expectNormalised((Images) dataset.train(), 0.0001);
  }

  @Test
  void cifar100_is_balanced_and_normalised_by_its_own_mean_and_deviation() {
    Dataset dataset = loaded(Cifar.CIFAR_100, OptionalInt.empty());
    expectBalance(dataset.train(), 100, 500);
    expectBalance(dataset.test(), 100, 100);
    expectNormalised((Images) dataset.train(), 0.0001);
  }

  private static Dataset loaded(Cifar cifar, OptionalInt first) {
    Optional<String> missing = cifar.missing(DATA, first);
    assumeTrue(missing.isEmpty(), () -> missing.orElseThrow());
    return cifar.load(DATA, first);
  }

  private static void expectBalance(Examples examples, int classes, int each) {
    assertThat(counts(examples, classes)).containsOnly(each);
  }

  private static int[] counts(Examples examples, int classes) {
    int[] counts = new int[classes];
    for (int label : examples.labels()) {
      counts[label]++;
    }
    return counts;
  }

  private static void expectNormalised(Images images, double tolerance) {
    int plane = Cifar.SIDE * Cifar.SIDE;
    for (int c = 0; c < 3; c++) {
      double sum = 0;
      double squares = 0;
      for (int i = 0; i < images.count(); i++) {
        for (int p = 0; p < plane; p++) {
          double value = (images.pixels()[i * Cifar.PIXELS + c * plane + p] & 0xff) / 255.0;
          sum += value;
          squares += value * value;
        }
      }
      double n = (double) images.count() * plane;
      assertThat(sum / n).isCloseTo(images.normalisation().means()[c], within(tolerance));
      assertThat(Math.sqrt(squares / n - sum / n * (sum / n)))
          .isCloseTo(images.normalisation().deviations()[c], within(tolerance));
    }
  }
}
