package mitosis.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class MeanOverChunksTest {

  @Test
  void givesMeanDeviationAndStandardError() {
    MeanOverChunks mean = MeanOverChunks.of(new double[] {1, 2, 3, 6});

    assertThat(mean.mean()).isEqualTo(3);
    // numpy.std([1, 2, 3, 6], ddof=1)
    assertThat(mean.deviation()).isCloseTo(2.160246899469287, within(1e-15));
    assertThat(mean.standardError()).isCloseTo(1.0801234497346435, within(1e-15));
  }

  @Test
  void keepsADeviationFarBelowTheMean() {
    assertThat(MeanOverChunks.of(new double[] {1e6, 1e6 + 1e-6}).deviation())
        .isCloseTo(7.07e-7, within(1e-9));
  }

  @Test
  void refusesASingleValue() {
    assertThatIllegalArgumentException().isThrownBy(() -> MeanOverChunks.of(new double[] {1}));
  }
}
