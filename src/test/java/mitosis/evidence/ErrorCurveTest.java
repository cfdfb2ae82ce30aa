package mitosis.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import mitosis.analysis.ImageWeights;
import mitosis.evidence.ErrorCurve.ErrInf;
import org.junit.jupiter.api.Test;

class ErrorCurveTest {

  /** Two seeds, sizes 2 and 4, four images; err∞ is ¼. */
  private static final ErrorCurve CURVE =
      ErrorCurve.of(
          new int[] {2, 4},
          new float[][][] {
            {{1, 1, 1, 0}, {1, 0, 1, 0}},
            {{1, 1, 0, 0}, {1, 0, 0, 0}}
          },
          ErrInf.known(new float[] {1, 0, 0, 0}));

  private static final ImageWeights EQUAL = ImageWeights.equal(CURVE.blocks());

  @Test
  void errorsAreMeansOverTheSeedsThatAreAskedFor() {
    assertThat(CURVE.errors(new int[] {0, 1}, EQUAL)).containsExactly(0.625, 0.375);
    assertThat(CURVE.errors(new int[] {1}, EQUAL)).containsExactly(0.5, 0.25);
  }

  @Test
  void theExcessIsWhatLiesAboveErrInf() {
    assertThat(CURVE.excess(new int[] {0, 1}, EQUAL)).containsExactly(0.375, 0.125);
  }

  /** One seed has no err∞ of its own, so that the mean of single seeds is the curve. */
  @Test
  void the_excess_of_each_seed_is_taken_above_the_err_inf_of_all() {
    List<CurvePoint> excess = CURVE.excess();

    assertThat(excess).extracting(CurvePoint::value).containsExactly(0.375, 0.125);
    assertThat(excess.get(0).seeds()).containsExactly(0.5, 0.25);
    assertThat(excess.get(1).seeds()).containsExactly(0.25, 0.0);
    // Of one block nothing is resampled: a mean of two seeds ± t(1)·|difference|/2, and 12.7062 is
    // Student's 97.5 % point with one degree of freedom (any table).
    assertThat(excess.get(0).interval().orElseThrow().halfWidth())
        .isCloseTo(12.7062 * 0.125, within(1e-4));
  }

  @Test
  void aCurveCanBeHadAtSomeOfItsSizes() {
    assertThat(CURVE.at(new int[] {4}).errors(new int[] {0}, EQUAL)).containsExactly(0.5);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CURVE.at(new int[] {3}))
        .withMessage("[3] are not all among the sizes measured, [2, 4]");
  }

  @Test
  void blocksOfImagesKeepTheMean() {
    float[] perImage = new float[1_230];
    for (int i = 0; i < perImage.length; i++) {
      perImage[i] = i % 7 == 0 ? 1 : 0;
    }
    // 1,230 = 15 · 82, the largest divisor up to 100.
    assertThat(ErrorCurve.count(perImage.length)).isEqualTo(15);
    float[] means = ErrorCurve.means(perImage);
    assertThat(ImageWeights.equal(15).mean(means)).isCloseTo(176 / 1230.0, within(1e-7));
  }
}
