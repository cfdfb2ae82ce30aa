package mitosis.claims;

import static mitosis.claim.ClaimId.C06;
import static mitosis.claim.ClaimId.C07;

import java.util.List;
import mitosis.claims.support.Check;
import mitosis.claims.support.Claim.C20;
import mitosis.claims.support.On;
import mitosis.evidence.DoseResponse;
import mitosis.evidence.DoseResponse.WeightDecayWindow;
import mitosis.suite.Evidence;
import mitosis.suite.PlantedLayers;
import mitosis.suite.VariantFigures;

/** That redundancy grows with weight decay until the network no longer interpolates. */
final class C20DoseResponseClaims {

  private C20DoseResponseClaims() {}

  @On.PmnistFc5
  static class OnPmnist {

    @C20("rank_correlation")
    void the_more_weight_decay_the_better_a_chunk_reconstructs_the_layer(
        Check check, Evidence evidence, PlantedLayers layers, VariantFigures figures) {
      check
          .measured(
              e ->
                  DoseResponse.ofReconstruction(
                      check.setting("chunk_size"), e.criticalSize().tolerance()),
              e -> e.variants().dosesOfTheWidest())
          .rejects(
              "planted clones with more noise at every dose",
              () -> layers.doses(0.01, 0.05, 0.1, 0.2, 0.4))
          .rejects(
              "planted clones with noise in no order",
              () -> layers.doses(0.1, 0.4, 0.01, 0.2, 0.05))
          .accepts(
              "planted clones with less noise at every dose",
              () -> layers.doses(0.4, 0.2, 0.1, 0.05, 0.01))
          .beside(() -> WeightDecayWindow.beside(windows(check, evidence)))
          .shownAs(
              () ->
                  figures.redundancyByWeightDecay(
                      evidence.variants().doses(), rule(check, evidence)))
          .shownAs(() -> figures.criticalWidthByWeightDecay(evidence.variants().doses()))
          .shownAs(() -> figures.clonesByWeightDecay(windows(check, evidence)))
          .isWithinTheBand();
    }

    private static WeightDecayWindow.Rule rule(Check check, Evidence evidence) {
      return new WeightDecayWindow.Rule(
          evidence.criticalSize(),
          check.setting("chunk_size"),
          check.band(C06, "held_out_r2")::contains,
          check.band(C07, "off_chunk_correlation")::contains);
    }

    private static List<WeightDecayWindow> windows(Check check, Evidence evidence) {
      return evidence.variants().doses().values().stream()
          .map(doses -> WeightDecayWindow.of(doses, rule(check, evidence)))
          .toList();
    }
  }
}
