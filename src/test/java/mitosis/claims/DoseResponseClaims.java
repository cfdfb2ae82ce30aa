package mitosis.claims;

import static mitosis.claim.ClaimId.C20;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import mitosis.evidence.DoseResponse;
import mitosis.evidence.DoseResponse.Dose;
import mitosis.evidence.Subject;
import mitosis.suite.Evidence;
import mitosis.suite.PlantedLayers;
import mitosis.suite.Variant;
import mitosis.suite.VariantFigures;
import mitosis.train.Optimiser;
import mitosis.train.Recipe;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** That redundancy grows with weight decay until the network no longer interpolates. */
final class DoseResponseClaims {

  private DoseResponseClaims() {}

  @OnPmnistFc5
  static class OnPmnist {

    @Test
    @Tag("C20")
    @Claim(value = C20, quantity = "rank_correlation")
    void the_more_weight_decay_the_better_does_a_chunk_rebuild_the_layer(
        Check check, Evidence evidence, PlantedLayers layers, VariantFigures figures) {
      check
          .measured(
              e ->
                  DoseResponse.ofReconstruction(
                      chunk(check, e), check.expectation().setting("tolerance")),
              OnPmnist::doses)
          .rejects(
              "planted clones with more noise at every dose",
              () -> planted(layers, 0.01, 0.05, 0.1, 0.2, 0.4))
          .rejects(
              "planted clones with noise in no order",
              () -> planted(layers, 0.1, 0.4, 0.01, 0.2, 0.05))
          .accepts(
              "planted clones with less noise at every dose",
              () -> planted(layers, 0.4, 0.2, 0.1, 0.05, 0.01))
          .shownAs(() -> figures.redundancyByWeightDecay(doses(evidence), chunk(check, evidence)))
          .shownAs(() -> figures.criticalWidthByWeightDecay(doses(evidence)))
          .isWithinTheBand();
    }

    private static int chunk(Check check, Evidence evidence) {
      return Math.min(check.setting("chunk_size"), evidence.study().widest().width() / 4);
    }

    private static List<Dose> doses(Evidence evidence) {
      List<Recipe> recipes = evidence.variants().recipes(Variant.WEIGHT_DECAY);
      List<Subject> subjects = evidence.variants().of(Variant.WEIGHT_DECAY);
      return IntStream.range(0, recipes.size())
          .mapToObj(
              k ->
                  new Dose(
                      ((Optimiser.Sgd) recipes.get(k).optimiser()).weightDecay(), subjects.get(k)))
          .toList();
    }

    private static List<Dose> planted(PlantedLayers layers, double... noises) {
      List<Dose> doses = new ArrayList<>();
      for (double noise : noises) {
        doses.add(new Dose(doses.size(), layers.plantedClonesWithNoise(noise)));
      }
      return doses;
    }
  }
}
