package mitosis.claims;

import static mitosis.claim.ClaimId.C09;

import java.util.function.Function;
import mitosis.claims.support.Check;
import mitosis.claims.support.Claim.C09;
import mitosis.claims.support.On;
import mitosis.claims.support.Verification;
import mitosis.evidence.Measurement;
import mitosis.evidence.TrainingTrajectory;
import mitosis.evidence.TwoPhases;
import mitosis.suite.CourseFigures;
import mitosis.suite.Evidence;
import mitosis.suite.PlantedCourses;

/** That clones form until the network interpolates, and fit after that (P22 Fig. 5). */
final class C09TwoPhasesClaims {

  private C09TwoPhasesClaims() {}

  /** On systems whose networks are trained here. */
  abstract static class Trained {

    private static final String SHUFFLED = "the snapshots in shuffled order, the last first";

    @C09("correlation_left")
    void residuals_lose_correlation_until_the_network_interpolates(
        Check check, Evidence evidence, PlantedCourses courses, CourseFigures figures) {
      planted(check, evidence, courses, e -> phases(e).correlationLeft(e.sizes().ofClone()))
          .rejectsTrained(SHUFFLED, () -> course(check, evidence).lastFirst())
          .shownAs(figures::correlation)
          .isWithinTheBand();
    }

    @C09("correlation_after_interpolation")
    void the_correlation_of_residuals_stays_once_the_network_interpolates(
        Check check, Evidence evidence, PlantedCourses courses, CourseFigures figures) {
      // Not the trained snapshots in another order: that is told apart only where the correlation
      // moves in training at all, which correlation_left says.
      planted(check, evidence, courses, e -> phases(e).correlationMovesBy(e.sizes().ofClone()))
          .shownAs(figures::correlation)
          .isWithinTheBand();
    }

    @C09("chunks_fit_after")
    void chunks_come_to_fit_the_training_set_after_the_network_interpolates(
        Check check, Evidence evidence, PlantedCourses courses, CourseFigures figures) {
      phases(check, evidence, courses, e -> phases(e).chunksFitAfter(e.sizes().ofClone()))
          .shownAs(figures::errors)
          .isWithinTheBand();
    }

    @C09("test_error_fall_after")
    void the_test_error_falls_a_little_after_the_network_interpolates(
        Check check, Evidence evidence, PlantedCourses courses, CourseFigures figures) {
      phases(check, evidence, courses, e -> phases(e).testErrorFall())
          .shownAs(figures::errors)
          .isWithinTheBand();
    }

    @C09("late_less_early_fall")
    void the_test_error_falls_less_after_the_network_interpolates_than_before(
        Check check, Evidence evidence, PlantedCourses courses, CourseFigures figures) {
      phases(check, evidence, courses, e -> phases(e).testErrorFallsMore())
          .shownAs(figures::errors)
          .isWithinTheBand();
    }

    /** What is to happen within a share of training must be seen within it. */
    private static TrainingTrajectory course(Check check, Evidence evidence) {
      return evidence.training().phases(check.most(C09, "chunks_fit_after"));
    }

    private static TwoPhases phases(Evidence evidence) {
      return new TwoPhases(evidence.thresholds().trainingError());
    }

    private static Verification<TrainingTrajectory> phases(
        Check check,
        Evidence evidence,
        PlantedCourses courses,
        Function<Evidence, Measurement<TrainingTrajectory>> measurement) {
      return planted(check, evidence, courses, measurement)
          .rejectsTrained(SHUFFLED, () -> course(check, evidence).lastFirst());
    }

    private static Verification<TrainingTrajectory> planted(
        Check check,
        Evidence evidence,
        PlantedCourses courses,
        Function<Evidence, Measurement<TrainingTrajectory>> measurement) {
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

  @On.PmnistFc5
  static class OnPmnist extends Trained {}

  @On.Cifar10Wr28
  static class OnCifar10 extends Trained {}

  @On.Cifar100Wr28
  static class OnCifar100 extends Trained {}

  @On.Cifar10DenseNet40
  static class OnDenseNet extends Trained {}
}
