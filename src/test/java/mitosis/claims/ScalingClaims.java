package mitosis.claims;

import static mitosis.claim.ClaimId.C01;
import static mitosis.claim.ClaimId.C02;
import static mitosis.claim.ClaimId.C03;
import static mitosis.claim.ClaimId.C04;

import mitosis.evidence.Alone;
import mitosis.evidence.ErrorCurve;
import mitosis.evidence.Scaling;
import mitosis.evidence.Subject;
import mitosis.suite.AuditControls;
import mitosis.suite.AuditFigures;
import mitosis.suite.Controls;
import mitosis.suite.Evidence;
import mitosis.suite.Figures;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** How the error of full networks and of chunks falls with their size (P22 Fig. 1b, 2 and 3). */
final class ScalingClaims {

  private ScalingClaims() {}

  private static ErrorCurve beyondCritical(Evidence evidence, Subject subject) {
    return evidence.chunkCurve(subject).at(evidence.sizesBeyondCritical());
  }

  private static ErrorCurve planted(Evidence evidence, Controls controls) {
    return beyondCritical(
        evidence, controls.plantedClonesOfCriticalWidth(evidence.criticalWidth()));
  }

  private static ErrorCurve belowCritical(Evidence evidence, Subject subject) {
    return evidence.chunkCurve(subject).at(evidence.sizesBelowCritical());
  }

  /** On systems whose networks are trained here. */
  abstract static class Trained {

    @Test
    @Tag("C01")
    @Claim(value = C01, quantity = "exponent")
    void the_error_of_full_networks_falls_as_the_inverse_square_root_of_their_width(
        Check check, Evidence evidence, Controls controls, Figures figures) {
      int[] widths = {32, 64, 128, 256};
      check
          .measured(e -> Scaling.exponent(), e -> e.fullNetworks().at(e.widthsBeyondCritical(true)))
          .rejects("error curve of exponent -1/4", () -> controls.powerLaw(-0.25, widths))
          .rejects("error curve of exponent -1", () -> controls.powerLaw(-1, widths))
          .accepts("error curve of exponent -1/2", () -> controls.powerLaw(-0.5, widths))
          .shownAs(figures::widthScaling)
          .isWithinTheBand();
    }

    @Test
    @Tag("C02")
    @Claim(value = C02, quantity = "exponent")
    void the_error_of_chunks_falls_as_the_inverse_square_root_of_their_size(
        Check check, Evidence evidence, Controls controls, Figures figures) {
      check
          .measured(e -> Scaling.exponent(), e -> beyondCritical(e, e.widest()))
          .rejectsTrained(
              "chunks of the network without weight decay",
              () -> beyondCritical(evidence, evidence.withoutWeightDecay()))
          .rejects(
              "neurons that are all different (Gaussian layer)",
              () -> beyondCritical(evidence, controls.gaussianLayer()))
          .accepts("planted clones with the same w*", () -> planted(evidence, controls))
          .shownAs(figures::chunkScaling)
          .isWithinTheBand();
    }

    @Test
    @Tag("C03")
    @Claim(value = C03, quantity = "shallowest_local_slope")
    void the_error_of_small_chunks_falls_faster_than_that(
        Check check, Evidence evidence, Controls controls, Figures figures) {
      check
          .measured(e -> Scaling.shallowestSlope(check.band()), e -> belowCritical(e, e.widest()))
          .rejects(
              "planted clones with w* = 1",
              () -> belowCritical(evidence, controls.plantedClonesOfOneNeuron()))
          .accepts(
              "planted clones with w* in the window",
              () -> belowCritical(evidence, controls.plantedClonesWithSmallChunks()))
          .shownAs(figures::chunkScaling)
          .isWithinTheBand();
    }

    @Test
    @Tag("C04")
    @Claim(value = C04, quantity = "worst_excess_ratio")
    void a_chunk_errs_like_a_full_network_of_its_size(
        Check check, Evidence evidence, Controls controls, Figures figures) {
      check
          .measured(
              e -> Scaling.worstRatio(check.band()), e -> pair(e, e.widest(), e.fullNetworks()))
          .rejectsTrained(
              "chunks of the network without weight decay",
              () -> pair(evidence, evidence.withoutWeightDecay(), evidence.fullNetworks()))
          .rejects(
              "neurons that are all different (Gaussian layer) beside planted full networks",
              () -> pair(evidence, controls.gaussianLayer(), plantedNetworks(evidence, controls)))
          .accepts(
              "planted clones with the same w* beside planted full networks",
              () ->
                  pair(
                      evidence,
                      controls.plantedClonesOfCriticalWidth(evidence.criticalWidth()),
                      plantedNetworks(evidence, controls)))
          .shownAs(figures::chunksAndNetworks)
          .isWithinTheBand();
    }

    private static ErrorCurve plantedNetworks(Evidence evidence, Controls controls) {
      return controls.plantedNetworks(
          evidence.widthsBeyondCritical(false), evidence.criticalWidth());
    }

    /** Widths from w* to below the widest network, where a chunk would be the network itself. */
    private static Scaling.Pair pair(Evidence evidence, Subject chunks, ErrorCurve networks) {
      int[] widths = evidence.widthsBeyondCritical(false);
      return new Scaling.Pair(evidence.chunkCurve(chunks).at(widths), networks.at(widths));
    }
  }

  @OnPmnistFc5
  static class OnPmnist extends Trained {}

  @OnCifar10Wr28
  static class OnCifar10 extends Trained {}

  @OnCifar100Wr28
  static class OnCifar100 extends Trained {}

  @OnCifar10DenseNet40
  static class OnDenseNet extends Trained {}

  @OnPmnistFc5Free
  static class OnPmnistFree {

    @Test
    @Tag("C02")
    @Claim(value = C02, quantity = "exponent")
    void the_error_of_chunks_falls_as_the_inverse_square_root_of_their_size(
        Check check, Evidence evidence, Controls controls) {
      check
          .measured(e -> Scaling.exponent(), e -> beyondCritical(e, e.widest()))
          .rejects(
              "neurons that are all different (Gaussian layer)",
              () -> beyondCritical(evidence, controls.gaussianLayer()))
          .accepts("planted clones with the same w*", () -> planted(evidence, controls))
          .isWithinTheBand();
    }
  }

  @OnSubject
  static class OnBroughtNetwork {

    @Test
    @Tag("C02")
    @Claim(value = C02, quantity = "exponent")
    void the_error_of_chunks_falls_as_the_inverse_square_root_of_their_size(
        SubjectCheck check, AuditControls controls, AuditFigures figures) {
      check
          .measured(Alone.exponent())
          .rejects("planted clones on clear images", controls::plantedClonesOnClearImages)
          .accepts("planted clones", controls::plantedClones)
          .shownAs(figures::chunkErrors)
          .isWithinTheBand();
    }

    @Test
    @Tag("C03")
    @Claim(value = C03, quantity = "shallowest_local_slope")
    void the_error_of_small_chunks_falls_faster_than_that(
        SubjectCheck check, AuditControls controls, AuditFigures figures) {
      check
          .measured(Alone.shallowestSlope(check.band()))
          .rejects("planted clones on hard images", controls::plantedClonesOnHardImages)
          .accepts("planted clones with w* in the window", controls::plantedClonesWithSmallChunks)
          .shownAs(figures::chunkErrors)
          .isWithinTheBand();
    }
  }
}
