package mitosis.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import mitosis.claim.Estimate;
import mitosis.evidence.Course;
import mitosis.evidence.Measurement;
import mitosis.evidence.Subject;
import mitosis.evidence.TwoPhases;
import mitosis.evidence.Unmeasurable;
import org.junit.jupiter.api.Test;

/** What is measured of a course of training, on planted ones of which it is known. */
class TwoPhasesTest {

  private static final double TOLERANCE = 1e-3;

  private static final int CHUNK = 20;
  private static final int[] ALL = {0, 1, 2};
  private static final Controls CONTROLS = Controls.of(64, 3, 2_000, 2_000);
  private static final Course PHASES = CONTROLS.courses().twoPhases(12);
  private static final Course ENDLESS = CONTROLS.courses().withoutInterpolation(12);

  private static double value(Measurement<Course> measurement, Course course) {
    return measurement.of(course).value();
  }

  @Test
  void a_planted_course_interpolates_when_it_was_planted_to() {
    assertThat(PHASES.interpolation(TOLERANCE, ALL)).hasValue(6);
    assertThat(PHASES.lastFirst().interpolation(TOLERANCE, ALL)).hasValue(0);
    assertThat(ENDLESS.interpolation(TOLERANCE, ALL)).isEmpty();
  }

  @Test
  void chunks_of_twice_the_critical_width_fit_one_epoch_of_ten_later() {
    Estimate waited = new TwoPhases(TOLERANCE).chunksFitAfter(CHUNK).of(PHASES);
    assertThat(waited.value()).isCloseTo(0.1, within(1e-12));
    assertThat(waited.interval().halfWidth()).isLessThan(1e-12);
  }

  /** At a w* whose planted layers have w* of 30: three times that is no more than a chunk of 65. */
  @Test
  void chunks_wait_in_a_planted_course_also_where_its_layers_have_a_smaller_critical_width() {
    Course course = Controls.of(256, 4, 4_000, 4_000).courses().twoPhases(32.5);

    Estimate waited = new TwoPhases(TOLERANCE).chunksFitAfter(65).of(course);

    assertThat(waited.value()).isCloseTo(0.1, within(1e-12));
    assertThat(waited.interval().halfWidth()).isLessThan(1e-12);
  }

  @Test
  void where_the_network_does_not_interpolate_no_chunk_ever_fits() {
    Estimate never = new TwoPhases(TOLERANCE).chunksFitAfter(CHUNK).of(ENDLESS);
    assertThat(never.value()).isCloseTo(0.9, within(1e-12));
    assertThat(never.interval().high()).isEqualTo(Double.POSITIVE_INFINITY);
  }

  @Test
  void snapshots_that_come_to_fit_again_count_from_the_last_time() {
    assertThat(value(new TwoPhases(TOLERANCE).chunksFitAfter(CHUNK), PHASES.lastFirst()))
        .isCloseTo(0.8, within(1e-12));
  }

  @Test
  void correlation_falls_before_and_stays_after() {
    double left = value(new TwoPhases(TOLERANCE).correlationLeft(CHUNK), PHASES);
    assertThat(left).isLessThan(0.8);
    assertThat(value(new TwoPhases(TOLERANCE).correlationMovesBy(CHUNK), PHASES)).isLessThan(0.25);
    assertThat(value(new TwoPhases(TOLERANCE).correlationLeft(CHUNK), ENDLESS)).isEqualTo(1);
    assertThat(value(new TwoPhases(TOLERANCE).correlationMovesBy(CHUNK), ENDLESS))
        .isGreaterThan(0.25);
  }

  @Test
  void the_falls_of_the_test_error_add_up() {
    double after = value(new TwoPhases(TOLERANCE).testErrorFall(), PHASES);
    double before = after - value(new TwoPhases(TOLERANCE).testErrorFallsMore(), PHASES);
    // The course without interpolation ends with the same networks, on the same test images.
    assertThat(value(new TwoPhases(TOLERANCE).testErrorFall(), ENDLESS))
        .isCloseTo(before + after, within(1e-6));
    assertThat(after).isBetween(0.0, before);
  }

  @Test
  void what_comes_after_interpolation_must_be_shown() {
    assertThat(PHASES.showing(TOLERANCE, 0.2)).isSameAs(PHASES);
    assertThatThrownBy(() -> ENDLESS.showing(TOLERANCE, 0.2))
        .isInstanceOf(Unmeasurable.class)
        .hasMessageContaining("misreads more than 0.001");
    assertThatThrownBy(() -> new Course(PHASES.moments().subList(0, 7)).showing(TOLERANCE, 0.2))
        .isInstanceOf(Unmeasurable.class)
        .hasMessageContaining("[1, 2, 3, 4, 5, 6, 7], only the last");
    Course coarse = new Course(List.of(moment(4), moment(7), moment(10)));
    assertThatThrownBy(() -> coarse.showing(TOLERANCE, 0.2))
        .isInstanceOf(Unmeasurable.class)
        .hasMessageContaining("between epochs 4 and 7 of 10");
  }

  private static Course.Moment moment(int epoch) {
    return PHASES.moments().get(epoch - 1);
  }

  @Test
  void a_course_goes_forward_with_the_same_networks() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Course(List.of(moment(1))))
        .withMessageContaining("two moments");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Course(List.of(moment(2), moment(1))))
        .withMessageContaining("3 networks at epoch 2 are followed by 3 at epoch 1");
    Subject others = Controls.of(64, 2, 10, 10).layers().plantedClones();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Course(List.of(moment(1), new Course.Moment(2, others))));
  }
}
