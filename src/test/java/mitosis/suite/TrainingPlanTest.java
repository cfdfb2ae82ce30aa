package mitosis.suite;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import mitosis.data.Datasets;
import mitosis.train.Execution;
import mitosis.train.RunStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingPlanTest {

  @TempDir private Path folder;

  private List<TrainingPlan> of(String systems, Path expected) {
    Options options =
        Options.of(
            Map.of("systems", systems, "scale", "full", "claims", "C02", "data.dir", "" + folder)
                ::get);
    Datasets datasets = new Datasets(folder);
    return TrainingPlan.of(
        options,
        RunStore.open(folder.resolve("runs"), Execution.onCpu(), datasets),
        datasets,
        expected);
  }

  @Test
  void whatCannotBeTrainedCostsNothingAndComesFirst() {
    List<TrainingPlan> plans = of("pmnist-fc5,imagenet-resnet50", Path.of("expected"));

    assertThat(plans)
        .extracting(plan -> plan.system().name())
        .containsExactly("imagenet-resnet50", "pmnist-fc5");
    assertThat(plans.get(0).costOfAVerdict()).isZero();
    assertThat(plans.get(0).obstacle()).isPresent();
    assertThat(plans.get(1).missing()).isEqualTo(plans.get(1).trainings()).isNotEmpty();
  }

  /** One quantity is asked for, so the cost of a verdict is that of all, unless it is decided. */
  @Test
  void aSystemOfWhichAllIsDecidedComesLast() throws IOException {
    Path decided = Files.createDirectories(folder.resolve("expected"));
    for (String file : List.of("claims", "pmnist-fc5", "pmnist-fc5-free")) {
      Files.copy(Path.of("expected", file + ".yaml"), decided.resolve(file + ".yaml"));
    }
    String cheap = of("pmnist-fc5,pmnist-fc5-free", decided).get(0).system().name();
    assertThat(cheap).isEqualTo("pmnist-fc5");

    Files.createDirectory(decided.resolve("findings"));
    Files.writeString(
        decided.resolve("findings/pmnist-fc5.yaml"),
        """
        C02:
          exponent:
            full:
              verdict: REPRODUCED
              band: "[-0.65, -0.35]"
        """);

    List<TrainingPlan> after = of("pmnist-fc5,pmnist-fc5-free", decided);
    assertThat(after).extracting(TrainingPlan::open).containsExactly(1L, 0L);
    assertThat(after)
        .extracting(plan -> plan.system().name())
        .containsExactly("pmnist-fc5-free", "pmnist-fc5");
  }
}
