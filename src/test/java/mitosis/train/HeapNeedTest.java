package mitosis.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import mitosis.model.Architecture;
import mitosis.model.WideResNet;
import mitosis.train.EngineProcess.HeapNeed;
import mitosis.train.Recipe.Augmentation;
import org.junit.jupiter.api.Test;

class HeapNeedTest {

  private static long megabytes(Architecture network) {
    Recipe small = Pictures.recipe(Augmentation.NONE, 128, 200);
    return HeapNeed.megabytes(
        new Recipe(
            small.system(),
            small.dataset(),
            network,
            small.seeds(),
            small.initialisation(),
            small.loss(),
            small.optimiser(),
            small.schedule(),
            small.augmentation(),
            small.batch(),
            small.epochs(),
            small.snapshots(),
            small.stopAtZeroLoss()));
  }

  @Test
  void small_networks_on_vectors_take_little() {
    assertThat(HeapNeed.megabytes(Recipes.of(64, List.of(1, 2), 0.1, 256, 2)))
        .isBetween(512L, 514L);
  }

  /** 4 layers of 512 neurons on 10,000 examples are 20.5 million floats. */
  @Test
  void activities_of_a_whole_training_set_at_once_add_their_own() {
    long batch = HeapNeed.megabytes(Recipes.of(512, List.of(1), 0.1, 256, 2));
    assertThat(HeapNeed.megabytes(Recipes.of(512, List.of(1), 0.1, 10_000, 2)) - batch)
        .isBetween(75L, 78L);
  }

  /** Wide-ResNet-28-1 has 0.37 million parameters, and SGD remembers as many. */
  @Test
  void images_take_a_gigabyte_more() {
    assertThat(megabytes(WideResNet.ofWidth(28, 64, 10, 32))).isBetween(1536L, 1560L);
  }

  /** Wide-ResNet-28-16 has 93 million parameters: 4 times 2·93e6·4 bytes are 2.8 GiB. */
  @Test
  void so_do_checkpoints_of_wide_networks() {
    assertThat(megabytes(WideResNet.ofWidth(28, 1024, 10, 32))).isBetween(4200L, 4700L);
  }
}
