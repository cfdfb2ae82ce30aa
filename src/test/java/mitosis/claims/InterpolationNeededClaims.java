package mitosis.claims;

import static mitosis.claim.ClaimId.C05;
import static mitosis.claim.ClaimId.C11;

import mitosis.evidence.Interpolation;
import mitosis.evidence.Rebuilding;
import mitosis.evidence.Scaling;
import mitosis.suite.Controls;
import mitosis.suite.Evidence;
import mitosis.suite.Figures;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** That a network which does not fit its training set has no clones (P22 Fig. 7 and §4). */
final class InterpolationNeededClaims {

  private InterpolationNeededClaims() {}

  /** On systems whose networks fit their training set in the end. */
  abstract static class Trained {

    @Test
    @Tag("C11")
    @Claim(value = C11, quantity = "stopped_early_misfit")
    void a_network_stopped_early_has_no_clones(Check check, Evidence evidence, Controls controls) {
      double mostError = check.most(C05, "full_training_error");
      double mostWidth = check.most(C05, "critical_width");
      check
          .measured(e -> Interpolation.misfit(mostError, mostWidth), Evidence::stoppedEarly)
          .rejectsTrained("the network at the end of training", evidence::widest)
          .rejects("planted clones", controls::plantedClones)
          .accepts(
              "planted clones with one wrong label in twelve",
              controls::plantedClonesWithWrongLabels)
          // No part of such a layer fits the training set, which shows only where the layer is
          // wider than w* may be.
          .acceptsIf(
              evidence.study().widest().width() > mostWidth,
              "Gaussian layer",
              controls::gaussianLayer)
          .acceptsTrained("the network at initialisation", evidence::atInitialisation)
          .isWithinTheBand();
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
