package mitosis.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ScalingStartTest {

  private static final ScalingStart START = new ScalingStart(-0.65);
  private static final int[] SIZES = {4, 8, 16, 32, 64};

  /** err∞ = 0.1 and a steep fall that ends: excess = w^-½ + 40·w^-2. */
  private static double[] bent(int[] sizes) {
    return Arrays.stream(sizes)
        .mapToDouble(w -> 0.1 + Math.pow(w, -0.5) + 40 * Math.pow(w, -2))
        .toArray();
  }

  @Test
  void isWhereTheSlopeOfASmoothCurveIsAtTheLimit() {
    int[] dense = IntStream.rangeClosed(1, 400).toArray();
    // −(½ + 2·x)/(1 + x) = −0.65 with x = 40·w^-1.5 the ratio of the two terms: x = 1/9.
    double expected = Math.pow(40 * 9, 1 / 1.5);

    assertThat(START.of(dense, bent(dense), 0.1).orElseThrow())
        .isCloseTo(expected, within(0.01 * expected));
    int[] halvings = ChunkSizes.halvings(512);
    assertThat(START.of(halvings, bent(halvings), 0.1).orElseThrow())
        .isCloseTo(expected, within(0.1 * expected));
  }

  @Test
  void liesAsFarBetweenSlopesAsTheLimitDoes() {
    // Slopes −2, −2, −0.5, −0.5: nine tenths of the way from √(8·16) to √(16·32).
    double[] errors = {1, 1 / 4.0, 1 / 16.0, 1 / 16.0 / Math.sqrt(2), 1 / 32.0};

    assertThat(START.of(SIZES, errors, 0).orElseThrow())
        .isCloseTo(8 * Math.sqrt(2) * Math.pow(2, 0.9), within(1e-9));
  }

  @Test
  void isTheFirstSizeOfAPowerLawAndNothingIfItStaysSteep() {
    double[] half = Arrays.stream(SIZES).mapToDouble(w -> Math.pow(w, -0.5)).toArray();
    double[] one = Arrays.stream(SIZES).mapToDouble(w -> 1.0 / w).toArray();

    assertThat(START.of(SIZES, half, 0)).hasValue(4);
    assertThat(START.of(SIZES, one, 0)).isEmpty();
  }

  @Test
  void aSteepSlopeFurtherOnPutsItOff() {
    // Slopes −0.5, −2, −0.5, −0.5.
    double root = Math.sqrt(2);
    double[] errors = {1, 1 / root, 1 / root / 4, 1 / 8.0, 1 / root / 8};

    assertThat(START.of(SIZES, errors, 0).orElseThrow())
        .isCloseTo(8 * root * Math.pow(2, 0.9), within(1e-9));
  }

  @Test
  void aSlopeThatIsNotKnownIsNotShallow() {
    double[] lastBelow = {1, 0.25, 0.1, 0.08, -0.01};
    double[] secondBelow = {1, -0.01, 0.1, 0.08, 0.07};

    assertThat(START.of(SIZES, lastBelow, 0)).isEmpty();
    assertThat(START.of(SIZES, secondBelow, 0)).hasValue(16);
  }

  @Test
  void refusesBadInput() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ScalingStart(0))
        .withMessageContaining("0.0");
    assertThatIllegalArgumentException().isThrownBy(() -> new ScalingStart(Double.NaN));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> START.of(new int[] {1}, new double[] {1}, 0));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> START.of(new int[] {1, 2}, new double[] {1, Double.NaN}, 0));
  }
}
