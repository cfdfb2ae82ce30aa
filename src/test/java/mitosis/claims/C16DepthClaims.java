package mitosis.claims;

import mitosis.claims.support.Check;
import mitosis.claims.support.Claim.C16;
import mitosis.claims.support.On;
import mitosis.evidence.RelativeChange;
import mitosis.suite.PlantedCurves;
import mitosis.suite.Variant;
import mitosis.suite.VariantFigures;

/** That the depth of a network as wide as the others does not matter (P21 §4). */
final class C16DepthClaims {

  private C16DepthClaims() {}

  @On.PmnistFc5
  static class OnPmnist {

    @C16("largest_difference")
    void networks_of_equal_width_err_equally_often_at_any_depth(
        Check check, PlantedCurves curves, VariantFigures figures) {
      check
          .measuredInEachCase(RelativeChange.fromTheMean(), e -> e.variants().errors(Variant.DEPTH))
          .rejects("errors that fall by a third", () -> curves.errorRates(0.12, 0.1, 0.09, 0.08))
          .rejects("one error half as large again", () -> curves.errorRates(0.1, 0.1, 0.15, 0.1))
          .accepts("equal errors", () -> curves.errorRates(0.1, 0.1, 0.1, 0.1))
          .shownAs(figures::depth)
          .isWithinTheBand();
    }
  }
}
