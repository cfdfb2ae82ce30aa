package mitosis.claims;

import mitosis.claims.support.Check;
import mitosis.claims.support.Claim.C14;
import mitosis.claims.support.On;
import mitosis.evidence.VariancePeak;
import mitosis.suite.Evidence;
import mitosis.suite.PlantedFamilies;
import mitosis.suite.WidthFigures;

/** That clones are as large as the networks at the peak of the variance (P22 Fig. S5). */
final class C14VariancePeakClaims {

  private C14VariancePeakClaims() {}

  /** On systems whose networks are trained here in several widths. */
  abstract static class Trained {

    @C14("clone_size_over_peak")
    void a_clone_is_slightly_larger_than_the_networks_of_largest_variance(
        Check check, Evidence evidence, PlantedFamilies families, WidthFigures figures) {
      check
          .measured(
              e -> new VariancePeak(e.criticalSize()).cloneSizeOverPeak(),
              e -> e.byWidth().family())
          .rejects(
              "planted variance with its peak far beyond w*",
              () -> families.family(evidence.criticalSize(), evidence.criticalWidth(), 8, 1))
          .rejects(
              "planted variance with its peak far below w*",
              () -> families.family(evidence.criticalSize(), evidence.criticalWidth(), 1.0 / 8, 1))
          .accepts(
              "planted variance with its peak at half of w*",
              () -> families.family(evidence.criticalSize(), evidence.criticalWidth(), 0.5, 1))
          .shownAs(figures::biasAndVariance)
          .isWithinTheBand();
    }

    @C14("clone_size_over_interpolation_width")
    void a_clone_is_about_as_large_as_the_smallest_network_that_interpolates(
        Check check, Evidence evidence, PlantedFamilies families, WidthFigures figures) {
      check
          .measured(
              e -> new VariancePeak(e.criticalSize()).cloneSizeOverInterpolationWidth(),
              e -> e.byWidth().family())
          .rejects(
              "planted networks that interpolate far beyond w* only",
              () -> families.family(evidence.criticalSize(), evidence.criticalWidth(), 0.5, 6))
          .rejects(
              "planted networks that interpolate far below w*",
              () ->
                  families.family(evidence.criticalSize(), evidence.criticalWidth(), 0.5, 1.0 / 6))
          .accepts(
              "planted networks that interpolate from w* on",
              () -> families.family(evidence.criticalSize(), evidence.criticalWidth(), 0.5, 1))
          .shownAs(() -> figures.interpolation(check.publishedCriticalWidth()))
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
}
