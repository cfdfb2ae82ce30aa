package mitosis.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import mitosis.claim.Interval;
import org.junit.jupiter.api.Test;

class CurvePointTest {

  private static double mean(double[] values, int[] seeds) {
    return Arrays.stream(seeds).mapToDouble(seed -> values[seed]).average().orElseThrow();
  }

  /** Deviation √2.5; 2.776445 is Student's 97.5 % point with 4 degrees of freedom (any table). */
  @Test
  void a_mean_over_seeds_has_students_interval_and_the_value_of_each_seed() {
    double[] values = {1, 2, 3, 4, 5};

    CurvePoint point = CurvePoint.overSeeds(5, seeds -> mean(values, seeds));

    assertThat(point.value()).isEqualTo(3);
    double half = 2.776445 * Math.sqrt(2.5 / 5);
    Interval interval = point.interval().orElseThrow();
    assertThat(interval.low()).isCloseTo(3 - half, within(1e-5));
    assertThat(interval.high()).isCloseTo(3 + half, within(1e-5));
    assertThat(point.seeds()).containsExactly(1.0, 2.0, 3.0, 4.0, 5.0);
  }

  @Test
  void a_single_seed_has_no_interval_over_seeds() {
    CurvePoint point = CurvePoint.overSeeds(1, seeds -> 7);

    assertThat(point.interval()).isEmpty();
    assertThat(point.seeds()).containsExactly(7.0);
  }

  @Test
  void where_one_seed_has_no_value_neither_the_mean_nor_its_interval_exists() {
    double[] values = {1, Double.NaN, 3};

    CurvePoint point = CurvePoint.overSeeds(3, seeds -> mean(values, seeds));

    assertThat(point.value()).isNaN();
    assertThat(point.interval()).isEmpty();
    assertThat(point.seeds()).containsExactly(1.0, Double.NaN, 3.0);
  }
}
