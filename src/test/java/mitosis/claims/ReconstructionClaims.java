package mitosis.claims;

import static mitosis.claim.ClaimId.C06;

import mitosis.evidence.Alone;
import mitosis.evidence.Rebuilding;
import mitosis.suite.AuditControls;
import mitosis.suite.AuditFigures;
import mitosis.suite.Evidence;
import mitosis.suite.LayerFigures;
import mitosis.suite.PlantedLayers;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** That a chunk rebuilds the whole layer linearly (P22 Fig. 4, bottom, blue). */
final class ReconstructionClaims {

  private ReconstructionClaims() {}

  /** On systems whose networks are trained here. */
  abstract static class Trained {

    @Test
    @Tag("C06")
    @Claim(value = C06, quantity = "held_out_r2")
    void a_chunk_beyond_the_critical_width_rebuilds_the_whole_layer(
        Check check, Evidence evidence, PlantedLayers layers, LayerFigures figures) {
      int chunk = Math.min(check.setting("chunk_size"), evidence.study().widest().width() / 4);
      check
          .measured(e -> Rebuilding.heldOutR2(chunk, e.sizes().ofCorrelations()), Evidence::widest)
          .rejects("Gaussian layer", layers::gaussianLayer)
          .rejectsTrained("the network without weight decay", evidence::withoutWeightDecay)
          .accepts("planted clones", layers::plantedClones)
          .beside(() -> LiveNeuronsAlone.heldOutR2(evidence.widest(), chunk))
          .shownAs(() -> figures.reconstruction(check.expectation(), chunk))
          .isWithinTheBand();
    }

    @Test
    @Tag("C06")
    @Claim(value = C06, quantity = "linear_growth")
    void while_chunks_are_tiny_each_neuron_adds_as_much_as_the_last(
        Check check, PlantedLayers layers, LayerFigures figures) {
      int below = check.setting("below");
      check
          .measured(
              e -> Rebuilding.linearGrowth(below, e.sizes().ofCorrelations()), Evidence::widest)
          .rejects("planted clones with w* = 1", layers::plantedClonesOfOneNeuron)
          .rejects("planted noisy clones of one feature", layers::plantedNoisyClones)
          .accepts("Gaussian layer", layers::gaussianLayer)
          .shownAs(() -> figures.smallChunks(below))
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
    @Tag("C06")
    @Claim(value = C06, quantity = "held_out_r2")
    void a_chunk_beyond_the_critical_width_rebuilds_the_whole_layer(
        SubjectCheck check, AuditControls controls, AuditFigures figures) {
      check
          .measured(Alone.heldOutR2())
          .rejects("Gaussian layer", controls::gaussianLayer)
          .accepts("planted clones", controls::plantedClones)
          .shownAs(figures::reconstruction)
          .isWithinTheBand();
    }
  }
}
