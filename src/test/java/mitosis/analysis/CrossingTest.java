package mitosis.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class CrossingTest {

  private static final int[] SIZES = {16, 32, 64, 128, 256, 512};

  @Test
  void isExactOnPowerLaws() {
    double[] values = Arrays.stream(SIZES).mapToDouble(w -> 3 * Math.pow(w, -1.7)).toArray();

    for (double size : new double[] {16.5, 32, 50, 500}) {
      assertThat(new Crossing(3 * Math.pow(size, -1.7)).of(SIZES, values).orElseThrow())
          .isCloseTo(size, within(1e-9));
    }
  }

  /** Training errors of chunks of WR28-8, P22 figure 4b, whose authors say 100. */
  @Test
  void findsTheWidthPublishedForCifar10() {
    double[] errors = {.310, .091, .0056, 1.5e-5, 2e-6, 0};

    assertThat(new Crossing(1e-4).of(SIZES, errors).orElseThrow()).isCloseTo(102, within(1.0));
  }

  @Test
  void aZeroCountsAsSmall() {
    // From 1e-3 to 1e-7 there are four decades, of which the threshold takes one.
    assertThat(new Crossing(1e-4).of(new int[] {16, 256}, new double[] {1e-3, 0}).orElseThrow())
        .isCloseTo(32, within(1e-9));
    assertThat(new Crossing(1e-7).of(new int[] {16, 256}, new double[] {1e-3, 0})).hasValue(256);
  }

  @Test
  void theFirstOfSeveralCounts() {
    double[] values = {4, 1, 4, 1, 4, 4};

    assertThat(new Crossing(2).of(SIZES, values).orElseThrow())
        .isCloseTo(16 * Math.sqrt(2), within(1e-9));
  }

  @Test
  void isTheFirstSizeIfItIsLowThereAndNothingIfItNeverIs() {
    assertThat(new Crossing(1).of(new int[] {16, 32}, new double[] {1, 2})).hasValue(16);
    assertThat(new Crossing(1).of(new int[] {16, 32}, new double[] {3, 2})).isEmpty();
  }

  @Test
  void refusesBadInput() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Crossing(0))
        .withMessageContaining("threshold is 0.0");
    assertThatIllegalArgumentException().isThrownBy(() -> new Crossing(Double.NaN));
    Crossing crossing = new Crossing(1);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> crossing.of(new int[] {2, 1}, new double[2]));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> crossing.of(new int[] {1, 2}, new double[1]));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> crossing.of(new int[] {1, 2}, new double[] {0, Double.NaN}))
        .withMessageContaining("value at size 2 is NaN");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> crossing.of(new int[] {1, 2}, new double[] {-1, 0}));
  }
}
