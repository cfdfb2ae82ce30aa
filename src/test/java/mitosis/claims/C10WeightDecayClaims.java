package mitosis.claims;

import static mitosis.claim.ClaimId.C02;

import mitosis.claims.support.Check;
import mitosis.claims.support.Claim.C10;
import mitosis.claims.support.On;
import mitosis.evidence.Measurement;
import mitosis.evidence.ReconstructionMeasurements;
import mitosis.evidence.Scaling;
import mitosis.evidence.Subject;
import mitosis.suite.CourseFigures;
import mitosis.suite.Evidence;
import mitosis.suite.PlantedCourses;
import mitosis.suite.PlantedLayers;
import mitosis.suite.ScalingFigures;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.TestMethodOrder;

/** That there are no clones without weight decay (P22 Fig. 6). */
final class C10WeightDecayClaims {

  private C10WeightDecayClaims() {}

  /** On systems whose networks are there at the end of training. */
  @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
  abstract static class AtTheEnd {

    @Order(1)
    @C10("exponent")
    void without_weight_decay_the_error_of_chunks_does_not_fall_as_the_inverse_square_root(
        Check check, Evidence evidence, PlantedLayers layers, ScalingFigures figures) {
      check
          // The sizes of C02, so that both are fitted over the same window.
          .measured(e -> Scaling.exponent(), e -> e.chunks().beyondCritical(e.withoutWeightDecay()))
          .rejects(
              "planted clones with the same w*",
              () ->
                  evidence
                      .chunks()
                      .beyondCritical(
                          layers.plantedClonesOfCriticalWidth(evidence.criticalWidth())))
          .rejects(
              "planted noisy clones with the same w*",
              () ->
                  evidence
                      .chunks()
                      .beyondCritical(
                          layers.plantedNoisyClonesOfCriticalWidth(evidence.criticalWidth())))
          .accepts("Gaussian layer", () -> evidence.chunks().beyondCritical(layers.gaussianLayer()))
          .shownAs(() -> figures.ofChunksWithoutWeightDecay(check.band(C02, "exponent")))
          .isWithinTheBand();
    }

    @Order(2)
    @C10("correlation_ratio")
    void residuals_are_more_correlated_without_weight_decay_than_with_it(
        Check check, Evidence evidence, PlantedLayers layers, CourseFigures figures) {
      check
          .measured(AtTheEnd::ratio, e -> new Comparison(e.withoutWeightDecay(), e.widest()))
          .rejectsTrained(
              "the network with weight decay beside itself",
              () -> new Comparison(evidence.widest(), evidence.widest()))
          .rejects(
              "planted clones beside those with hidden factors",
              () -> new Comparison(layers.plantedClones(), layers.plantedClonesWithHiddenFactors()))
          .accepts(
              "planted clones with hidden factors beside those without",
              () -> new Comparison(layers.plantedClonesWithHiddenFactors(), layers.plantedClones()))
          .shownAs(() -> figures.correlationWithoutWeightDecay(evidence.sizes().ofClone()))
          .isWithinTheBand();
    }

    /** Two subjects whose correlations are compared. */
    private record Comparison(Subject without, Subject with) {}

    private static Measurement<Comparison> ratio(Evidence evidence) {
      return pair ->
          ReconstructionMeasurements.correlationRatio(
                  pair.with(), evidence.sizes().ofClone(), evidence.sizes().ofCorrelations())
              .of(pair.without());
    }

    static int[] sizes(Evidence evidence) {
      return new int[] {evidence.sizes().ofClone()};
    }
  }

  /** On systems of which the course of training is there. */
  @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
  abstract static class Trained extends AtTheEnd {

    @Order(3)
    @C10("correlation_flatness")
    void
        without_weight_decay_the_correlation_of_residuals_is_about_constant_in_the_second_half_of_training(
            Check check, Evidence evidence, PlantedCourses courses, CourseFigures figures) {
      check
          .measured(
              e -> ReconstructionMeasurements.correlationSpread(e.sizes().ofClone(), sizes(e)),
              e -> e.trainingWithoutWeightDecay().secondHalf())
          .rejects("planted clones whose hidden factors fade", courses::fadingCorrelations)
          .accepts("planted clones whose hidden factors stay", courses::steadyCorrelations)
          .shownAs(() -> figures.correlationWithoutWeightDecay(evidence.sizes().ofClone()))
          .tabulated("with-weight-decay", () -> evidence.training().dynamics())
          .tabulated("without-weight-decay", () -> evidence.trainingWithoutWeightDecay().dynamics())
          .isWithinTheBand();
    }
  }

  @On.PmnistFc5
  static class OnPmnist extends Trained {}

  @On.PmnistFc5Recorded
  static class OnRecordedPmnist extends AtTheEnd {}

  @On.Cifar10Wr28
  static class OnCifar10 extends Trained {}

  @On.Cifar100Wr28
  static class OnCifar100 extends Trained {}

  @On.Cifar10DenseNet40
  static class OnDenseNet extends Trained {}
}
