package mitosis.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import mitosis.model.Architecture.Activation;
import mitosis.model.Parameter.RunningStatistic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FullyConnectedTest {

  @Test
  void names_its_parameters_as_pytorch_does_without_batch_norm() {
    assertThat(new FullyConnected(10, 2, 8, false).parameters())
        .extracting(Parameter::name, Parameter::kind, Parameter::shape)
        .containsExactly(
            tuple("body.0.weight", Parameter.Kind.WEIGHT, List.of(8, 10)),
            tuple("body.0.bias", Parameter.Kind.BIAS, List.of(8)),
            tuple("body.2.weight", Parameter.Kind.WEIGHT, List.of(8, 8)),
            tuple("body.2.bias", Parameter.Kind.BIAS, List.of(8)),
            tuple("out.weight", Parameter.Kind.WEIGHT, List.of(1, 8)),
            tuple("out.bias", Parameter.Kind.BIAS, List.of(1)));
  }

  @Test
  void names_its_parameters_as_pytorch_does_with_batch_norm() {
    FullyConnected network = new FullyConnected(10, 2, 8, true);
    assertThat(network.parameters())
        .extracting(Parameter::name, Parameter::kind, Parameter::shape)
        .containsExactly(
            tuple("body.0.weight", Parameter.Kind.WEIGHT, List.of(8, 10)),
            tuple("body.0.bias", Parameter.Kind.BIAS, List.of(8)),
            tuple("body.1.weight", Parameter.Kind.GAMMA, List.of(8)),
            tuple("body.1.bias", Parameter.Kind.BIAS, List.of(8)),
            tuple("body.3.weight", Parameter.Kind.WEIGHT, List.of(8, 8)),
            tuple("body.3.bias", Parameter.Kind.BIAS, List.of(8)),
            tuple("body.4.weight", Parameter.Kind.GAMMA, List.of(8)),
            tuple("body.4.bias", Parameter.Kind.BIAS, List.of(8)),
            tuple("out.weight", Parameter.Kind.WEIGHT, List.of(1, 8)),
            tuple("out.bias", Parameter.Kind.BIAS, List.of(1)));
    assertThat(network.runningStatistics())
        .extracting(RunningStatistic::name, RunningStatistic::shape, RunningStatistic::initial)
        .containsExactly(
            tuple("body.1.running_mean", List.of(8), 0f),
            tuple("body.1.running_var", List.of(8), 1f),
            tuple("body.4.running_mean", List.of(8), 0f),
            tuple("body.4.running_var", List.of(8), 1f));
  }

  /**
   * Counts by hand: weights 10·W + (depth-1)·W² + W, biases depth·W + 1, BatchNorm 2·depth·W. Those
   * of width 32 are also PyTorch's (fixtures/reference).
   */
  @ParameterizedTest
  @CsvSource({
    "1, 32, false, 385",
    "1, 32, true, 449",
    "4, 32, false, 3553",
    "4, 32, true, 3809",
    "5, 32, false, 4609",
    "5, 32, true, 4929",
    "4, 512, true, 798209",
  })
  void counts_its_parameters(int depth, int width, boolean batchNorm, int count) {
    FullyConnected network = new FullyConnected(10, depth, width, batchNorm);
    assertThat(network.parameters().stream().mapToInt(Parameter::size).sum()).isEqualTo(count);
    assertThat(network.runningStatistics()).hasSize(batchNorm ? 2 * depth : 0);
    assertThat(network.parameters()).extracting(Parameter::name).doesNotHaveDuplicates();
  }

  @Test
  void counts_the_multiply_adds_of_its_linear_maps() {
    assertThat(new FullyConnected(10, 4, 32, true).activations()).isEqualTo(4 * 32);
    assertThat(new FullyConnected(10, 4, 32, true).multiplyAdds()).isEqualTo(320 + 3 * 1024 + 32);
  }

  @Test
  void refuses_sizes_below_one() {
    for (int[] wrong : new int[][] {{0, 4, 8}, {10, 0, 8}, {10, 4, 0}}) {
      assertThatThrownBy(() -> new FullyConnected(wrong[0], wrong[1], wrong[2], true))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("%d, %d and %d".formatted(wrong[0], wrong[1], wrong[2]));
    }
  }

  /** One layer, by hand: relu(A·x + b), then the readout; two seeds and two inputs. */
  @Test
  void passes_each_input_through_each_seeds_own_weights() {
    FullyConnected network = new FullyConnected(2, 1, 2, false);
    Map<String, float[]> values = new HashMap<>();
    values.put("body.0.weight", new float[] {1, 2, 3, 4, -1, 0, 0, 1});
    values.put("body.0.bias", new float[] {0.5f, -20, 1, 2});
    values.put("out.weight", new float[] {2, 3, 1, -1});
    values.put("out.bias", new float[] {0.25f, 0});
    try (NDManager manager = NativeEngine.get().newBaseManager(Device.cpu())) {
      Weights weights = Weights.of(network, 2, values, manager);
      NDArray inputs = manager.create(new float[] {1, 2, 3, 4, 1, 2, 3, 4}, new Shape(2, 2, 2));

      Activation activation = network.forward(weights, inputs, false);

      // Inputs are the columns (1, 3) and (2, 4).
      assertThat(activation.features().getShape()).isEqualTo(new Shape(2, 2, 2));
      assertThat(activation.features().toFloatArray())
          .containsExactly(7.5f, 10.5f, 0, 2, 0, 0, 5, 6);
      assertThat(activation.logits().getShape()).isEqualTo(new Shape(2, 1, 2));
      assertThat(activation.logits().toFloatArray()).containsExactly(15.25f, 27.25f, -5, -6);
    }
  }

  @Test
  void weights_that_are_missing_foreign_or_of_a_wrong_size_are_named() {
    FullyConnected network = new FullyConnected(2, 1, 2, false);
    Map<String, float[]> values = new HashMap<>();
    values.put("body.0.weight", new float[4]);
    values.put("body.0.bias", new float[3]);
    values.put("out.weight", new float[2]);
    try (NDManager manager = NativeEngine.get().newBaseManager(Device.cpu())) {
      assertThatThrownBy(() -> Weights.of(network, 1, values, manager))
          .hasMessageContainingAll("body.0.bias", "must hold 2 numbers, found 3");
      values.put("body.0.bias", new float[2]);
      assertThatThrownBy(() -> Weights.of(network, 1, values, manager))
          .hasMessageContainingAll("out.bias", "must hold 1 numbers, found none");
      values.put("out.bias", new float[1]);
      values.put("readout", new float[1]);
      assertThatThrownBy(() -> Weights.of(network, 1, values, manager))
          .hasMessageContainingAll("no array named readout", "body.0.weight");
      values.remove("readout");
      Weights weights = Weights.of(network, 1, values, manager);
      assertThatThrownBy(() -> weights.get("readout")).hasMessage("no array named readout");
    }
  }
}
