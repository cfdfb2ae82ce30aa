package mitosis.claims;

import mitosis.claims.support.Check;
import mitosis.claims.support.Claim.C06;
import mitosis.claims.support.LiveNeuronsAlone;
import mitosis.claims.support.On;
import mitosis.claims.support.SubjectCheck;
import mitosis.evidence.ReconstructionMeasurements;
import mitosis.evidence.SingleNetworkMeasurements;
import mitosis.suite.AuditControls;
import mitosis.suite.AuditFigures;
import mitosis.suite.Evidence;
import mitosis.suite.LayerFigures;
import mitosis.suite.PlantedLayers;

/** That a chunk rebuilds the whole layer linearly (P22 Fig. 4, bottom, blue). */
final class C06ReconstructionClaims {

  private C06ReconstructionClaims() {}

  /** On systems whose networks are trained here. */
  abstract static class Trained {

    @C06("held_out_r2")
    void a_chunk_beyond_the_critical_width_reconstructs_the_whole_layer(
        Check check, Evidence evidence, PlantedLayers layers, LayerFigures figures) {
      int chunk = evidence.sizes().ofChunk(check.setting("chunk_size"));
      check
          .measured(
              e -> ReconstructionMeasurements.heldOutR2(chunk, e.sizes().ofCorrelations()),
              Evidence::widest)
          .rejects("Gaussian layer", layers::gaussianLayer)
          .rejectsTrained("the network without weight decay", evidence::withoutWeightDecay)
          .accepts("planted clones", layers::plantedClones)
          .beside(() -> LiveNeuronsAlone.heldOutR2(evidence.widest(), chunk))
          .shownAs(() -> figures.reconstruction(check.expectation(), chunk))
          .isWithinTheBand();
    }

    @C06("linear_growth")
    void the_part_of_the_layer_that_a_tiny_chunk_reconstructs_grows_linearly_with_its_size(
        Check check, PlantedLayers layers, LayerFigures figures) {
      int below = check.setting("below");
      check
          .measured(
              e -> ReconstructionMeasurements.linearGrowth(below, e.sizes().ofCorrelations()),
              Evidence::widest)
          .rejects("planted clones with w* = 1", layers::plantedClonesOfOneNeuron)
          .rejects("planted noisy clones of one feature", layers::plantedNoisyClones)
          .accepts("Gaussian layer", layers::gaussianLayer)
          .shownAs(() -> figures.smallChunks(below))
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

    @C06("held_out_r2")
    void a_chunk_beyond_the_critical_width_reconstructs_the_whole_layer(
        SubjectCheck check, AuditControls controls, AuditFigures figures) {
      check
          .measured(SingleNetworkMeasurements.heldOutR2())
          .rejects("Gaussian layer", controls::gaussianLayer)
          .accepts("planted clones", controls::plantedClones)
          .shownAs(figures::reconstruction)
          .isWithinTheBand();
    }
  }
}
