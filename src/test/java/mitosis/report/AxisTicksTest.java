package mitosis.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import mitosis.report.Figure.Axis;
import org.junit.jupiter.api.Test;

class AxisTicksTest {

  /** Of an axis without a place for 0. */
  private static AxisTicks ticks(Axis axis, double low, double high) {
    return new AxisTicks(axis, low, high, 1);
  }

  private static List<String> labels(AxisTicks axis) {
    return axis.ticks().stream()
        .filter(AxisTicks.Tick::isMajor)
        .map(AxisTicks.Tick::label)
        .toList();
  }

  @Test
  void linear_ticks_are_round_and_have_the_decimals_of_their_step() {
    assertThat(labels(ticks(Axis.linear("R²"), 0, 1)))
        .containsExactly("0.0", "0.2", "0.4", "0.6", "0.8", "1.0");
    assertThat(labels(ticks(Axis.linear("R²"), 0.9994, 1))).contains("0.9995", "0.9999", "1.0000");
    assertThat(labels(ticks(Axis.linear("exponent"), -1, 0.1))).contains("−0.8", "0.0");
    assertThat(labels(ticks(Axis.linear("epoch"), 0, 5000)))
        .containsExactly("0", "1000", "2000", "3000", "4000", "5000");
  }

  @Test
  void widths_are_named_in_full() {
    assertThat(labels(ticks(Axis.log2("W"), 1.8, 600)))
        .containsExactly("2", "4", "8", "16", "32", "64", "128", "256", "512");
  }

  @Test
  void an_axis_of_less_than_a_decade_names_twos_and_fives_too() {
    assertThat(labels(ticks(Axis.log10("err"), 0.015, 0.07)))
        .containsExactly("2·10^{−2}", "5·10^{−2}");
    assertThat(labels(ticks(Axis.log10("err"), 0.0009, 0.11)))
        .containsExactly("10^{−3}", "10^{−2}", "10^{−1}");
    assertThat(labels(ticks(Axis.log10("epoch"), 0.9, 6000)))
        .containsExactly("1", "10", "100", "1000");
  }

  @Test
  void an_axis_of_a_third_of_a_decade_names_all_digits() {
    assertThat(labels(ticks(Axis.log10("err"), 0.21, 0.45)))
        .containsExactly("3·10^{−1}", "4·10^{−1}");
  }

  @Test
  void long_axes_do_not_name_every_power() {
    assertThat(labels(ticks(Axis.log2("W"), 1, Math.pow(2, 30)))).hasSizeLessThan(14);
    assertThat(labels(ticks(Axis.log10("err"), 1e-30, 1))).hasSizeLessThan(14);
  }

  @Test
  void values_stand_in_proportion_to_their_logarithm() {
    assertThat(ticks(Axis.log2("W"), 2, 32).share(8)).isCloseTo(0.5, within(1e-12));
    assertThat(ticks(Axis.log10("err"), 0.01, 1).share(0.1)).isCloseTo(0.5, within(1e-12));
    assertThat(ticks(Axis.linear("R²"), 0, 4).share(1)).isCloseTo(0.25, within(1e-12));
  }

  @Test
  void an_axis_covers_what_it_can_show() {
    AxisTicks axis =
        AxisTicks.covering(Axis.log10("err"), List.of(-1.0, 0.0, 0.01, 1.0, Double.NaN));

    assertThat(axis.low()).isBetween(0.005, 0.01);
    assertThat(axis.high()).isBetween(1.0, 2.0);
  }

  @Test
  void zero_has_a_place_a_decade_below_the_smallest_power_of_ten() {
    AxisTicks axis = AxisTicks.covering(Axis.log10AndZero("error"), List.of(0.0, 2e-4, 0.1));

    assertThat(labels(axis)).containsExactly("0", "10^{−4}", "10^{−3}", "10^{−2}", "10^{−1}");
    double decade = axis.share(1e-2) - axis.share(1e-3);
    assertThat(axis.share(1e-4) - axis.share(0)).isCloseTo(decade, within(1e-12));
    assertThat(axis.share(0)).isBetween(0.01, 0.1);
    assertThat(axis.ticks()).noneMatch(tick -> tick.value() > 0 && tick.value() < 1e-4);
  }

  @Test
  void where_nothing_is_zero_such_an_axis_is_logarithmic() {
    AxisTicks axis = AxisTicks.covering(Axis.log10AndZero("error"), List.of(0.02, 2.0));
    AxisTicks log = AxisTicks.covering(Axis.log10("error"), List.of(0.02, 2.0));

    assertThat(labels(axis)).isEqualTo(labels(log)).containsExactly("10^{−1}", "1");
    assertThat(axis.share(0.3)).isCloseTo(log.share(0.3), within(1e-12));
  }

  @Test
  void an_axis_of_nothing_but_zeros_shows_them() {
    AxisTicks axis = AxisTicks.covering(Axis.log10AndZero("error"), List.of(0.0, 0.0));

    assertThat(axis.share(0)).isCloseTo(0.5, within(1e-12));
    assertThat(labels(axis)).contains("0");
  }
}
