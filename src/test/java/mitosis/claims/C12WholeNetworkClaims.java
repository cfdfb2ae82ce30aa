package mitosis.claims;

import mitosis.claims.support.Check;
import mitosis.claims.support.Claim.C12;
import mitosis.claims.support.On;
import mitosis.claims.support.SignsFlipped;
import mitosis.evidence.ReconstructionMeasurements;
import mitosis.evidence.RelativeChange;
import mitosis.evidence.Subject;
import mitosis.suite.Evidence;
import mitosis.suite.PlantedCurves;
import mitosis.suite.PlantedLayers;
import mitosis.suite.Variant;
import mitosis.suite.VariantFigures;

/** That redundancy comes from the width of the whole network (P22 §4, Fig. S4). */
final class C12WholeNetworkClaims {

  private C12WholeNetworkClaims() {}

  @On.Cifar10Wr28
  static class OnCifar10 {

    @C12("last_layer_change")
    void a_wider_last_layer_alone_does_not_lower_the_error(
        Check check, PlantedCurves curves, VariantFigures figures) {
      check
          .measuredInEachCase(
              RelativeChange.fromTheFirst(), e -> e.variants().errors(Variant.LAST_LAYER_WIDENED))
          .rejects("errors that fall by a third", () -> curves.errorRates(0.12, 0.1, 0.09, 0.08))
          .rejects("a last error half as large again", () -> curves.errorRates(0.1, 0.1, 0.15))
          .accepts("equal errors", () -> curves.errorRates(0.1, 0.1, 0.1, 0.1))
          .shownAs(figures::lastLayer)
          .isWithinTheBand();
    }

    @C12("body_r2")
    void half_of_a_narrow_last_layer_on_a_wide_body_reconstructs_the_whole_layer(
        Check check, Evidence evidence, PlantedLayers layers, VariantFigures figures) {
      check
          .measured(
              e -> ReconstructionMeasurements.heldOutR2(half(e), new int[] {half(e)}),
              OnCifar10::body)
          .rejects("Gaussian layer", layers::gaussianLayer)
          .rejectsTrained("the network without weight decay", evidence::withoutWeightDecay)
          .accepts("planted clones", layers::plantedClones)
          .shownAs(() -> figures.bodyReconstruction(check.band()))
          .isWithinTheBand();
    }

    @C12("body_correlation")
    void residuals_of_a_chunk_of_a_narrow_last_layer_on_a_wide_body_are_not_correlated(
        Check check, Evidence evidence, PlantedLayers layers, VariantFigures figures) {
      check
          .measured(
              e -> ReconstructionMeasurements.correlation(most(e), new int[] {most(e)}),
              OnCifar10::body)
          .rejects("planted clones with hidden factors", layers::plantedClonesWithHiddenFactors)
          .rejectsTrained("the network at initialisation", evidence::atInitialisation)
          .accepts("planted clones", layers::plantedClones)
          .beside(() -> SignsFlipped.beside(body(evidence), most(evidence)))
          .shownAs(figures::bodyCorrelation)
          .isWithinTheBand();
    }

    private static Subject body(Evidence evidence) {
      return evidence.variants().of(Variant.BODY_WIDENED).get(0);
    }

    private static int half(Evidence evidence) {
      return narrow(evidence) / 2;
    }

    /** Of 64 neurons 48: what w perfect clones miss is correlated by about 1/w still. */
    private static int most(Evidence evidence) {
      return Math.min(3 * narrow(evidence) / 4, narrow(evidence) - 2);
    }

    private static int narrow(Evidence evidence) {
      return evidence.variants().recipes(Variant.BODY_WIDENED).get(0).width();
    }
  }
}
