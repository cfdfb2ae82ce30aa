package mitosis.claims;

import static mitosis.claim.ClaimId.C07;

import mitosis.evidence.Alone;
import mitosis.evidence.Rebuilding;
import mitosis.suite.AuditControls;
import mitosis.suite.AuditFigures;
import mitosis.suite.Evidence;
import mitosis.suite.LayerFigures;
import mitosis.suite.PlantedLayers;
import mitosis.suite.PlantedSigns;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** That what a chunk misses of the layer is independent noise (P22 Fig. 4, bottom, green). */
final class ResidualClaims {

  private ResidualClaims() {}

  /** On systems whose networks are trained here. */
  abstract static class Trained {

    @Test
    @Tag("C07")
    @Claim(value = C07, quantity = "off_chunk_correlation")
    void beyond_the_critical_width_residuals_are_not_correlated(
        Check check,
        Evidence evidence,
        PlantedLayers layers,
        PlantedSigns signs,
        LayerFigures figures) {
      check
          .measured(
              e -> Rebuilding.correlation(e.sizes().ofClone(), e.sizes().ofCorrelations()),
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

    @Test
    @Tag("C07")
    @Claim(value = C07, quantity = "correlation_drop")
    void they_are_far_less_correlated_than_below_it(
        Check check, Evidence evidence, PlantedLayers layers, LayerFigures figures) {
      check
          .measured(
              e ->
                  Rebuilding.correlationDrop(
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

  @OnPmnistFc5
  static class OnPmnist extends Trained {}

  @OnRecordedPmnistFc5
  static class OnRecordedPmnist extends Trained {}

  @OnCifar10Wr28
  static class OnCifar10 extends Trained {}

  @OnCifar100Wr28
  static class OnCifar100 extends Trained {}

  @OnCifar10DenseNet40
  static class OnDenseNet extends Trained {}

  @OnSubject
  static class OnBroughtNetwork {

    @Test
    @Tag("C07")
    @Claim(value = C07, quantity = "off_chunk_correlation")
    void beyond_the_critical_width_residuals_are_not_correlated(
        SubjectCheck check, AuditControls controls, AuditFigures figures) {
      check
          .measured(Alone.correlation(check.band().high()))
          .rejects("planted clones with hidden factors", controls::plantedClonesWithHiddenFactors)
          .accepts("planted clones", controls::plantedClones)
          .shownAs(() -> figures.residualCorrelation(check.band()))
          .isWithinTheBand();
    }

    @Test
    @Tag("C07")
    @Claim(value = C07, quantity = "correlation_drop")
    void they_are_far_less_correlated_than_below_it(
        SubjectCheck check, AuditControls controls, AuditFigures figures) {
      check
          .measured(Alone.correlationDrop(check.band().high()))
          .rejects("planted clones with hidden factors", controls::plantedClonesWithHiddenFactors)
          .accepts("planted clones", controls::plantedClones)
          .shownAs(() -> figures.residualCorrelation(check.band(C07, "off_chunk_correlation")))
          .isWithinTheBand();
    }
  }
}
