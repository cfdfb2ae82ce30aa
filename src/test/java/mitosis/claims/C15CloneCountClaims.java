package mitosis.claims;

import mitosis.claims.support.Check;
import mitosis.claims.support.Claim.C15;
import mitosis.claims.support.LiveNeuronsAlone;
import mitosis.claims.support.On;
import mitosis.claims.support.SubjectCheck;
import mitosis.evidence.CloneCount;
import mitosis.evidence.SingleNetworkMeasurements;
import mitosis.suite.AuditControls;
import mitosis.suite.AuditFigures;
import mitosis.suite.Evidence;
import mitosis.suite.PlantedLayers;
import mitosis.suite.WidthFigures;

/** How many clones a layer holds, and how that grows with its width (P22 abstract, §3). */
final class C15CloneCountClaims {

  private C15CloneCountClaims() {}

  /** On systems whose networks are trained here. */
  abstract static class Trained {

    @C15("growth_exponent")
    void the_number_of_clones_grows_in_proportion_to_the_width(
        Check check, Evidence evidence, PlantedLayers layers, WidthFigures figures) {
      int[] widths = {64, 128, 256};
      check
          .measured(e -> CloneCount.growth(e.criticalSize()), Evidence::networks)
          .rejects(
              "planted clones, as many at every width",
              () -> layers.noisyNetworks(widths, width -> width / 4))
          .rejects(
              "planted clones whose number grows as the root of the width",
              () -> layers.noisyNetworks(widths, width -> 2 * Math.sqrt(width)))
          .accepts(
              "planted clones with the same w* at every width",
              () -> layers.noisyNetworks(widths, width -> 16))
          .beside(() -> LiveNeuronsAlone.clones(evidence.networks(), evidence.criticalSize()))
          .shownAs(figures::cloneCount)
          .isWithinTheBand();
    }
  }

  @On.PmnistFc5
  static class OnPmnist extends Trained {}

  @On.Cifar10Wr28
  static class OnCifar10 extends Trained {}

  @On.Cifar100Wr28
  static class OnCifar100 extends Trained {}

  @On.Cifar10DenseNet40
  static class OnDenseNet extends Trained {}

  @On.ExternalNetwork
  static class OnExternalNetwork {

    @C15("clones")
    void the_layer_holds_more_than_one_clone(
        SubjectCheck check, AuditControls controls, AuditFigures figures) {
      check
          .measured(SingleNetworkMeasurements.clones())
          .rejects("Gaussian layer", controls::gaussianLayer)
          .rejects("planted clones of many features", controls::plantedClonesOfManyFeatures)
          .accepts("planted clones", controls::plantedClones)
          .shownAs(figures::chunkErrors)
          .isWithinTheBand();
    }
  }
}
