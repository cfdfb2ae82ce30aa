package mitosis.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ClopperPearsonTest {

  @Test
  void agreesWithTheExampleOfRsBinomTest() {
    // ?binom.test (Conover 1971, p. 97): 682 of 925, 95 percent confidence interval.
    ClopperPearson bounds = new ClopperPearson(682, 925);

    assertThat(bounds.lower(0.025)).isCloseTo(0.7076683, within(5e-8));
    assertThat(bounds.upper(0.025)).isCloseTo(0.7654066, within(5e-8));
  }

  @Test
  void ofNoneItIsTheProbabilityAtWhichNoneIsStillLikely() {
    // (1 - p)^3000 = 0.05
    assertThat(new ClopperPearson(0, 3_000).upper(0.05))
        .isCloseTo(1 - Math.pow(0.05, 1 / 3_000.0), within(1e-8))
        .isCloseTo(0.000998, within(5e-7));
    assertThat(new ClopperPearson(0, 3_000).lower(0.05)).isZero();
    assertThat(new ClopperPearson(7, 7).lower(0.05))
        .isCloseTo(Math.pow(0.05, 1 / 7.0), within(1e-9));
    assertThat(new ClopperPearson(7, 7).upper(0.05)).isEqualTo(1);
  }

  @Test
  void countsThatCannotBeAreRefused() {
    assertThatThrownBy(() -> new ClopperPearson(0, 0)).hasMessageContaining("0 of 0 trials");
    assertThatThrownBy(() -> new ClopperPearson(4, 3)).hasMessageContaining("4 of 3 trials");
    assertThatThrownBy(() -> new ClopperPearson(-1, 3)).hasMessageContaining("-1 of 3 trials");
  }
}
