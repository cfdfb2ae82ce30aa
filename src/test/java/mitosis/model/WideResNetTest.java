package mitosis.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WideResNetTest {

  /**
   * W = 64 with 10 classes and W = 128 with 100 are counted by PyTorch (fixtures/reference); W =
   * 512, WRN-28-8, has 23.4 million (Zagoruyko and Komodakis 2016, Table 4); the others from the
   * sum over layers by hand.
   */
  @ParameterizedTest
  @CsvSource({
    "64, 10, 369498",
    "128, 10, 1467610",
    "128, 100, 1479220",
    "256, 10, 5849050",
    "512, 10, 23354842",
  })
  void counts_its_parameters(int width, int classes, int count) {
    WideResNet network = WideResNet.ofWidth(28, width, classes, 32);
    assertThat(network.parameters().stream().mapToInt(Parameter::size).sum()).isEqualTo(count);
    assertThat(network.parameters()).extracting(Parameter::name).doesNotHaveDuplicates();
    // 24 BatchNorms in 12 blocks, and the last.
    assertThat(network.runningStatistics()).hasSize(2 * 25);
  }

  @Test
  void groups_grow_with_the_width_and_the_stem_up_to_16() {
    assertThat(WideResNet.ofWidth(28, 256, 10, 32))
        .isEqualTo(new WideResNet(28, 16, List.of(64, 128, 256), 256, 10, 32));
    assertThat(WideResNet.ofWidth(28, 8, 10, 32))
        .isEqualTo(new WideResNet(28, 2, List.of(2, 4, 8), 8, 10, 32));
  }

  /** Each term is pixels · out, of the convolutions from first to last. */
  @Test
  void counts_what_its_convolutions_put_out() {
    assertThat(new WideResNet(10, 2, List.of(2, 3, 4), 5, 7, 8).activations())
        .isEqualTo(64 * 2 + 2 * 64 * 2 + 3 * 16 * 3 + 3 * 4 * 5);
  }

  /**
   * P21: eight WR28-1 take the memory of one WR28-8, but for the first layer's 16 channels (16,384
   * activations in either), and the map from them to 128 (131,072), which WR28-1 has no need of.
   */
  @Test
  void eight_narrow_networks_have_the_activations_of_one_eight_times_as_wide() {
    double wide = WideResNet.ofWidth(28, 512, 10, 32).activations();
    double narrow = WideResNet.ofWidth(28, 64, 10, 32).activations();
    assertThat(wide).isEqualTo(8 * (narrow - 16_384) + 16_384 + 131_072);
    assertThat(8 * narrow / wide).isBetween(0.99, 1.0);
  }

  /** Each term is pixels · out · in · kernel², of the convolutions from first to last. */
  @Test
  void counts_the_multiply_adds_of_its_convolutions() {
    long first = 64 * 2 * 3 * 9;
    long fullSize = 64 * 2 * 2 * 9 + 64 * 2 * 2 * 9;
    long halfSize = 16 * 3 * 2 * 9 + 16 * 3 * 3 * 9 + 16 * 3 * 2;
    long quarterSize = 4 * 5 * 3 * 9 + 4 * 5 * 5 * 9 + 4 * 5 * 3;
    long readout = 5 * 7;
    assertThat(new WideResNet(10, 2, List.of(2, 3, 4), 5, 7, 8).multiplyAdds())
        .isEqualTo(first + fullSize + halfSize + quarterSize + readout);
    // 7 pixels become 4, then 2, as a convolution with padding makes of them.
    long odd = 49 * 2 * 3 * 9 + 2 * 49 * 2 * 2 * 9;
    assertThat(new WideResNet(10, 2, List.of(2, 3, 4), 5, 7, 7).multiplyAdds())
        .isEqualTo(odd + halfSize + quarterSize + readout);
  }

  @Test
  void another_last_layer_changes_the_last_block_alone() {
    WideResNet network = WideResNet.ofWidth(16, 32, 10, 32);
    WideResNet wider = network.withLastLayer(96);
    assertThat(wider.width()).isEqualTo(96);

    Map<String, List<Integer>> before = shapes(network);
    Map<String, List<Integer>> after = shapes(wider);
    assertThat(after.keySet())
        .filteredOn(name -> !after.get(name).equals(before.get(name)))
        .containsExactlyInAnyOrder(
            "group2.1.conv1.weight",
            "group2.1.bn2.weight",
            "group2.1.bn2.bias",
            "group2.1.conv2.weight",
            "group2.1.downsample.0.weight",
            "bn.weight",
            "bn.bias",
            "fc.weight");
    assertThat(after).containsEntry("group2.1.conv2.weight", List.of(96, 96, 3, 3));
    assertThat(after).containsEntry("group2.1.downsample.0.weight", List.of(96, 32, 1, 1));
    assertThat(after.keySet()).containsAll(before.keySet());
    assertThat(wider.withLastLayer(32)).isEqualTo(network);
  }

  private static Map<String, List<Integer>> shapes(WideResNet network) {
    return network.parameters().stream()
        .collect(Collectors.toMap(Parameter::name, Parameter::shape));
  }

  @ParameterizedTest
  @ValueSource(ints = {-2, 0, 4, 9, 12, 27, 29})
  void other_depths_are_refused(int depth) {
    assertThatThrownBy(() -> WideResNet.ofWidth(depth, 64, 10, 32))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("10, 16, 22, 28", "not " + depth);
  }

  @ParameterizedTest
  @CsvSource({"62, 60 or 64", "1, 4", "0, 4", "-8, 4"})
  void widths_without_whole_channels_are_refused(int width, String allowed) {
    assertThatThrownBy(() -> WideResNet.ofWidth(28, width, 10, 32))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("width %d ", width)
        .hasMessageEndingWith("a multiple of 4, such as " + allowed);
  }

  @Test
  void sizes_below_one_are_refused() {
    List<Integer> groups = List.of(2, 4, 8);
    for (Runnable wrong :
        List.<Runnable>of(
            () -> new WideResNet(10, 0, groups, 8, 10, 32),
            () -> new WideResNet(10, 2, List.of(2, 0, 8), 8, 10, 32),
            () -> new WideResNet(10, 2, List.of(2, 4), 8, 10, 32),
            () -> new WideResNet(10, 2, groups, 0, 10, 32),
            () -> new WideResNet(10, 2, groups, 8, 0, 32),
            () -> new WideResNet(10, 2, groups, 8, 10, 0))) {
      assertThatThrownBy(wrong::run)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("at least 1, not ");
    }
  }
}
