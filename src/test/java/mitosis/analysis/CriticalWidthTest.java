package mitosis.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class CriticalWidthTest {

  private static final int[] SIZES = {16, 32, 64, 128, 256, 512};

  /** Training errors of chunks of WR28-8, P22 figure 4b. */
  private static final double[] CIFAR10 = {.310, .091, .0056, 1.5e-5, 2e-6, 0};

  @Test
  void isTheFirstSizeThatFitsTheTrainingSetLikeTheFullLayer() {
    assertThat(new CriticalWidth(1e-3).of(SIZES, CIFAR10, 0)).hasValue(128);
    assertThat(new CriticalWidth(1e-3).of(SIZES, CIFAR10, 0.0046)).hasValue(64);
    assertThat(new CriticalWidth(1e-5).of(SIZES, CIFAR10, 0)).hasValue(256);
    assertThat(new CriticalWidth(0).of(SIZES, CIFAR10, 0)).hasValue(512);
  }

  @Test
  void countsAnErrorAtTheThreshold() {
    assertThat(new CriticalWidth(1e-3).of(new int[] {1, 2}, new double[] {1e-3, 0}, 0)).hasValue(1);
  }

  @Test
  void isInterpolatedOnLogarithmicAxes() {
    // Between 64 and 128 the error falls by log(.0056 / 1.5e-5) = 5.92, to 1e-3 by 1.72.
    assertThat(new CriticalWidth(1e-3).interpolated(SIZES, CIFAR10, 0).orElseThrow())
        .isCloseTo(64 * Math.pow(2, Math.log(5.6) / Math.log(.0056 / 1.5e-5)), within(1e-9));
    assertThat(new CriticalWidth(0).interpolated(SIZES, CIFAR10, 2e-6).orElseThrow())
        .isCloseTo(256, within(1e-9));
    assertThat(new CriticalWidth(1e-3).interpolated(SIZES, CIFAR10, 0.4)).hasValue(16);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new CriticalWidth(0).interpolated(SIZES, CIFAR10, 0))
        .withMessageContaining("threshold is 0.0");
  }

  @Test
  void isNothingIfNoSizeFits() {
    assertThat(new CriticalWidth(1e-3).of(new int[] {16, 32}, new double[] {.31, .091}, 0))
        .isEmpty();
  }

  @Test
  void refusesBadInput() {
    CriticalWidth standard = new CriticalWidth(1e-3);
    assertThatIllegalArgumentException().isThrownBy(() -> new CriticalWidth(-1e-9));
    assertThatIllegalArgumentException().isThrownBy(() -> new CriticalWidth(Double.NaN));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> standard.of(new int[] {2, 1}, new double[2], 0));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> standard.of(new int[] {1, 2}, new double[1], 0));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> standard.of(new int[] {1, 2}, new double[] {0, Double.NaN}, 0))
        .withMessageContaining("size 2 is NaN");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> standard.of(new int[] {1, 2}, new double[2], 1.5))
        .withMessageContaining("full layer is 1.5");
  }
}
