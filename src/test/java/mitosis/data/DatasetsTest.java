package mitosis.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Arrays;
import mitosis.data.Examples.Images;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatasetsTest {

  @TempDir Path empty;

  @Test
  void a_name_may_ask_for_the_first_examples_alone() {
    Datasets datasets = new Datasets(empty);
    Dataset whole = datasets.load("made-up-10x8");
    Dataset some = datasets.load("made-up-10x8-first-20-test-30");
    assertThat(some.name()).isEqualTo("made-up-10x8-first-20-test-30");
    assertThat(some.train().count()).isEqualTo(20);
    assertThat(some.test().count()).isEqualTo(30);
    assertThat(((Images) some.train()).pixels())
        .isEqualTo(Arrays.copyOf(((Images) whole.train()).pixels(), 20 * 3 * 64));
    assertThat(some.test().labels()).isEqualTo(Arrays.copyOf(whole.test().labels(), 30));
    assertThat(datasets.load("pmnist-first-100").train().count()).isEqualTo(100);
  }

  @Test
  void what_is_known_of_a_dataset_needs_no_file() {
    Datasets datasets = new Datasets(empty);
    assertThat(datasets.classes("cifar100-first-500")).isEqualTo(100);
    assertThat(datasets.side("cifar10")).isEqualTo(32);
    assertThat(datasets.trainingExamples("cifar10")).isEqualTo(50_000);
    assertThat(datasets.trainingExamples("cifar10-first-2500")).isEqualTo(2_500);
    assertThat(datasets.classes("imagenet")).isEqualTo(1_000);
    assertThat(datasets.side("imagenet")).isEqualTo(224);
    assertThat(datasets.trainingExamples("imagenet")).isEqualTo(1_281_167);
    assertThat(datasets.trainingExamples("pmnist")).isEqualTo(10_000);
    assertThat(datasets.classes("pmnist")).isEqualTo(2);
  }

  /** The digits come with the suite. */
  @Test
  void what_is_missing_is_said_with_how_to_get_it() {
    Datasets datasets = new Datasets(empty);
    assertThat(datasets.missing("pmnist")).isEmpty();
    assertThat(datasets.missing("made-up-3x8")).isEmpty();
    assertThat(datasets.missing("cifar10"))
        .hasValueSatisfying(text -> assertThat(text).contains(empty.toString(), "cs.toronto.edu"));
    assertThat(datasets.missing("imagenet"))
        .hasValueSatisfying(
            text -> assertThat(text).contains(empty.toString(), "image-net.org", "imagenet/train"));
    assertThatThrownBy(() -> datasets.load("imagenet"))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("image-net.org");
    assertThatThrownBy(() -> datasets.fetch("imagenet", (bytes, total) -> {}))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("image-net.org");
  }

  @Test
  void an_unknown_name_is_refused_with_those_that_there_are() {
    Datasets datasets = new Datasets(empty);
    for (String name : new String[] {"mnsit", "cifar10-first-0", "made-up-0x8", "cifar10first-5"}) {
      assertThatThrownBy(() -> datasets.load(name))
          .isInstanceOf(DataException.class)
          .hasMessageContainingAll("'" + name + "'", "pmnist", "cifar10", "imagenet");
    }
  }

  @Test
  void made_up_images_have_the_classes_and_the_size_that_their_name_says() {
    Images images = (Images) new Datasets(empty).load("made-up-7x16").train();
    assertThat(images.side()).isEqualTo(16);
    assertThat(Arrays.stream(images.labels()).distinct().count()).isEqualTo(7);
    assertThat(images.count()).isEqualTo(1_000);
    // Grey values within 0…255: 128 ± 40 ± 40.
    for (byte pixel : images.pixels()) {
      assertThat(pixel & 0xff).isBetween(48, 208);
    }
  }
}
