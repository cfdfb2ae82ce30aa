package mitosis.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import mitosis.data.Digits;
import mitosis.model.OpenBlas;
import mitosis.model.Precision;
import mitosis.train.Recipe.Augmentation;
import mitosis.train.Recipes.Pictures;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExecutionTest {

  private static final Recipe RECIPE = Recipes.of(4, List.of(1), 0.1, 32, 1);
  private static final Recipe CONVOLUTIONAL = Pictures.recipe(Augmentation.CROP_AND_FLIP, 16, 1);

  @TempDir private Path runs;

  @Test
  void the_kind_of_device_belongs_to_a_run_and_its_number_does_not() {
    String cpu = hash(Execution.onCpu());
    String ampere = hash(Execution.onCuda("NVIDIA A100-SXM4-40GB"));
    String hopper = hash(Execution.onCuda("NVIDIA H100 80GB HBM3"));

    assertThat(List.of(cpu, ampere, hopper)).doesNotHaveDuplicates();
    assertThat(Json.line(Execution.onCuda("NVIDIA H100 80GB HBM3")))
        .contains("\"device\":\"cuda NVIDIA H100 80GB HBM3\"")
        .doesNotContain("usesCuda", "place");
  }

  @Test
  void a_fully_connected_network_is_trained_by_openblas_whose_kernels_are_named() {
    Execution execution = Execution.onCpu().of(RECIPE, () -> true);

    assertThat(execution.engine()).isEqualTo("OpenBLAS 0.3.31 " + OpenBlas.kernel());
    assertThat(execution.of(RECIPE)).as("once more").isEqualTo(execution);
    Execution cuda = Execution.onCuda("NVIDIA L4");
    assertThat(cuda.of(RECIPE, () -> true)).isEqualTo(cuda);
  }

  @Test
  void onednn_that_is_switched_off_belongs_to_the_runs_of_convolutional_networks_on_the_cpu() {
    Execution cpu = Execution.onCpu();

    assertThat(cpu.of(CONVOLUTIONAL, () -> false)).isEqualTo(cpu);
    assertThat(cpu.of(CONVOLUTIONAL, () -> true).engine())
        .isEqualTo(cpu.engine() + ", without oneDNN");
    assertThat(cpu.of(RECIPE, () -> true)).isEqualTo(cpu.of(RECIPE, () -> false));
    Execution cuda = Execution.onCuda("NVIDIA L4");
    assertThat(cuda.of(CONVOLUTIONAL, () -> true)).isEqualTo(cuda);
  }

  @Test
  void bfloat16_is_refused_on_a_cpu_without_onednn() {
    Execution bf16 = Execution.onCpu().withPrecision(Precision.BF16);

    assertThatCode(() -> bf16.requireTrainable(CONVOLUTIONAL, () -> false))
        .doesNotThrowAnyException();
    assertThatCode(() -> Execution.onCpu().requireTrainable(CONVOLUTIONAL, () -> true))
        .doesNotThrowAnyException();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> bf16.requireTrainable(CONVOLUTIONAL, () -> true))
        .withMessageContaining("-Dprecision=bf16 needs oneDNN on a CPU");
  }

  private String hash(Execution execution) {
    return RunStore.open(runs, execution, Digits.DATASETS).hash(RECIPE);
  }

  @Test
  void it_names_the_device_that_the_engine_computes_on() {
    assertThat(Execution.onCpu().place()).isEqualTo(Device.cpu());
    assertThat(Execution.onCuda("NVIDIA L4").place()).isEqualTo(Device.gpu());
    assertThat(Execution.onCuda("NVIDIA L4").usesCuda()).isTrue();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Execution("engine", "tpu", 1).place())
        .withMessageContaining("not on 'tpu'");
  }

  /**
   * The engine has loaded its libraries for the CPU, which is what must not go unnoticed; GPUs are
   * hidden from unit tests.
   */
  @Test
  void a_training_for_a_gpu_does_not_run_on_the_cpu_in_silence() {
    RunStore store = RunStore.open(runs, Execution.onCuda("NVIDIA L4"), Digits.DATASETS);

    assertThatThrownBy(
            () ->
                new RunTrainer(store, Duration.ofHours(1), warning -> {})
                    .train(RECIPE, Recipes.dataset(64), record -> {}))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContainingAll("PyTorch cannot compute on a CUDA device", "cpu-linux-x86_64");
    assertThat(store.find(RECIPE)).isEmpty();
  }
}
