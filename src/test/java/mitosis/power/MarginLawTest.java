package mitosis.power;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.apache.commons.math3.analysis.integration.SimpsonIntegrator;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.junit.jupiter.api.Test;

class MarginLawTest {

  private static final MarginLaw LAW = new MarginLaw(0.048, 0.3);

  @Test
  void theExcessErrorIsTheIntegralOverMargins() {
    NormalDistribution normal = new NormalDistribution();
    for (double deviation : new double[] {0.1, 0.3, 1, 3}) {
      double integral =
          new SimpsonIntegrator()
              .integrate(100_000, m -> 2 * m * normal.cumulativeProbability(-m / deviation), 0, 1);

      assertThat(LAW.excess(deviation)).isCloseTo(0.3 * integral, within(1e-6));
    }
  }

  @Test
  void smallNoiseMisreadsInProportionToItsVariance() {
    assertThat(LAW.excess(0.1)).isCloseTo(0.3 * 0.1 * 0.1 / 2, within(1e-12));
    assertThat(LAW.excess(0)).isZero();
  }

  @Test
  void theNoiseThatMakesAnErrorIsFound() {
    for (double excess : new double[] {0, 1e-5, 0.0075, 0.1}) {
      assertThat(LAW.excess(LAW.deviation(excess))).isCloseTo(excess, within(1e-12));
    }
    assertThatThrownBy(() -> LAW.deviation(0.2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("excess error is 0.2");
  }
}
