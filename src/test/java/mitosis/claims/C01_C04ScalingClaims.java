package mitosis.claims;

import static mitosis.claim.ClaimId.C02;

import mitosis.claims.support.Check;
import mitosis.claims.support.Claim.C01;
import mitosis.claims.support.Claim.C02;
import mitosis.claims.support.Claim.C03;
import mitosis.claims.support.Claim.C04;
import mitosis.claims.support.On;
import mitosis.claims.support.SubjectCheck;
import mitosis.evidence.ErrorCurve;
import mitosis.evidence.Scaling;
import mitosis.evidence.SingleNetworkMeasurements;
import mitosis.evidence.Subject;
import mitosis.suite.AuditControls;
import mitosis.suite.AuditFigures;
import mitosis.suite.Evidence;
import mitosis.suite.PlantedCurves;
import mitosis.suite.PlantedLayers;
import mitosis.suite.ScalingFigures;

/** How the error of full networks and of chunks falls with their size (P22 Fig. 1b, 2 and 3). */
final class C01_C04ScalingClaims {

  private C01_C04ScalingClaims() {}

  private static ErrorCurve planted(Evidence evidence, PlantedLayers layers) {
    return evidence
        .chunks()
        .beyondCritical(layers.plantedClonesOfCriticalWidth(evidence.criticalWidth()));
  }

  /** On systems of which networks of several widths are there. */
  interface OfNetworks {

    @C01("exponent")
    default void the_error_of_full_networks_falls_as_the_inverse_square_root_of_their_width(
        Check check, Evidence evidence, PlantedCurves curves, ScalingFigures figures) {
      int[] widths = {32, 64, 128, 256};
      check
          .measured(
              e -> Scaling.exponent(),
              e -> e.byWidth().errors().at(e.sizes().widthsBeyondCritical(true)))
          .rejects("error curve of exponent -1/4", () -> curves.powerLaw(-0.25, widths))
          .rejects("error curve of exponent -1", () -> curves.powerLaw(-1, widths))
          .accepts("error curve of exponent -1/2", () -> curves.powerLaw(-0.5, widths))
          .shownAs(() -> figures.ofNetworks(check.band()))
          .isWithinTheBand();
    }
  }

  /** On systems of which the widest networks are there. */
  abstract static class OfChunks {

    @C02("exponent")
    void the_error_of_chunks_falls_as_the_inverse_square_root_of_their_size(
        Check check, Evidence evidence, PlantedLayers layers, ScalingFigures figures) {
      check
          .measured(e -> Scaling.exponent(), e -> e.chunks().beyondCritical(e.widest()))
          .rejectsTrained(
              "chunks of the network without weight decay",
              () -> evidence.chunks().beyondCritical(evidence.withoutWeightDecay()))
          .rejects(
              "neurons that are all different (Gaussian layer)",
              () -> evidence.chunks().beyondCritical(layers.gaussianLayer()))
          .accepts("planted clones with the same w*", () -> planted(evidence, layers))
          .shownAs(() -> figures.ofChunks(check.band()))
          .isWithinTheBand();
    }

    @C03("shallowest_local_slope")
    void
        the_error_of_chunks_below_the_critical_width_falls_faster_than_the_inverse_square_root_of_their_size(
            Check check, Evidence evidence, PlantedLayers layers, ScalingFigures figures) {
      check
          .measuredInEachCase(Scaling.localSlopes(), e -> e.chunks().belowCritical(e.widest()))
          .rejects(
              "planted clones with w* = 1",
              () -> evidence.chunks().belowCritical(layers.plantedClonesOfOneNeuron()))
          .accepts(
              "planted clones with w* in the window",
              () ->
                  evidence
                      .chunks()
                      .belowCritical(
                          layers.plantedClonesWithSmallChunks(evidence.requiredCriticalWidth())))
          .shownAs(() -> figures.ofChunks(check.band(C02, "exponent")))
          .isWithinTheBand();
    }
  }

  /** On systems of which full networks of every width are there. */
  abstract static class Trained extends OfChunks implements OfNetworks {

