package mitosis.claims;

import static mitosis.claim.ClaimId.C09;

import java.util.function.Function;
import mitosis.evidence.Course;
import mitosis.evidence.Measurement;
import mitosis.evidence.TwoPhases;
import mitosis.suite.CourseFigures;
import mitosis.suite.Evidence;
import mitosis.suite.PlantedCourses;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** That clones form until the network interpolates, and fit after that (P22 Fig. 5). */
final class TwoPhasesClaims {

  private TwoPhasesClaims() {}

  /** On systems whose networks are trained here. */
  abstract static class Trained {

    private static final String SHUFFLED = "the snapshots in shuffled order, the last first";

    @Test
    @Tag("C09")
    @Claim(value = C09, quantity = "correlation_left")
    void residuals_lose_correlation_until_the_network_interpolates(
        Check check, Evidence evidence, PlantedCourses courses, CourseFigures figures) {
      planted(check, evidence, courses, e -> phases(e).correlationLeft(e.sizes().ofClone()))
          .rejectsTrained(SHUFFLED, () -> course(check, evidence).lastFirst())
          .shownAs(figures::correlation)
          .isWithinTheBand();
    }

    @Test
    @Tag("C09")
    @Claim(value = C09, quantity = "correlation_after_interpolation")
    void and_no_more_from_then_on(
        Check check, Evidence evidence, PlantedCourses courses, CourseFigures figures) {
      // Not the trained snapshots in another order: that is told apart only where the correlation
      // moves in training at all, which correlation_left says.
      planted(check, evidence, courses, e -> phases(e).correlationMovesBy(e.sizes().ofClone()))
          .shownAs(figures::correlation)
          .isWithinTheBand();
    }

    @Test
    @Tag("C09")
    @Claim(value = C09, quantity = "chunks_fit_after")
    void then_chunks_come_to_fit_the_training_set_too(
        Check check, Evidence evidence, PlantedCourses courses, CourseFigures figures) {
      phases(check, evidence, courses, e -> phases(e).chunksFitAfter(e.sizes().ofClone()))
          .shownAs(figures::errors)
          .isWithinTheBand();
    }

    @Test
    @Tag("C09")
    @Claim(value = C09, quantity = "test_error_fall_after")
    void meanwhile_the_test_error_falls_a_little(
        Check check, Evidence evidence, PlantedCourses courses, CourseFigures figures) {
      phases(check, evidence, courses, e -> phases(e).testErrorFall())
          .shownAs(figures::errors)
          .isWithinTheBand();
    }

    @Test
    @Tag("C09")
    @Claim(value = C09, quantity = "late_less_early_fall")
    void and_by_less_than_before(
        Check check, Evidence evidence, PlantedCourses courses, CourseFigures figures) {
      phases(check, evidence, courses, e -> phases(e).testErrorFallsMore())
          .shownAs(figures::errors)
          .isWithinTheBand();
    }

    /** What is to happen within a share of training must be seen within it. */
    private static Course course(Check check, Evidence evidence) {
      return evidence.training().phases(check.most(C09, "chunks_fit_after"));
    }

    private static TwoPhases phases(Evidence evidence) {
      return new TwoPhases(evidence.thresholds().trainingError());
    }

    private static Verification<Course> phases(
        Check check,
        Evidence evidence,
        PlantedCourses courses,
        Function<Evidence, Measurement<Course>> measurement) {
      return planted(check, evidence, courses, measurement)
          .rejectsTrained(SHUFFLED, () -> course(check, evidence).lastFirst());
    }

    private static Verification<Course> planted(
        Check check,
        Evidence evidence,
        PlantedCourses courses,
        Function<Evidence, Measurement<Course>> measurement) {
      return check
          .measured(measurement, e -> course(check, e))
          .rejects(
              "planted two-phase curves in shuffled order, the last first",
              () -> courses.twoPhases(evidence.criticalWidth()).lastFirst())
          .rejects(
              "planted curves without interpolation",
              () -> courses.withoutInterpolation(evidence.criticalWidth()))
          .accepts("planted two-phase curves", () -> courses.twoPhases(evidence.criticalWidth()));
    }
  }

  @OnPmnistFc5
  static class OnPmnist extends Trained {}

  @OnCifar10Wr28
  static class OnCifar10 extends Trained {}

  @OnCifar100Wr28
  static class OnCifar100 extends Trained {}

  @OnCifar10DenseNet40
  static class OnDenseNet extends Trained {}
}
