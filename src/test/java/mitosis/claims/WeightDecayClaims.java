package mitosis.claims;

import static mitosis.claim.ClaimId.C02;
import static mitosis.claim.ClaimId.C10;

import mitosis.evidence.Measurement;
import mitosis.evidence.Rebuilding;
import mitosis.evidence.Scaling;
import mitosis.evidence.Subject;
import mitosis.suite.CourseFigures;
import mitosis.suite.Evidence;
import mitosis.suite.PlantedCourses;
import mitosis.suite.PlantedLayers;
import mitosis.suite.ScalingFigures;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** That there are no clones without weight decay (P22 Fig. 6). */
final class WeightDecayClaims {

  private WeightDecayClaims() {}

  /** On systems whose networks are there at the end of training. */
  @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
  abstract static class AtTheEnd {

    @Test
    @Order(1)
    @Tag("C10")
    @Claim(value = C10, quantity = "exponent")
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

    @Test
    @Order(2)
    @Tag("C10")
    @Claim(value = C10, quantity = "correlation_ratio")
    void the_residuals_stay_more_correlated_than_with_weight_decay(
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
          Rebuilding.correlationRatio(
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

    @Test
    @Order(3)
    @Tag("C10")
    @Claim(value = C10, quantity = "correlation_flatness")
    void and_about_constant_through_the_second_half_of_training(
        Check check, Evidence evidence, PlantedCourses courses, CourseFigures figures) {
      check
          .measured(
              e -> Rebuilding.correlationSpread(e.sizes().ofClone(), sizes(e)),
              e -> e.trainingWithoutWeightDecay().secondHalf())
          .rejects("planted clones whose hidden factors fade", courses::fadingCorrelations)
          .accepts("planted clones whose hidden factors stay", courses::steadyCorrelations)
          .shownAs(() -> figures.correlationWithoutWeightDecay(evidence.sizes().ofClone()))
          .tabulated("with-weight-decay", () -> evidence.training().dynamics())
          .tabulated("without-weight-decay", () -> evidence.trainingWithoutWeightDecay().dynamics())
          .isWithinTheBand();
    }
  }

  @OnPmnistFc5
  static class OnPmnist extends Trained {}

  @OnRecordedPmnistFc5
  static class OnRecordedPmnist extends AtTheEnd {}

  @OnCifar10Wr28
  static class OnCifar10 extends Trained {}

  @OnCifar100Wr28
  static class OnCifar100 extends Trained {}

  @OnCifar10DenseNet40
  static class OnDenseNet extends Trained {}
}
