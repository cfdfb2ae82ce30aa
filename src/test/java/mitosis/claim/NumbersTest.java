package mitosis.claim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumbersTest {

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "-0.5, -0.5",
    "0.99876, 0.9988",
    "0.00012345, 0.0001234",
    "0.00001, 1e-5",
    "-0.0000123, -1.23e-5",
    "12345.6, 12346",
    "50, 50",
    "2500000, 2.5e6",
    "Infinity, ∞",
    "-Infinity, -∞",
    "NaN, NaN",
  })
  void a_number_is_shown_to_four_digits(double value, String text) {
    assertThat(Decimal.text(value)).isEqualTo(text);
  }

  @Test
  void an_interval_is_ordered() {
    assertThat(new Interval(0.41, 0.52)).hasToString("[0.41, 0.52]");
    assertThat(new Interval(1, 3).halfWidth()).isEqualTo(1);
    assertThat(new Interval(0, Double.POSITIVE_INFINITY).halfWidth()).isInfinite();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Interval(2, 1))
        .withMessageContaining("low is above high");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Interval(Double.NaN, 1))
        .withMessageContaining("NaN");
  }

  @Test
  void an_estimate_is_finite_and_says_its_level() {
    Interval interval = new Interval(0.41, 0.52);
    assertThat(new Estimate(0.47, interval, 0.95)).hasToString("0.47, 95 % interval [0.41, 0.52]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Estimate(Double.NaN, interval, 0.95))
        .withMessageContaining("value is NaN");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Estimate(0.47, interval, 95))
        .withMessageContaining("level is 95.0");
  }

  @Test
  void words_that_are_not_known_are_refused_with_those_that_are() {
    assertThat(ClaimId.parse("C06").title()).isEqualTo("C06 reconstruction");
    assertThat(Scale.parse("quick")).isEqualTo(Scale.QUICK);
    assertThat(Verdict.parse("UNTESTED")).isEqualTo(Verdict.UNTESTED);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ClaimId.parse("C21"))
        .withMessageStartingWith("unknown claim 'C21'; use one of C01, C02,");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Scale.parse("QUICK"))
        .withMessage("unknown scale 'QUICK'; use one of smoke, quick, extended, full");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Verdict.parse("OK"))
        .withMessageContaining("REPRODUCED, NOT_REPRODUCED, UNDERPOWERED, UNTESTED");
  }
}
