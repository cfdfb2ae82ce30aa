package mitosis.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResNetTest {

  /**
   * torchvision's resnet50: 25,557,032 parameters and 4.089 billion multiply-adds on 224 x 224
   * pixels, as the documentation of its weights says.
   */
  @Test
  void resnet50_is_as_large_as_torchvisions() {
    ResNet network = ResNet.ofWidth50(2048, 1000, 224);
    assertThat(network).isEqualTo(new ResNet(List.of(3, 4, 6, 3), 64, 64, 1000, 224));
    assertThat(network.width()).isEqualTo(2048);
    assertThat(network.parameters().stream().mapToInt(Parameter::size).sum()).isEqualTo(25_557_032);
    assertThat(network.multiplyAdds()).isBetween(4_088_500_000L, 4_089_500_000L);
    // Three BatchNorms in each of 16 blocks, four projections, and the first.
    assertThat(network.runningStatistics()).hasSize(2 * (3 * 16 + 4 + 1));
  }

  /** A quarter of the channels after the stem, counted by PyTorch (fixtures/reference). */
  @Test
  void the_stem_keeps_its_channels() {
    ResNet network = ResNet.ofWidth50(512, 1000, 64);
    assertThat(network.stem()).isEqualTo(64);
    assertThat(network.parameters().stream().mapToInt(Parameter::size).sum()).isEqualTo(2_000_744);
  }

  /** Each term is pixels · out · in · kernel². */
  @Test
  void counts_the_multiply_adds_of_its_convolutions() {
    long first = 16 * 16 * 3 * 3 * 49;
    // The pooling leaves 8 x 8 pixels. 3 channels, 2 inside, 8 out; then 8, 4 and 16 with a stride.
    long group1 = 64 * (2 * 3) + 64 * (2 * 2 * 9) + 64 * (8 * 2) + 64 * (8 * 3);
    long group2 = 64 * (4 * 8) + 16 * (4 * 4 * 9) + 16 * (16 * 4) + 16 * (16 * 8);
    long readout = 16 * 5;
    assertThat(new ResNet(List.of(1, 1), 3, 2, 5, 32).multiplyAdds())
        .isEqualTo(first + group1 + group2 + readout);
  }

  @ParameterizedTest
  @CsvSource({"2000, 1984 or 2016", "16, 32", "0, 32", "-32, 32"})
  void widths_without_whole_channels_are_refused(int width, String allowed) {
    assertThatThrownBy(() -> ResNet.ofWidth50(width, 1000, 224))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("width %d ", width)
        .hasMessageEndingWith("a multiple of 32, such as " + allowed);
  }

  @Test
  void sizes_below_one_are_refused() {
    for (Runnable wrong :
        List.<Runnable>of(
            () -> new ResNet(List.of(), 64, 64, 10, 32),
            () -> new ResNet(List.of(3, 0), 64, 64, 10, 32),
            () -> new ResNet(List.of(3), 0, 64, 10, 32),
            () -> new ResNet(List.of(3), 64, 0, 10, 32),
            () -> new ResNet(List.of(3), 64, 64, 0, 32),
            () -> new ResNet(List.of(3), 64, 64, 10, 0))) {
      assertThatThrownBy(wrong::run)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("at least 1, not ");
    }
  }
}
