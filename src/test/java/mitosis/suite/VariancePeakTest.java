package mitosis.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import mitosis.evidence.CriticalSize;
import mitosis.evidence.FullNetworks;
import mitosis.evidence.Unmeasurable;
import mitosis.evidence.VariancePeak;
import org.junit.jupiter.api.Test;

/** Where w* lies beside planted peaks and planted interpolation. */
class VariancePeakTest {

  private static final CriticalSize RULE = new CriticalSize(1e-3);

  private static final Controls CONTROLS = Controls.of(128, 3, 1_000, 4_000);

  private static double overPeak(double peak) {
    return new VariancePeak(RULE)
        .cloneSizeOverPeak()
        .of(CONTROLS.families().family(RULE, 36, peak, 1))
        .value();
  }

  private static double overInterpolation(double width) {
    return new VariancePeak(RULE)
        .cloneSizeOverInterpolationWidth()
        .of(CONTROLS.families().family(RULE, 36, 0.5, width))
        .value();
  }

  /** Widths are whole numbers, so that a half of w* is so but for half a neuron. */
  @Test
  void a_planted_peak_is_found() {
    assertThat(overPeak(0.5)).isCloseTo(2, within(0.1));
    assertThat(overPeak(8)).isCloseTo(0.125, within(0.002));
  }

  /** The training error falls as a power law, which interpolation on logarithmic axes hits. */
  @Test
  void planted_interpolation_is_found() {
    assertThat(overInterpolation(1)).isCloseTo(1, within(1e-9));
    assertThat(overInterpolation(6)).isCloseTo(1.0 / 6, within(1e-9));
  }

  @Test
  void an_edge_is_no_peak() {
    assertThatThrownBy(() -> overPeak(32))
        .isInstanceOf(Unmeasurable.class)
        .hasMessageContaining("largest at the widest");
    assertThatThrownBy(() -> overPeak(1.0 / 64))
        .isInstanceOf(Unmeasurable.class)
        .hasMessageContaining("largest at the narrowest");
  }

  @Test
  void where_all_interpolate_or_none_no_width_is_the_first() {
    assertThatThrownBy(() -> overInterpolation(1e-3))
        .isInstanceOf(Unmeasurable.class)
        .hasMessageContaining("all do");
    assertThatThrownBy(() -> overInterpolation(1e3))
        .isInstanceOf(Unmeasurable.class)
        .hasMessageContaining("none do");
  }

  @Test
  void a_network_that_does_not_interpolate_has_no_clones() {
    FullNetworks networks = CONTROLS.families().family(RULE, 36, 0.5, 1).networks();
    assertThatThrownBy(
            () ->
                new VariancePeak(RULE)
                    .cloneSizeOverPeak()
                    .of(
                        new VariancePeak.Family(
                            CONTROLS.layers().plantedClonesWithWrongLabels(), networks)))
        .isInstanceOf(Unmeasurable.class)
        .hasMessageContaining("does not fit its training set");
  }
}