    @C04("worst_excess_ratio")
    void a_chunk_errs_like_a_full_network_of_its_size(
        Check check,
        Evidence evidence,
        PlantedLayers layers,
        PlantedCurves curves,
        ScalingFigures figures) {
      check
          .measuredInEachCase(
              Scaling.excessRatios(), e -> pair(e, e.widest(), e.byWidth().errors()))
          .rejectsTrained(
              "chunks of the network without weight decay",
              () -> pair(evidence, evidence.withoutWeightDecay(), evidence.byWidth().errors()))
          .rejects(
              "neurons that are all different (Gaussian layer) beside planted full networks",
              () -> pair(evidence, layers.gaussianLayer(), plantedNetworks(evidence, curves)))
          .accepts(
              "planted clones with the same w* beside planted full networks",
              () ->
                  pair(
                      evidence,
                      layers.plantedClonesOfCriticalWidth(evidence.criticalWidth()),
                      plantedNetworks(evidence, curves)))
          .shownAs(() -> figures.ofChunksAndNetworks(check.band(C02, "exponent")))
          .isWithinTheBand();
    }

    private static ErrorCurve plantedNetworks(Evidence evidence, PlantedCurves curves) {
      return curves.plantedNetworks(
          evidence.sizes().widthsBeyondCritical(false), evidence.criticalWidth());
    }

    /** Widths from w* to below the widest network, where a chunk would be the network itself. */
    private static Scaling.Pair pair(Evidence evidence, Subject chunks, ErrorCurve networks) {
      int[] widths = evidence.sizes().widthsBeyondCritical(false);
      return new Scaling.Pair(evidence.chunks().of(chunks).at(widths), networks.at(widths));
    }
  }

  @On.PmnistFc5
  static class OnPmnist extends Trained {}

  @On.PmnistFc5Recorded
  static class OnRecordedPmnist extends OfChunks {}

  @On.Cifar10Wr28
  static class OnCifar10 extends Trained {}

  @On.Cifar100Wr28
  static class OnCifar100 extends Trained {}

  @On.Cifar10DenseNet40
  static class OnDenseNet extends Trained {}

  @On.PmnistFc5Free
  static class OnPmnistFree implements OfNetworks {

    @C02("exponent")
    void the_error_of_chunks_falls_as_the_inverse_square_root_of_their_size(
        Check check, Evidence evidence, PlantedLayers layers, ScalingFigures figures) {
      check
          .measured(e -> Scaling.exponent(), e -> e.chunks().beyondCritical(e.widest()))
          .rejects(
              "neurons that are all different (Gaussian layer)",
              () -> evidence.chunks().beyondCritical(layers.gaussianLayer()))
          .accepts("planted clones with the same w*", () -> planted(evidence, layers))
          .shownAs(() -> figures.ofChunks(check.band()))
          .isWithinTheBand();
    }
  }

  @On.ExternalNetwork
  static class OnExternalNetwork {

    @C02("exponent")
    void the_error_of_chunks_falls_as_the_inverse_square_root_of_their_size(
        SubjectCheck check, AuditControls controls, AuditFigures figures) {
      check
          .measured(SingleNetworkMeasurements.exponent())
          .rejects("planted clones on clear images", controls::plantedClonesOnClearImages)
          .accepts("planted clones", controls::plantedClones)
          .shownAs(figures::chunkErrors)
          .isWithinTheBand();
    }

    @C03("shallowest_local_slope")
    void
        the_error_of_chunks_below_the_critical_width_falls_faster_than_the_inverse_square_root_of_their_size(
            SubjectCheck check, AuditControls controls, AuditFigures figures) {
      check
          .measuredInEachCase(SingleNetworkMeasurements.localSlopes())
          .rejects("planted clones on hard images", controls::plantedClonesOnHardImages)
          .accepts("planted clones with w* in the window", controls::plantedClonesWithSmallChunks)
          .shownAs(figures::chunkErrors)
          .isWithinTheBand();
    }
  }
}
