package mitosis.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import mitosis.model.ErfNetwork.ErrorFunctionTable;
import org.apache.commons.math3.special.Erf;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ErfNetworkTest {

  private static final ErfNetwork TWO =
      new ErfNetwork(new double[][] {{1, 2, 0, 2}, {0, 0, 3, 0}}, new double[] {0.5, -2});

  /** erf(1/√2) = 0.6827 and erf(3/(2√2)) = 0.8664, the normal law's one and 1.5 sigma. */
  @Test
  void a_neuron_reads_the_input_divided_by_the_root_of_its_length() {
    assertThat(TWO.output(new double[] {2, 0, 1, 0}))
        .isCloseTo(0.5 * 0.682689492 - 2 * 0.866385597, within(1e-8));
  }

  @Test
  void overlaps_are_products_of_weights_divided_by_the_number_of_inputs() {
    ErfNetwork one = new ErfNetwork(new double[][] {{4, 0, 1, 0}}, new double[] {1});
    assertThat(TWO.overlaps(one)).isDeepEqualTo(new double[][] {{1}, {0.75}});
    assertThat(TWO.overlaps(TWO)).isDeepEqualTo(new double[][] {{2.25, 0}, {0, 2.25}});
  }

  @Test
  void what_is_no_network_is_refused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ErfNetwork(new double[0][], new double[0]))
        .withMessageContaining("at least one neuron");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ErfNetwork(new double[][] {{1, 2}, {1}}, new double[2]))
        .withMessage("neuron 1 has 1 weights, but neuron 0 has 2");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ErfNetwork(new double[][] {{1}}, new double[2]))
        .withMessageContaining("2 numbers for 1 neurons");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ErfNetwork(new double[][] {{Double.NaN}}, new double[1]))
        .withMessageContaining("weights of neuron 0: [NaN]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TWO.overlaps(new ErfNetwork(new double[][] {{1}}, new double[] {1})))
        .withMessageContaining("4 and of 1 inputs");
  }

  @Nested
  class ErrorFunctionTableTest {

    /**
     * Beside Commons Math's series and the exact exponential, between nodes and beyond the table.
     */
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
}
