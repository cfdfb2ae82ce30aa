package mitosis.claims;

import static mitosis.claim.ClaimId.C02;
import static mitosis.claim.ClaimId.C18;

import mitosis.evidence.CloneSigns;
import mitosis.suite.Evidence;
import mitosis.suite.PlantedLayers;
import mitosis.suite.PlantedSigns;
import mitosis.suite.ScalingFigures;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** That all signs of a clone set in at the same size (P22 §3, Fig. 3 and 4). */
final class SignatureClaims {

  private SignatureClaims() {}

  /** On systems whose networks are trained here. */
  abstract static class Trained {

    @Test
    @Tag("C18")
    @Claim(value = C18, quantity = "onset_spread")
    void the_signs_of_a_clone_set_in_at_the_same_size(
        Check check, PlantedLayers layers, PlantedSigns signs, ScalingFigures figures) {
      check
          .measured(
              e ->
                  CloneSigns.spread(e.thresholds(), e.sizes().ofCorrelations(), e.chunks()::halved),
              Evidence::widest)
          .rejects("Gaussian layer", layers::gaussianLayer)
          .rejects(
              "planted clones with correlated residuals", signs::plantedClonesWithOneSignMissing)
          .accepts("planted clones with coinciding signs", signs::plantedClonesWithCoincidingSigns)
          .shownAs(() -> figures.ofChunks(check.band(C02, "exponent")))
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
}
