package mitosis.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import mitosis.claim.Band;
import mitosis.claim.Estimate;
import mitosis.claim.Estimates;
import mitosis.claim.Verdict;
import mitosis.evidence.ErrorCurve.ErrInf;
import org.junit.jupiter.api.Test;

class RelativeChangeTest {

  private static final Band TENTH = new Band(-0.1, 0.1, false, false, false);
  private static final int IMAGES = 1_000;

  /** Has no divisor in common with the number of images. */
  private static final int SCATTERED = 617;

  /** Every network misreads so many images, scattered alike, whatever its seed. */
  private static ErrorCurve misreading(int... images) {
    float[][][] mistakes = new float[3][images.length][IMAGES];
    for (float[][] seed : mistakes) {
      for (int k = 0; k < images.length; k++) {
        for (int i = 0; i < images[k]; i++) {
          seed[k][i * SCATTERED % IMAGES] = 1;
        }
      }
    }
    int[] sizes = new int[images.length];
    for (int k = 0; k < sizes.length; k++) {
      sizes[k] = k + 1;
    }
    return ErrorCurve.of(sizes, mistakes, ErrInf.known(new float[IMAGES]));
  }

  private static Estimate worst(Estimates changes) {
    return changes.worst(TENTH).estimate();
  }

  /** From 200 to 190 and 300 misread images: +0.5 is further out than -0.05. */
  @Test
  void the_worst_change_from_the_first_network_counts() {
    Estimate change = worst(RelativeChange.fromTheFirst().apply(misreading(200, 190, 300)));
    assertThat(change.value()).isCloseTo(0.5, within(1e-6));
  }

  /** Errors .1, .2 and .3 have the mean .2: the first is half of it below. */
  @Test
  void the_worst_difference_from_the_mean_counts() {
    Estimate difference = worst(RelativeChange.fromTheMean().apply(misreading(100, 200, 280)));
    assertThat(difference.value()).isCloseTo(100 / (580 / 3.0) - 1, within(1e-6));
    assertThat(TENTH.judge(difference)).isEqualTo(Verdict.NOT_REPRODUCED);
  }

  @Test
  void equal_errors_do_not_change_on_any_images() {
    Estimate none = worst(RelativeChange.fromTheMean().apply(misreading(200, 200, 200)));
    assertThat(none.value()).isCloseTo(0, within(1e-12));
    assertThat(TENTH.judge(none)).isEqualTo(Verdict.REPRODUCED);
  }

  @Test
  void a_change_of_nothing_is_refused() {
    assertThatThrownBy(() -> RelativeChange.fromTheFirst().apply(misreading(0, 100)))
        .isInstanceOf(Unmeasurable.class)
        .hasMessageContaining("relative to an error of 0");
    assertThatThrownBy(() -> RelativeChange.fromTheMean().apply(misreading(100)))
        .isInstanceOf(Unmeasurable.class)
        .hasMessageContaining("needs two networks");
  }
}
