package mitosis.claims;

import static mitosis.claim.ClaimId.C08;

import mitosis.claims.support.Check;
import mitosis.claims.support.Claim.C08;
import mitosis.claims.support.On;
import mitosis.claims.support.SubjectCheck;
import mitosis.evidence.Dimensions;
import mitosis.evidence.SingleNetworkMeasurements;
import mitosis.evidence.Subject;
import mitosis.suite.AuditControls;
import mitosis.suite.AuditFigures;
import mitosis.suite.Evidence;
import mitosis.suite.PlantedManifolds;
import mitosis.suite.WidthFigures;

/** That the layer's manifold has few dimensions (P22 §3; P21 Fig. 2). */
final class C08DimensionClaims {

  /** Largest w* of clones whose dimension is above a quarter of it and can be measured. */
  private static final int LARGEST = 50;

  private C08DimensionClaims() {}

  /** On systems whose networks are trained here. */
  abstract static class Trained {

    @C08("dimension")
    void the_layer_has_the_published_dimension(
        Check check, PlantedManifolds manifolds, WidthFigures figures) {
      check
          .measured(e -> Dimensions.ofLayer(), Evidence::widest)
          .rejects("a layer of full dimension (Gaussian layer)", manifolds::layerOfFullDimension)
          .tells("a manifold of 2 dimensions", 2, () -> manifolds.exactCopies(2))
          .tells("a manifold of 12 dimensions", 12, () -> manifolds.exactCopies(12))
          .shownAs(() -> figures.dimensions(check.band(C08, "dimension")))
          .isWithinTheBand();
    }

    @C08("dimension_share")
    void the_dimension_of_the_layer_is_far_below_the_critical_width(
        Check check, Evidence evidence, PlantedManifolds manifolds, WidthFigures figures) {
      check
          .measured(e -> Dimensions.shareOf(e.criticalSize()), Evidence::widest)
          .rejects("planted clones drowned in noise", manifolds::plantedClonesDrownedInNoise)
          .rejects(
              "planted noisy clones with the same w*, or one of %d".formatted(LARGEST),
              // On so few images a dimension above some twenty is not found.
              () ->
                  manifolds.plantedNoisyClonesOnFewImages(
                      Math.min(LARGEST, evidence.criticalWidth())))
          .accepts("a manifold of 2 dimensions", () -> manifolds.exactCopies(2))
          .accepts("a manifold of 12 dimensions", () -> manifolds.exactCopies(12))
          .shownAs(() -> figures.dimensions(check.band(C08, "dimension")))
          .isWithinTheBand();
    }

    @C08("worst_dimension_ratio")
    void a_large_enough_chunk_has_the_dimension_of_a_full_network_of_its_size(
        Check check, Evidence evidence, PlantedManifolds manifolds, WidthFigures figures) {
      int[] widths = {64};
      check
          .measuredInEachCase(
              Dimensions.ratios(), e -> new Dimensions.Pair(e.widest(), e.networksBeyondCritical()))
          .rejects(
              "chunks of full dimension (Gaussian layer) beside networks of 2 dimensions",
              () -> pair(manifolds, manifolds.layerOfFullDimension(), 2, widths))
          .rejects(
              "chunks of 2 dimensions beside networks of 12",
              () -> pair(manifolds, manifolds.exactCopies(2), 12, widths))
          .accepts(
              "chunks of 2 dimensions beside networks of 2",
              () -> pair(manifolds, manifolds.exactCopies(2), 2, widths))
          .accepts(
              "chunks of 12 dimensions beside networks of 12",
              () -> pair(manifolds, manifolds.exactCopies(12), 12, widths))
          .shownAs(() -> figures.dimensions(check.band(C08, "dimension")))
          .isWithinTheBand();
    }

    private static Dimensions.Pair pair(
        PlantedManifolds manifolds, Subject chunks, int dimensions, int[] widths) {
      return new Dimensions.Pair(chunks, manifolds.networksOfExactCopies(dimensions, widths));
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

    @C08("dimension_share")
    void the_dimension_of_the_layer_is_far_below_the_critical_width(
        SubjectCheck check, AuditControls controls, AuditFigures figures) {
      check
          .measured(SingleNetworkMeasurements.dimensionShare())
          .rejects("planted clones drowned in noise", controls::plantedClonesInNoise)
          .accepts("planted clean clones", controls::plantedCleanClones)
          .shownAs(() -> figures.dimension(check.band().high()))
          .isWithinTheBand();
    }
  }
}
