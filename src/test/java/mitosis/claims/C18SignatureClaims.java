package mitosis.claims;

import static mitosis.claim.ClaimId.C02;

import mitosis.claims.support.Check;
import mitosis.claims.support.Claim.C18;
import mitosis.claims.support.On;
import mitosis.evidence.CloneSigns;
import mitosis.suite.Evidence;
import mitosis.suite.PlantedLayers;
import mitosis.suite.PlantedLayers.PlantedSigns;
import mitosis.suite.ScalingFigures;

/** That all signs of a clone set in at the same size (P22 §3, Fig. 3 and 4). */
final class C18SignatureClaims {

  private C18SignatureClaims() {}

  /** On systems whose networks are trained here. */
  abstract static class Trained {

    @C18("onset_spread")
    void all_signs_of_a_clone_set_in_at_one_chunk_size(
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
}
