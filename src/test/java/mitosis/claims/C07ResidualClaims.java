package mitosis.claims;

import static mitosis.claim.ClaimId.C07;

import mitosis.claims.support.Check;
import mitosis.claims.support.Claim.C07;
import mitosis.claims.support.LiveNeuronsAlone;
import mitosis.claims.support.On;
import mitosis.claims.support.SignsFlipped;
import mitosis.claims.support.SubjectCheck;
import mitosis.evidence.ReconstructionMeasurements;
import mitosis.evidence.SingleNetworkMeasurements;
import mitosis.suite.AuditControls;
import mitosis.suite.AuditFigures;
import mitosis.suite.Evidence;
import mitosis.suite.LayerFigures;
import mitosis.suite.PlantedLayers;
import mitosis.suite.PlantedLayers.PlantedSigns;

/** That what a chunk misses of the layer is independent noise (P22 Fig. 4, bottom, green). */
final class C07ResidualClaims {

  private C07ResidualClaims() {}

  /** On systems whose networks are trained here. */
  abstract static class Trained {

    @C07("off_chunk_correlation")
    void residuals_of_a_chunk_beyond_the_critical_width_are_not_correlated(
        Check check,
        Evidence evidence,
        PlantedLayers layers,
        PlantedSigns signs,
        LayerFigures figures) {
      check
          .measured(
              e ->
                  ReconstructionMeasurements.correlation(
                      e.sizes().ofClone(), e.sizes().ofCorrelations()),
              Evidence::widest)
          .rejects("planted clones with hidden factors", layers::plantedClonesWithHiddenFactors)
          .rejectsTrainedIf(
              evidence.showsTraining(), "the network at initialisation", evidence::atInitialisation)
          .rejectsIf(
              !evidence.showsTraining(),
              "planted clones with correlated residuals",
              signs::plantedClonesWithOneSignMissing)
          .accepts("planted clones", layers::plantedClones)
          .beside(() -> LiveNeuronsAlone.correlation(evidence.widest()))
          .beside(() -> SignsFlipped.beside(evidence.widest(), evidence.sizes().ofClone()))
          .shownAs(() -> figures.correlation(check.band()))
          .isWithinTheBand();
    }

    @C07("correlation_drop")
    void residuals_are_far_less_correlated_beyond_the_critical_width_than_below_it(
        Check check, Evidence evidence, PlantedLayers layers, LayerFigures figures) {
      check
          .measured(
              e ->
                  ReconstructionMeasurements.correlationDrop(
                      e.sizes().ofClone(), e.sizes().ofSmallChunk(), e.sizes().ofCorrelations()),
              Evidence::widest)
          .rejects("planted clones with hidden factors", layers::plantedClonesWithHiddenFactors)
          // Not the network at initialisation, as beside the size: it has no w*, and its few
          // directions
          // let the correlation fall as chunks grow too.
          .rejects("Gaussian layer", layers::gaussianLayer)
          .accepts("planted clones", layers::plantedClones)
          .shownAs(() -> figures.correlation(check.band(C07, "off_chunk_correlation")))
          .isWithinTheBand();
    }
  }

  @On.PmnistFc5
  static class OnPmnist extends Trained {}

  @On.PmnistFc5Recorded
  static class OnRecordedPmnist extends Trained {}

  @On.Cifar10Wr28
  static class OnCifar10 extends Trained {}

  @On.Cifar100Wr28
  static class OnCifar100 extends Trained {}

  @On.Cifar10DenseNet40
  static class OnDenseNet extends Trained {}

  @On.ExternalNetwork
  static class OnExternalNetwork {

    @C07("off_chunk_correlation")
    void residuals_of_a_chunk_beyond_the_critical_width_are_not_correlated(
        SubjectCheck check, AuditControls controls, AuditFigures figures) {
      check
          .measured(SingleNetworkMeasurements.correlation(check.band().high()))
          .rejects("planted clones with hidden factors", controls::plantedClonesWithHiddenFactors)
          .accepts("planted clones", controls::plantedClones)
          .shownAs(() -> figures.residualCorrelation(check.band()))
          .isWithinTheBand();
    }

    @C07("correlation_drop")
    void residuals_are_far_less_correlated_beyond_the_critical_width_than_below_it(
        SubjectCheck check, AuditControls controls, AuditFigures figures) {
      check
          .measured(SingleNetworkMeasurements.correlationDrop(check.band().high()))
          .rejects("planted clones with hidden factors", controls::plantedClonesWithHiddenFactors)
          .accepts("planted clones", controls::plantedClones)
          .shownAs(() -> figures.residualCorrelation(check.band(C07, "off_chunk_correlation")))
          .isWithinTheBand();
    }
  }
}
