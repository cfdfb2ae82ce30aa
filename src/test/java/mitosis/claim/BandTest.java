package mitosis.claim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BandTest {

  private static final Band SQUARE_ROOT = Band.between(-0.65, -0.35);

  private static Estimate estimate(double low, double value, double high) {
    return new Estimate(value, new Interval(low, high), 0.95);
  }

  @ParameterizedTest
  @CsvSource({
    "-0.60, -0.40, REPRODUCED",
    "-0.65, -0.35, REPRODUCED",
    "-0.70, -0.60, UNDERPOWERED",
    "-0.40, -0.30, UNDERPOWERED",
    "-0.90, -0.10, UNDERPOWERED",
    "-0.90, -0.66, NOT_REPRODUCED",
    "-0.34,  0.20, NOT_REPRODUCED",
  })
  void a_verdict_is_where_the_whole_interval_lies(double low, double high, Verdict verdict) {
    assertThat(SQUARE_ROOT.judge(estimate(low, (low + high) / 2, high))).isEqualTo(verdict);
  }

  @ParameterizedTest
  @CsvSource({
    "-0.60, -0.40, NOT_REPRODUCED",
    "-0.70, -0.60, UNDERPOWERED",
    "-0.90, -0.10, UNDERPOWERED",
    "-0.90, -0.66, REPRODUCED",
    "-0.34,  0.20, REPRODUCED",
  })
  void a_complement_turns_the_verdict_round(double low, double high, Verdict verdict) {
    assertThat(SQUARE_ROOT.complement().judge(estimate(low, (low + high) / 2, high)))
        .isEqualTo(verdict);
  }

  @Test
  void an_open_edge_is_not_in_the_band() {
    Band belowOne = Band.between(0.99, 1).openAbove();

    assertThat(belowOne.contains(1)).isFalse();
    assertThat(belowOne.contains(0.99)).isTrue();
    assertThat(belowOne.judge(estimate(0.995, 1, 1))).isEqualTo(Verdict.UNDERPOWERED);
    assertThat(belowOne.judge(estimate(1, 1, 1))).isEqualTo(Verdict.NOT_REPRODUCED);
    assertThat(belowOne.complement().contains(1)).isTrue();
  }

  @Test
  void a_one_sided_band_has_no_second_edge() {
    assertThat(Band.atMost(0.03).judge(estimate(-5, 0, 0.03))).isEqualTo(Verdict.REPRODUCED);
    assertThat(Band.atMost(0.03).judge(estimate(0.031, 1, Double.POSITIVE_INFINITY)))
        .isEqualTo(Verdict.NOT_REPRODUCED);
    assertThat(Band.atLeast(2).judge(estimate(2, 3, Double.POSITIVE_INFINITY)))
        .isEqualTo(Verdict.REPRODUCED);
  }

  @Test
  void the_factor_to_decide_is_the_square_of_half_width_over_distance() {
    // Half-width 0.10, distance to -0.35 is 0.04: (0.10 / 0.04)² = 6.25, rounded up.
    assertThat(SQUARE_ROOT.growthToDecide(-0.31, new Interval(-0.41, -0.21))).hasValue(7L);
  }

  @Test
  void no_factor_can_be_named_on_the_edge_or_without_bounds() {
    assertThat(SQUARE_ROOT.growthToDecide(-0.35, new Interval(-0.40, -0.30))).isEmpty();
    assertThat(SQUARE_ROOT.growthToDecide(-0.5, new Interval(Double.NEGATIVE_INFINITY, -0.3)))
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0.99 | 1    | high | false | [0.99, 1)",
        "0.99 | 1    | both | false | (0.99, 1)",
        "-Infinity | 0.03 | none | false | ≤ 0.03",
        "-Infinity | -0.65 | high | false | < -0.65",
        "2 | Infinity | none | false | ≥ 2",
        "2 | Infinity | low | false | > 2",
        "-0.65 | -0.35 | none | true | outside [-0.65, -0.35]",
      })
  void a_band_reads_as_in_a_sentence(
      double low, double high, String open, boolean outside, String text) {
    assertThat(new Band(low, high, open.matches("low|both"), open.matches("high|both"), outside))
        .hasToString(text);
  }

  @Test
  void bands_that_say_nothing_are_refused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Band.between(2, 1))
        .withMessageContaining("low is above high");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Band.between(Double.NaN, 1))
        .withMessageContaining("NaN");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Band.atLeast(Double.NEGATIVE_INFINITY))
        .withMessageContaining("at least one edge must be finite");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Band.between(1, 1).openAbove())
        .withMessageContaining("nothing lies in it");
  }
}
