package mitosis.claims;

import mitosis.claims.support.Check;
import mitosis.claims.support.Claim.C05;
import mitosis.claims.support.LiveNeuronsAlone;
import mitosis.claims.support.On;
import mitosis.claims.support.SubjectCheck;
import mitosis.evidence.CriticalSize;
import mitosis.evidence.Interpolation;
import mitosis.evidence.SingleNetworkMeasurements;
import mitosis.suite.AuditControls;
import mitosis.suite.AuditFigures;
import mitosis.suite.Evidence;
import mitosis.suite.PlantedLayers;
import mitosis.suite.WidthFigures;

/** That wide networks and their chunks fit the training set (P22 Fig. 4, top). */
final class C05InterpolationClaims {

  private C05InterpolationClaims() {}

  /** On systems whose networks are trained here. */
  abstract static class Trained {

    @C05("full_training_error")
    void a_wide_network_fits_its_training_set(
        Check check, Evidence evidence, PlantedLayers layers, WidthFigures figures) {
      check
          .measured(e -> Interpolation.fullTrainingError(), Evidence::widest)
          .rejects("planted clones with wrong labels", layers::plantedClonesWithWrongLabels)
          .rejectsTrainedIf(
              evidence.showsTraining(), "the network stopped early", evidence::stoppedEarly)
          .rejectsTrainedIf(
              evidence.showsTraining(), "the network at initialisation", evidence::atInitialisation)
          .accepts("planted clones", layers::plantedClones)
          .shownAs(() -> figures.interpolation(check.publishedCriticalWidth()))
          .isWithinTheBand();
    }

    @C05("critical_width")
    void chunks_of_a_wide_network_fit_its_training_set_from_the_published_critical_width_on(
        Check check, Evidence evidence, PlantedLayers layers, WidthFigures figures) {
      CriticalSize rule = evidence.criticalSize();
      check
          .measured(e -> rule::estimate, Evidence::widest)
          .rejects("planted clones with w* = 1", layers::plantedClonesOfOneNeuron)
          .rejectsIf(
              evidence.isWiderThan(check.band().high()),
              "planted clones with wrong labels",
              layers::plantedClonesWithWrongLabels)
          // Of a layer that does not fit its training set w* is known only to be beyond its width,
          // which can be told from the band only where the band ends below.
          .rejectsTrainedIf(
              evidence.showsTraining() && evidence.isWiderThan(check.band().high()),
              "the network stopped early",
              evidence::stoppedEarly)
          .rejectsTrainedIf(
              evidence.showsTraining() && evidence.isWiderThan(check.band().high()),
              "the network at initialisation",
              evidence::atInitialisation)
          .accepts(
              "planted clones with the published w*",
              () ->
                  layers.plantedClonesOfCriticalWidth(check.publishedCriticalWidth().orElseThrow()))
          .beside(() -> LiveNeuronsAlone.criticalWidth(evidence.widest(), rule))
          .shownAs(() -> figures.interpolation(check.publishedCriticalWidth()))
          .isWithinTheBand();
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

    @C05("full_training_error")
    void a_wide_network_fits_its_training_set(
        SubjectCheck check, AuditControls controls, AuditFigures figures) {
      check
          .measured(SingleNetworkMeasurements.fullTrainingError())
          .rejects("planted clones with wrong labels", controls::plantedClonesWithWrongLabels)
          .accepts("planted clones", controls::plantedClones)
          .shownAs(figures::chunkErrors)
          .isWithinTheBand();
    }

    @C05("half_layer_excess")
    void half_of_a_layer_fits_the_training_set_as_well_as_the_whole_layer(
        SubjectCheck check, AuditControls controls, AuditFigures figures) {
      check
          .measured(SingleNetworkMeasurements.halfLayerExcess())
          .rejects("Gaussian layer", controls::gaussianLayer)
          .accepts("planted clones", controls::plantedClones)
          .shownAs(figures::chunkErrors)
          .isWithinTheBand();
    }
  }
}
