package mitosis.claims;

import static mitosis.claim.ClaimId.C05;
import static mitosis.claim.ClaimId.C06;
import static mitosis.claim.ClaimId.C07;

import java.util.List;
import mitosis.claims.support.Check;
import mitosis.claims.support.Claim.C19;
import mitosis.claims.support.On;
import mitosis.evidence.Agreement;
import mitosis.evidence.Interpolation;
import mitosis.evidence.ReconstructionMeasurements;
import mitosis.suite.Evidence;
import mitosis.suite.PlantedLayers;
import mitosis.suite.Variant;
import mitosis.suite.VariantFigures;

/** That clones do not depend on the loss that a network is trained on (P22 §4). */
final class C19ObjectiveClaims {

  private C19ObjectiveClaims() {}

  @On.PmnistFc5
  static class OnPmnist {

    @C19("decided_alike")
    void networks_trained_with_hinge_loss_and_with_cross_entropy_show_equal_signs_of_clones(
        Check check, Evidence evidence, PlantedLayers layers, VariantFigures figures) {
      check
          .measured(
              e -> Agreement.on(signs(check, e)),
              e -> new Agreement.Pair(e.widest(), e.variants().of(Variant.LOSS).get(0)))
          .rejects(
              "planted clones beside a Gaussian layer",
              () -> new Agreement.Pair(layers.plantedClones(), layers.gaussianLayer()))
          .rejects(
              "planted clones beside those with hidden factors",
              () ->
                  new Agreement.Pair(
                      layers.plantedClones(), layers.plantedClonesWithHiddenFactors()))
          .accepts(
              "planted clones beside those with w* as measured",
              () ->
                  new Agreement.Pair(
                      layers.plantedClones(),
                      layers.plantedClonesOfCriticalWidth(evidence.criticalWidth())))
          .shownAs(figures::lossesTrainingErrors)
          .shownAs(() -> figures.lossesReconstruction(check.band(C06, "held_out_r2")))
          .shownAs(figures::lossesCorrelation)
          .isWithinTheBand();
    }

    /** C05 to C07, as they are decided for the system itself. */
    private static List<Agreement.PowerScenario> signs(Check check, Evidence evidence) {
      int[] sizes = evidence.sizes().ofCorrelations();
      return List.of(
          new Agreement.PowerScenario(
              Interpolation.fullTrainingError(), check.band(C05, "full_training_error")::judge),
          new Agreement.PowerScenario(
              ReconstructionMeasurements.heldOutR2(
                  evidence.sizes().ofChunk(check.setting("chunk_size")), sizes),
              check.band(C06, "held_out_r2")::judge),
          new Agreement.PowerScenario(
              ReconstructionMeasurements.correlation(evidence.sizes().ofClone(), sizes),
              check.band(C07, "off_chunk_correlation")::judge));
    }
  }
}
