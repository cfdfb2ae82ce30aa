package mitosis.claims;

import static mitosis.claim.ClaimId.C10;

import mitosis.evidence.ErrorCurve;
import mitosis.evidence.Measurement;
import mitosis.evidence.Rebuilding;
import mitosis.evidence.Scaling;
import mitosis.evidence.Subject;
import mitosis.suite.Controls;
import mitosis.suite.Evidence;
import mitosis.suite.Figures;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** That there are no clones without weight decay (P22 Fig. 6). */
final class WeightDecayClaims {

  private WeightDecayClaims() {}

  /** On systems whose networks are trained here. */
  @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
  abstract static class Trained {

    @Test
    @Order(1)
    @Tag("C10")
    @Claim(value = C10, quantity = "exponent")
    void without_weight_decay_the_error_of_chunks_does_not_fall_as_the_inverse_square_root(
        Check check, Evidence evidence, Controls controls, Figures figures) {
      check
          .measured(e -> Scaling.exponent(), e -> window(e, e.withoutWeightDecay()))
          .rejects(
              "planted clones with the same w*",
              () ->
                  window(evidence, controls.plantedClonesOfCriticalWidth(evidence.criticalWidth())))
          .rejects(
              "planted noisy clones with the same w*",
              () ->
                  window(
                      evidence,
                      controls.plantedNoisyClonesOfCriticalWidth(evidence.criticalWidth())))
          .accepts("Gaussian layer", () -> window(evidence, controls.gaussianLayer()))
          .shownAs(figures::chunksWithoutWeightDecay)
          .isWithinTheBand();
    }

    /** The sizes of C02, so that both are fitted over the same window. */
    private static ErrorCurve window(Evidence evidence, Subject subject) {
      return evidence.chunkCurve(subject).at(evidence.sizesBeyondCritical());
    }

    @Test
    @Order(2)
    @Tag("C10")
    @Claim(value = C10, quantity = "correlation_ratio")
    void the_residuals_stay_more_correlated_than_with_weight_decay(
        Check check, Evidence evidence, Controls controls, Figures figures) {
      check
          .measured(Trained::ratio, e -> new Comparison(e.withoutWeightDecay(), e.widest()))
          .rejectsTrained(
              "the network with weight decay beside itself",
              () -> new Comparison(evidence.widest(), evidence.widest()))
          .accepts(
              "planted clones with hidden factors beside those without",
              () ->
                  new Comparison(
                      controls.plantedClonesWithHiddenFactors(), controls.plantedClones()))
          .shownAs(() -> figures.correlationInTraining(evidence.cloneSize(), sizes(evidence)))
          .isWithinTheBand();
    }

    /** Two subjects whose correlations are compared. */
    private record Comparison(Subject without, Subject with) {}

    private static Measurement<Comparison> ratio(Evidence evidence) {
      return pair ->
          Rebuilding.correlationRatio(
                  pair.with(), evidence.cloneSize(), evidence.correlationSizes())
              .of(pair.without());
    }

    @Test
    @Order(3)
    @Tag("C10")
    @Claim(value = C10, quantity = "correlation_flatness")
    void and_about_constant_through_the_second_half_of_training(
        Check check, Evidence evidence, Controls controls, Figures figures) {
      check
          .measured(
              e -> Rebuilding.correlationSpread(e.cloneSize(), sizes(e)),
              Evidence::secondHalfWithoutWeightDecay)
          .rejects("planted clones whose hidden factors fade", controls::fadingCorrelations)
          .accepts("planted clones whose hidden factors stay", controls::steadyCorrelations)
          .shownAs(() -> figures.correlationInTraining(evidence.cloneSize(), sizes(evidence)))
          .tabulated("with-weight-decay", evidence::dynamics)
          .tabulated("without-weight-decay", evidence::dynamicsWithoutWeightDecay)
          .isWithinTheBand();
    }

    private static int[] sizes(Evidence evidence) {
      return new int[] {evidence.cloneSize()};
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
