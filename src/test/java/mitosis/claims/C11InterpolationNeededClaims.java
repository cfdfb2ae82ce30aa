package mitosis.claims;

import static mitosis.claim.ClaimId.C05;

import mitosis.claims.support.Check;
import mitosis.claims.support.Claim.C11;
import mitosis.claims.support.On;
import mitosis.evidence.Interpolation;
import mitosis.evidence.ReconstructionMeasurements;
import mitosis.evidence.Scaling;
import mitosis.suite.CourseFigures;
import mitosis.suite.Evidence;
import mitosis.suite.LayerFigures;
import mitosis.suite.PlantedLayers;
import mitosis.suite.ScalingFigures;

/** That a network which does not fit its training set has no clones (P22 Fig. 7 and §4). */
final class C11InterpolationNeededClaims {

  private C11InterpolationNeededClaims() {}

  /** On systems whose networks fit their training set in the end. */
  abstract static class Trained {

    @C11("stopped_early_misfit")
    void a_network_stopped_early_has_no_clones(
        Check check, Evidence evidence, PlantedLayers layers, LayerFigures figures) {
      double mostError = check.most(C05, "full_training_error");
      double mostWidth = check.most(C05, "critical_width");
      check
          .measured(e -> Interpolation.misfit(mostError, mostWidth), Evidence::stoppedEarly)
          .rejectsTrained("the network at the end of training", evidence::widest)
          .rejects("planted clones", layers::plantedClones)
          .accepts(
              "planted clones with one wrong label in twelve", layers::plantedClonesWithWrongLabels)
          // No part of such a layer fits the training set, which shows only where the layer is
          // wider than w* may be.
          .acceptsIf(evidence.isWiderThan(mostWidth), "Gaussian layer", layers::gaussianLayer)
          .acceptsTrained("the network at initialisation", evidence::atInitialisation)
          .beside(() -> Interpolation.errors(evidence.stoppedEarly()))
          .shownAs(
              () ->
                  figures.trainingErrors(
                      "training error of chunks, stopped early and at the end, P22 §4",
                      evidence.stoppedEarly(),
                      evidence.widest()))
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

  @On.ImageNetResNet50
  static class OnImageNet {

    @C11("full_training_error")
    void even_the_widest_network_errs_on_its_training_set(
        Check check, Evidence evidence, PlantedLayers layers, LayerFigures figures) {
      check
          .measured(e -> Interpolation.fullTrainingError(), Evidence::widest)
          .rejects("planted clones, which fit it", layers::plantedClones)
          .rejectsTrained("the network at initialisation", evidence::atInitialisation)
          .accepts(
              "planted clones with one wrong label in twelve", layers::plantedClonesWithWrongLabels)
          .shownAs(
              () -> figures.trainingErrors("training error, as P22 Fig. 7a", evidence.widest()))
          .isWithinTheBand();
    }

    @C11("exponent")
    void
        the_error_of_chunks_of_a_network_that_does_not_interpolate_falls_faster_than_the_inverse_square_root_of_their_size(
            Check check, Evidence evidence, PlantedLayers layers, ScalingFigures figures) {
      check
          .measured(
              e -> Scaling.exponent(), e -> e.chunks().of(e.widest()).at(e.sizes().halvings()))
          .rejects(
              "planted noisy clones of two features",
              () ->
                  evidence
                      .chunks()
                      .of(layers.plantedClonesOfTwoFeatures())
                      .at(evidence.sizes().halvings()))
          .accepts(
              "Gaussian layer",
              () -> evidence.chunks().of(layers.gaussianLayer()).at(evidence.sizes().halvings()))
          .shownAs(() -> figures.ofChunks(check.band()))
          .isWithinTheBand();
    }

    @C11("half_layer_r2")
    void
        half_of_the_layer_of_a_network_that_does_not_interpolate_does_not_reconstruct_the_whole_layer(
            Check check, Evidence evidence, PlantedLayers layers, LayerFigures figures) {
      check
          .measured(
              e ->
                  ReconstructionMeasurements.heldOutR2(
                      e.sizes().halfLayer(), new int[] {e.sizes().halfLayer()}),
              Evidence::widest)
          .rejects("planted clones", layers::plantedClones)
          .rejects("planted clones of two features", layers::plantedCleanClonesOfTwoFeatures)
          .accepts("Gaussian layer", layers::gaussianLayer)
          .shownAs(
              () ->
                  figures.reconstructions(
                      "reconstruction beside one of a layer that interpolates, P22 §3",
                      check.band(),
                      evidence.widest(),
                      layers.plantedClones()))
          .isWithinTheBand();
    }

    @C11("correlation_kept")
    void residuals_of_a_network_that_does_not_interpolate_keep_their_correlation_in_training(
        Check check, Evidence evidence, PlantedLayers layers, CourseFigures figures) {
      int quarter = evidence.sizes().quarterLayer();
      int[] sizes = {quarter};
      check
          .measured(
              e -> ReconstructionMeasurements.correlationRatio(e.stoppedEarly(), quarter, sizes),
              Evidence::widest)
          .acceptsTrained("the network at a tenth of training itself", evidence::stoppedEarly)
          .rejects("planted clones, without correlation", layers::plantedClones)
          .shownAs(figures::correlation)
          .isWithinTheBand();
    }
  }
}
