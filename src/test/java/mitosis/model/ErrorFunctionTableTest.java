package mitosis.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.apache.commons.math3.special.Erf;
import org.junit.jupiter.api.Test;

class ErrorFunctionTableTest {

  /** Beside Commons Math's series and the exact exponential, between nodes and beyond the table. */
  @Test
  void value_and_slope_are_those_of_the_error_function() {
    for (double x = -10; x <= 10; x += 0.00137) {
      assertThat(ErrorFunctionTable.value(x))
          .as("g(%s)", x)
          .isCloseTo(Erf.erf(x / Math.sqrt(2)), within(1e-11));
      assertThat(ErrorFunctionTable.slope(x))
          .as("g'(%s)", x)
          .isCloseTo(Math.sqrt(2 / Math.PI) * Math.exp(-x * x / 2), within(1e-11));
    }
  }

  @Test
  void what_is_no_number_stays_none() {
    assertThat(ErrorFunctionTable.value(Double.NaN)).isNaN();
    assertThat(ErrorFunctionTable.slope(Double.NaN)).isNaN();
    assertThat(ErrorFunctionTable.value(Double.NEGATIVE_INFINITY)).isEqualTo(-1);
    assertThat(ErrorFunctionTable.slope(Double.NEGATIVE_INFINITY)).isZero();
  }
}
