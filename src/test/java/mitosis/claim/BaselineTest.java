package mitosis.claim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BaselineTest {

  /**
   * Quantiles from the column 0.001 (both tails) of Fisher and Yates, Statistical Tables, table
   * III.
   */
  @ParameterizedTest
  @CsvSource({"2, 636.619", "3, 31.599", "5, 8.610", "10, 4.781", "20, 3.883"})
  void the_prediction_interval_uses_students_quantile(int count, double t) {
    Interval prediction = new Baseline(1, 0.5, count, "abc1234").prediction();

    double reach = t * 0.5 * Math.sqrt(1 + 1.0 / count);
    assertThat(prediction.low()).isCloseTo(1 - reach, within(1e-3 * reach));
    assertThat(prediction.high()).isCloseTo(1 + reach, within(1e-3 * reach));
  }

  @Test
  void a_value_beyond_the_prediction_interval_has_drifted() {
    // t(0.9995, 4) = 8.610; 8.610 · 0.01 · √1.2 = 0.0943
    Baseline baseline = new Baseline(-0.5, 0.01, 5, "abc1234");

    assertThat(baseline.state(-0.5 + 0.0942)).isEqualTo(Baseline.State.STABLE);
    assertThat(baseline.state(-0.5 + 0.0944)).isEqualTo(Baseline.State.DRIFTED);
    assertThat(baseline.state(-0.5 - 0.0944)).isEqualTo(Baseline.State.DRIFTED);
  }

  @Test
  void without_deviation_only_the_same_value_is_stable() {
    Baseline baseline = new Baseline(64, 0, 5, "abc1234");

    assertThat(baseline.state(64)).isEqualTo(Baseline.State.STABLE);
    assertThat(baseline.state(65)).isEqualTo(Baseline.State.DRIFTED);
  }

  @Test
  void baselines_that_predict_nothing_are_refused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Baseline(1, 0.1, 1, "abc1234"))
        .withMessageContaining("count is 1")
        .withMessageContaining("at least 2");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Baseline(1, -0.1, 3, "abc1234"))
        .withMessageContaining("deviation is -0.1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Baseline(Double.NaN, 0.1, 3, "abc1234"))
        .withMessageContaining("mean is NaN");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Baseline(1, 0.1, 3, " "))
        .withMessageContaining("commit is blank");
  }
}
