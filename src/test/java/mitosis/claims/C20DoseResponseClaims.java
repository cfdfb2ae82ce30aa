package mitosis.claims;

import static mitosis.claim.ClaimId.C06;
import static mitosis.claim.ClaimId.C07;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import mitosis.claim.Beside;
import mitosis.claims.support.Check;
import mitosis.claims.support.Claim.C20;
import mitosis.claims.support.On;
import mitosis.evidence.DoseResponse;
import mitosis.evidence.DoseResponse.Dose;
import mitosis.evidence.DoseWindow;
import mitosis.evidence.Subject;
import mitosis.suite.Evidence;
import mitosis.suite.PlantedLayers;
import mitosis.suite.Variant;
import mitosis.suite.VariantFigures;
import mitosis.train.Optimiser;
import mitosis.train.Recipe;

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
              OnPmnist::dosesOfTheWidest)
          .rejects(
              "planted clones with more noise at every dose",
              () -> planted(layers, 0.01, 0.05, 0.1, 0.2, 0.4))
          .rejects(
              "planted clones with noise in no order",
              () -> planted(layers, 0.1, 0.4, 0.01, 0.2, 0.05))
          .accepts(
              "planted clones with less noise at every dose",
              () -> planted(layers, 0.4, 0.2, 0.1, 0.05, 0.01))
          .beside(
              () ->
                  Optional.of(
                      new Beside(
                          "by width",
                          windows(check, evidence).stream()
                              .map(window -> "W = %d %s".formatted(window.width(), window))
                              .collect(Collectors.joining("; ")))))
          .shownAs(() -> figures.redundancyByWeightDecay(doses(evidence), rule(check, evidence)))
          .shownAs(() -> figures.criticalWidthByWeightDecay(doses(evidence)))
          .shownAs(() -> figures.clonesByWeightDecay(windows(check, evidence)))
          .isWithinTheBand();
    }

    private static DoseWindow.Rule rule(Check check, Evidence evidence) {
      return new DoseWindow.Rule(
          evidence.criticalSize(),
          check.setting("chunk_size"),
          check.band(C06, "held_out_r2")::contains,
          check.band(C07, "off_chunk_correlation")::contains);
    }

    private static List<DoseWindow> windows(Check check, Evidence evidence) {
      return doses(evidence).values().stream()
          .map(doses -> DoseWindow.of(doses, rule(check, evidence)))
          .toList();
    }

    private static List<Dose> dosesOfTheWidest(Evidence evidence) {
      SortedMap<Integer, List<Dose>> doses = doses(evidence);
      return doses.get(doses.lastKey());
    }

    /** By width, each in increasing order. */
    private static SortedMap<Integer, List<Dose>> doses(Evidence evidence) {
      List<Recipe> recipes = evidence.variants().recipes(Variant.WEIGHT_DECAY);
      List<Subject> subjects = evidence.variants().of(Variant.WEIGHT_DECAY);
      SortedMap<Integer, List<Dose>> byWidth = new TreeMap<>();
      for (int k = 0; k < recipes.size(); k++) {
        Recipe recipe = recipes.get(k);
        byWidth
            .computeIfAbsent(recipe.width(), width -> new ArrayList<>())
            .add(new Dose(((Optimiser.Sgd) recipe.optimiser()).weightDecay(), subjects.get(k)));
      }
      return byWidth;
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
