package mitosis.claims;

import static mitosis.claim.ClaimId.C08;

import mitosis.evidence.Alone;
import mitosis.evidence.Dimensions;
import mitosis.evidence.Subject;
import mitosis.suite.AuditControls;
import mitosis.suite.AuditFigures;
import mitosis.suite.Evidence;
import mitosis.suite.PlantedManifolds;
import mitosis.suite.WidthFigures;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** That the layer's manifold has few dimensions (P22 §3; P21 Fig. 2). */
final class DimensionClaims {

  /** Largest w* of clones whose dimension is above a quarter of it and can be measured. */
  private static final int LARGEST = 50;

  private DimensionClaims() {}

  /** On systems whose networks are trained here. */
  abstract static class Trained {

    @Test
    @Tag("C08")
    @Claim(value = C08, quantity = "dimension")
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

    @Test
    @Tag("C08")
    @Claim(value = C08, quantity = "dimension_share")
    void the_dimension_is_far_below_the_critical_width(
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

    @Test
    @Tag("C08")
    @Claim(value = C08, quantity = "worst_dimension_ratio")
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
    @Tag("C08")
    @Claim(value = C08, quantity = "dimension_share")
    void the_dimension_is_far_below_the_critical_width(
        SubjectCheck check, AuditControls controls, AuditFigures figures) {
      check
          .measured(Alone.dimensionShare())
          .rejects("planted clones drowned in noise", controls::plantedClonesInNoise)
          .accepts("planted clean clones", controls::plantedCleanClones)
          .shownAs(() -> figures.dimension(check.band().high()))
          .isWithinTheBand();
    }
  }
}
