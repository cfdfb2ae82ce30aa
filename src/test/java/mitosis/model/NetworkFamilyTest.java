package mitosis.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import mitosis.model.NetworkFamily.StateDict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class NetworkFamilyTest {

  static Stream<Architecture> networks() {
    return Stream.of(
        WideResNet.ofWidth(28, 640, 10, 32),
        WideResNet.ofWidth(16, 32, 100, 32).withLastLayer(96),
        WideResNet.ofWidth(10, 8, 10, 32),
        DenseNet.ofWidth40(88, 10, 32),
        new DenseNet(3, 8, 4, 10, 32),
        ResNet.ofWidth50(2048, 1000, 224),
        ResNet.ofWidth50(512, 20, 64),
        new ResNet(List.of(3, 4, 23, 3), 64, 64, 1000, 224),
        new ResNet(List.of(1, 2), 8, 4, 10, 32));
  }

  @ParameterizedTest
  @MethodSource("networks")
  void aNetworkIsToldByNamesAndShapesAlone(Architecture network) {
    StateDict arrays = StateDict.of(network);

    NetworkFamily family = NetworkFamily.of(arrays.shapes().keySet()).orElseThrow();

    assertThat(family.takesImages()).isTrue();
    assertThat(family.fitted(arrays, ((Convolutional) network).side())).isEqualTo(network);
  }

  @Test
  void soIsOneThatTakesVectors() {
    for (boolean batchNorm : new boolean[] {true, false}) {
      for (int depth : new int[] {1, 4, 5}) {
        Architecture network = new FullyConnected(10, depth, 16, batchNorm);
        StateDict arrays = StateDict.of(network);

        NetworkFamily family = NetworkFamily.of(arrays.shapes().keySet()).orElseThrow();

        assertThat(family.takesImages()).isFalse();
        assertThat(family.fitted(arrays, 0)).isEqualTo(network);
      }
    }
  }

  @Test
  void otherNamesAreOfNone() {
    assertThat(NetworkFamily.of(Set.of("encoder.layers.0.self_attn.in_proj_weight"))).isEmpty();
  }

  /** torchvision's ResNet18: blocks of two convolutions, without conv3 and bn3. */
  @Test
  void aResNetWithoutBottlenecksDoesNotFit() {
    Map<String, List<Integer>> shapes =
        new LinkedHashMap<>(StateDict.of(ResNet.ofWidth50(2048, 1000, 224)).shapes());
    shapes.keySet().removeIf(name -> name.contains("conv3") || name.contains("bn3"));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> NetworkFamily.RESNET.fitted(new StateDict(shapes), 224))
        .withMessageContaining("does not fit ResNet[blocks=[3, 4, 6, 3]")
        .withMessageContaining(
            "missing: layer1.0.conv3.weight, layer1.0.bn3.weight, layer1.0.bn3.bias and 77 more");
  }

  /** torchvision's DenseNet121 has the same names, a fourth block and a larger first kernel. */
  @Test
  void aDenseNetOfFourBlocksDoesNotFit() {
    Map<String, List<Integer>> shapes =
        new LinkedHashMap<>(StateDict.of(new DenseNet(6, 64, 32, 1000, 224)).shapes());
    shapes.put("features.conv0.weight", List.of(64, 3, 7, 7));
    shapes.put("features.denseblock4.denselayer1.norm1.weight", List.of(512));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> NetworkFamily.DENSENET.fitted(new StateDict(shapes), 224))
        .withMessageContaining("unexpected: features.denseblock4.denselayer1.norm1.weight;")
        .withMessageContaining(
            "of another shape: features.conv0.weight [64, 3, 7, 7] instead of [64, 3, 3, 3]");
  }
}
