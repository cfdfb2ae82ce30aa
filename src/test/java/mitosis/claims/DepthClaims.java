package mitosis.claims;

import static mitosis.claim.ClaimId.C16;

import mitosis.evidence.RelativeChange;
import mitosis.model.FullyConnected;
import mitosis.suite.PlantedCurves;
import mitosis.suite.Variant;
import mitosis.suite.VariantFigures;
import mitosis.train.Recipe;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** That the depth of a network as wide as the others does not matter (P21 §4). */
final class DepthClaims {

  private DepthClaims() {}

  @OnPmnistFc5
  static class OnPmnist {

    @Test
    @Tag("C16")
    @Claim(value = C16, quantity = "largest_difference")
    void networks_of_any_depth_err_alike(
        Check check, PlantedCurves curves, VariantFigures figures) {
      check
          .measuredInEachCase(
              RelativeChange.fromTheMean(),
              e -> e.variants().errors(Variant.DEPTH, OnPmnist::depth))
          .rejects("errors that fall by a third", () -> curves.errorRates(0.12, 0.1, 0.09, 0.08))
          .rejects("one error half as large again", () -> curves.errorRates(0.1, 0.1, 0.15, 0.1))
          .accepts("equal errors", () -> curves.errorRates(0.1, 0.1, 0.1, 0.1))
          .shownAs(() -> figures.depth(OnPmnist::depth))
          .isWithinTheBand();
    }

    private static int depth(Recipe recipe) {
      return ((FullyConnected) recipe.network()).depth();
    }
  }
}
