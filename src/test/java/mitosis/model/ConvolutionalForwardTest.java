package mitosis.model;

import static mitosis.model.Precision.FLOAT32;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.jni.JniUtils;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import mitosis.model.Architecture.Activation;
import mitosis.model.Parameter.RunningStatistic;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What networks of convolutions make of images that other tests do not look at. */
@Tag("convolution")
class ConvolutionalForwardTest {

  private static final int SIDE = 16;
  private static final int OUTPUTS = 3;
  private static final int IMAGES = 5;

  private static final WideResNet WIDE = WideResNet.ofWidth(10, 12, OUTPUTS, SIDE);
  private static final DenseNet DENSE = new DenseNet(2, 4, 2, OUTPUTS, SIDE);
  private static final ResNet BOTTLENECKS =
      new ResNet(List.of(1, 1, 1, 1), 4, 2, OUTPUTS, 2 * SIDE);

  static Stream<Convolutional> networks() {
    return Stream.of(WIDE, WIDE.withLastLayer(20), DENSE, BOTTLENECKS);
  }

  @ParameterizedTest
  @MethodSource("networks")
  void features_have_the_width_and_the_readout_is_linear_in_them(Convolutional network) {
    try (NDManager manager = manager()) {
      Weights weights = weights(network, manager);

      Activation shown = network.forward(weights, images(network, manager), true);

      assertThat(shown.features().getShape()).isEqualTo(new Shape(1, network.width(), IMAGES));
      assertThat(shown.logits().getShape()).isEqualTo(new Shape(1, OUTPUTS, IMAGES));
      float[] features = shown.features().toFloatArray();
      float[] logits = shown.logits().toFloatArray();
      float[] readout = weights.get(network.readoutWeight()).toFloatArray();
      float[] bias = weights.get(network.readoutBias()).toFloatArray();
      for (int k = 0; k < OUTPUTS; k++) {
        for (int image = 0; image < IMAGES; image++) {
          double expected = bias[k];
          for (int j = 0; j < network.width(); j++) {
            expected += readout[k * network.width() + j] * features[j * IMAGES + image];
          }
          assertThat((double) logits[k * IMAGES + image]).isCloseTo(expected, within(1e-5));
        }
      }
    }
  }

  /**
   * With channels last such a convolution's gradient ends some processes with AVX2: the engine's
   * kernel writes whole vectors of 8 channels beyond the end of its memory.
   */
  @Test
  void a_script_convolves_with_single_pixels_and_a_stride_only_where_channels_fill_vectors() {
    WideResNet narrow = WideResNet.ofWidth(10, 16, OUTPUTS, SIDE);
    WideResNet wide = WideResNet.ofWidth(10, 64, OUTPUTS, SIDE);
    String strided = "None, [2, 2], [0, 0], [1, 1], 1)";
    String stepped = "torch.slice(";

    String narrowLines = String.join("\n", ForwardScript.ofTraining(narrow, FLOAT32).lines());
    String wideLines = String.join("\n", ForwardScript.ofTraining(wide, FLOAT32).lines());

    // Shortcuts of the second and third group read 4 and 8 channels, or 16 and 32.
    assertThat(narrowLines.split(Pattern.quote(strided), -1)).hasSize(1 + 1);
    assertThat(narrowLines.split(Pattern.quote(stepped), -1)).hasSize(1 + 2);
    assertThat(wideLines.split(Pattern.quote(strided), -1)).hasSize(1 + 2);
    assertThat(wideLines).doesNotContain(stepped);
  }

  /** P22 §2.1: no ReLU follows the last BatchNorm. */
  @Test
  void features_of_wide_resnet_and_densenet_can_be_negative() {
    for (Convolutional network : List.of(WIDE, DENSE)) {
      assertThat(features(network))
          .anyMatch(value -> value.floatValue() < 0)
          .anyMatch(value -> value.floatValue() > 0);
    }
  }

