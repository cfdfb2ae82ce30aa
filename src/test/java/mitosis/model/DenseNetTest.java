package mitosis.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DenseNetTest {

  /** c = 16 is counted by PyTorch (fixtures/reference); W = 5.5·c (P22 §2.1). */
  @Test
  void counts_its_parameters() {
    DenseNet network = DenseNet.ofWidth40(88, 10, 32);
    assertThat(network).isEqualTo(new DenseNet(6, 16, 8, 10, 32));
    assertThat(network.width()).isEqualTo(88);
    assertThat(network.parameters().stream().mapToInt(Parameter::size).sum()).isEqualTo(79_882);
    // Two BatchNorms a layer, one a transition, the first and the last.
    assertThat(network.runningStatistics()).hasSize(2 * (2 * 18 + 2 + 2));
  }

  @ParameterizedTest
  @CsvSource({"11, 2", "22, 4", "176, 32", "704, 128", "1408, 256"})
  void width_is_five_and_a_half_times_the_channels(int width, int channels) {
    DenseNet network = DenseNet.ofWidth40(width, 10, 32);
    assertThat(network.channels()).isEqualTo(channels);
    assertThat(network.width()).isEqualTo(width);
    Parameter readout = network.parameters().get(network.parameters().size() - 2);
    assertThat(readout.shape()).containsExactly(10, width);
  }

  /** Each term is pixels · out · in · kernel²; one layer a block: 4 + 2, 3 + 2, 2 + 2 channels. */
  @Test
  void counts_the_multiply_adds_of_its_convolutions() {
    long first = 64 * 4 * 3 * 9;
    long block1 = 64 * 8 * 4 + 64 * 2 * 8 * 9;
    long transition1 = 64 * 3 * 6;
    long block2 = 16 * 8 * 3 + 16 * 2 * 8 * 9;
    long transition2 = 16 * 2 * 5;
    long block3 = 4 * 8 * 2 + 4 * 2 * 8 * 9;
    long readout = 4 * 3;
    assertThat(new DenseNet(1, 4, 2, 3, 8).multiplyAdds())
        .isEqualTo(first + block1 + transition1 + block2 + transition2 + block3 + readout);
  }

  @ParameterizedTest
  @CsvSource({"64, 55 or 66", "5, 11", "0, 11", "-11, 11"})
  void widths_without_whole_channels_are_refused(int width, String allowed) {
    assertThatThrownBy(() -> DenseNet.ofWidth40(width, 10, 32))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("width %d ", width)
        .hasMessageEndingWith("a multiple of 11, such as " + allowed);
  }

  @Test
  void sizes_below_one_are_refused() {
    for (int wrong = 0; wrong < 5; wrong++) {
      int[] sizes = {6, 16, 8, 10, 32};
      sizes[wrong] = 0;
      assertThatThrownBy(() -> new DenseNet(sizes[0], sizes[1], sizes[2], sizes[3], sizes[4]))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(
              "not %d, %d, %d, %d and %d", sizes[0], sizes[1], sizes[2], sizes[3], sizes[4]);
    }
  }

  /** Two transitions halve the images: below 4 pixels nothing is left. */
  @Test
  void images_that_transitions_would_make_empty_are_refused() {
    assertThatThrownBy(() -> new DenseNet(6, 16, 8, 10, 3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("side of at least 4, not 3");
    assertThat(new DenseNet(6, 16, 8, 10, 4).width()).isEqualTo(88);
  }
}
