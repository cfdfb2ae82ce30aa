package mitosis.claims;

import static mitosis.claim.ClaimId.C11;

import mitosis.evidence.Interpolation;
import mitosis.evidence.Rebuilding;
import mitosis.evidence.Scaling;
import mitosis.suite.Controls;
import mitosis.suite.Evidence;
import mitosis.suite.Figures;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** That a network which does not fit its training set has no clones (P22 Fig. 7). */
final class InterpolationNeededClaims {

  private InterpolationNeededClaims() {}

  @OnImageNetResNet50
  static class OnImageNet {

    @Test
    @Tag("C11")
    @Claim(value = C11, quantity = "full_training_error")
    void even_the_widest_network_errs_on_its_training_set(
        Check check, Evidence evidence, Controls controls) {
      check
          .measured(e -> Interpolation.fullTrainingError(), Evidence::widest)
          .rejects("planted clones, which fit it", controls::plantedClones)
          .rejectsTrained("the network at initialisation", evidence::atInitialisation)
          .accepts(
              "planted clones with one wrong label in twelve",
              controls::plantedClonesWithWrongLabels)
          .isWithinTheBand();
    }

    @Test
    @Tag("C11")
    @Claim(value = C11, quantity = "exponent")
    void the_error_of_its_chunks_falls_faster_than_the_inverse_square_root_of_their_size(
        Check check, Evidence evidence, Controls controls, Figures figures) {
      check
          .measured(e -> Scaling.exponent(), e -> e.chunkCurve(e.widest()).at(e.halvings()))
          .rejects(
              "planted noisy clones of two features",
              () ->
                  evidence
                      .chunkCurve(controls.plantedClonesOfTwoFeatures())
                      .at(evidence.halvings()))
          .accepts(
              "Gaussian layer",
              () -> evidence.chunkCurve(controls.gaussianLayer()).at(evidence.halvings()))
          .shownAs(figures::chunkScaling)
          .isWithinTheBand();
    }

    @Test
    @Tag("C11")
    @Claim(value = C11, quantity = "half_layer_r2")
    void half_of_the_layer_does_not_rebuild_it(Check check, Controls controls) {
      check
          .measured(
              e -> Rebuilding.heldOutR2(e.halfLayer(), new int[] {e.halfLayer()}), Evidence::widest)
          .rejects("planted clones", controls::plantedClones)
          .rejects("planted clones of two features", controls::plantedCleanClonesOfTwoFeatures)
          .accepts("Gaussian layer", controls::gaussianLayer)
          .isWithinTheBand();
    }

    @Test
    @Tag("C11")
    @Claim(value = C11, quantity = "correlation_kept")
    void its_residuals_do_not_lose_their_correlation_in_training(
        Check check, Evidence evidence, Controls controls) {
      int quarter = Math.max(1, evidence.study().widest().width() / 4);
      int[] sizes = {quarter};
      check
          .measured(
              e -> Rebuilding.correlationRatio(e.stoppedEarly(), quarter, sizes), Evidence::widest)
          .acceptsTrained("the network at a tenth of training itself", evidence::stoppedEarly)
          .rejects("planted clones, without correlation", controls::plantedClones)
          .isWithinTheBand();
    }
  }
}