  @Test
  void features_of_resnet_are_means_of_what_a_relu_lets_through() {
    assertThat(features(BOTTLENECKS))
        .allMatch(value -> value.floatValue() >= 0)
        .anyMatch(value -> value.floatValue() > 0);
  }

  /** A BatchNorm's mean over images and pixels is its offset, whatever comes before. */
  @Test
  void batch_statistics_leave_every_feature_its_offset_as_mean() {
    for (Convolutional network : List.of(WIDE, DENSE)) {
      try (NDManager manager = manager()) {
        Weights weights = weights(network, manager);
        float[] features =
            network
                .forward(weights, images(network, manager), true)
                .features()
                .mean(new int[] {2})
                .toFloatArray();
        String last =
            network.runningStatistics().get(network.runningStatistics().size() - 1).name();
        float[] offsets = weights.get(last.replace("running_var", "bias")).toFloatArray();
        for (int j = 0; j < features.length; j++) {
          assertThat((double) features[j]).isCloseTo(offsets[j], within(1e-5));
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("networks")
  void running_statistics_move_in_training_alone(Convolutional network) {
    try (NDManager manager = manager()) {
      Weights weights = weights(network, manager);
      Map<String, float[]> before = weights.toHeap();
      network.forward(weights, images(network, manager), false);
      assertThat(weights.toHeap()).usingRecursiveComparison().isEqualTo(before);

      network.forward(weights, images(network, manager), true);

      Map<String, float[]> after = weights.toHeap();
      network
          .runningStatistics()
          .forEach(
              statistic ->
                  assertThat(after.get(statistic.name()))
                      .as(statistic.name())
                      .isNotEqualTo(before.get(statistic.name())));
    }
  }

  @ParameterizedTest
  @MethodSource("networks")
  void images_of_another_size_or_of_several_seeds_are_refused(Convolutional network) {
    long side = network.side();
    try (NDManager manager = manager()) {
      Weights weights = weights(network, manager);
      for (Shape wrong :
          List.of(
              new Shape(1, 2, 3, side, side + 1),
              new Shape(1, 2, 3, side + 1, side),
              new Shape(1, 2, 1, side, side),
              new Shape(2, 2, 3, side, side),
              new Shape(2, 3, side, side))) {
        NDArray images = manager.zeros(wrong);
        assertThatThrownBy(() -> network.forward(weights, images, false))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageContainingAll("3 x %d x %d images".formatted(side, side), wrong.toString());
      }
    }
  }

  private static List<Number> features(Convolutional network) {
    try (NDManager manager = manager()) {
      Weights weights = weights(network, manager);
      return List.of(network.forward(weights, images(network, manager), true).features().toArray());
    }
  }

  private static NDManager manager() {
    NDManager manager = NativeEngine.get().newBaseManager(Device.cpu());
    JniUtils.setGradMode(false);
    return manager;
  }

  private static NDArray images(Convolutional network, NDManager manager) {
    SplittableRandom random = new SplittableRandom(2);
    Shape shape = new Shape(1, IMAGES, 3, network.side(), network.side());
    float[] pixels = new float[(int) shape.size()];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (float) random.nextDouble(-1, 1);
    }
    return manager.create(pixels, shape);
  }

  private static Weights weights(Convolutional network, NDManager manager) {
    SplittableRandom random = new SplittableRandom(1);
    Map<String, float[]> values = new LinkedHashMap<>();
    for (Parameter parameter : network.parameters()) {
      float[] value = new float[parameter.size()];
      for (int i = 0; i < value.length; i++) {
        value[i] = (float) random.nextDouble(-0.5, 0.5);
      }
      values.put(parameter.name(), value);
    }
    for (RunningStatistic statistic : network.runningStatistics()) {
      float[] value = new float[statistic.size()];
      Arrays.fill(value, statistic.initial());
      values.put(statistic.name(), value);
    }
    return Weights.of(network, 1, values, manager);
  }
}
