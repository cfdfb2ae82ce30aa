package mitosis.claims;

import static mitosis.claim.ClaimId.C05;

import mitosis.evidence.Alone;
import mitosis.evidence.CriticalSize;
import mitosis.evidence.Interpolation;
import mitosis.suite.AuditControls;
import mitosis.suite.AuditFigures;
import mitosis.suite.Evidence;
import mitosis.suite.PlantedLayers;
import mitosis.suite.WidthFigures;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** That wide networks and their chunks fit the training set (P22 Fig. 4, top). */
final class InterpolationClaims {

  private InterpolationClaims() {}

  /** On systems whose networks are trained here. */
  abstract static class Trained {

    @Test
    @Tag("C05")
    @Claim(value = C05, quantity = "full_training_error")
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

    @Test
    @Tag("C05")
    @Claim(value = C05, quantity = "critical_width")
    void so_do_its_chunks_from_the_published_size_on(
        Check check, Evidence evidence, PlantedLayers layers, WidthFigures figures) {
      CriticalSize rule = evidence.criticalSize();
      check
          .measured(e -> rule::estimate, Evidence::widest)
          .rejects("planted clones with w* = 1", layers::plantedClonesOfOneNeuron)
          .rejectsIf(
              evidence.study().widest().width() > check.band().high(),
              "planted clones with wrong labels",
              layers::plantedClonesWithWrongLabels)
          // Of a layer that does not fit its training set w* is known only to be beyond its width,
          // which can be told from the band only where the band ends below.
          .rejectsTrainedIf(
              evidence.showsTraining() && evidence.study().widest().width() > check.band().high(),
              "the network stopped early",
              evidence::stoppedEarly)
          .rejectsTrainedIf(
              evidence.showsTraining() && evidence.study().widest().width() > check.band().high(),
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
    @Tag("C05")
    @Claim(value = C05, quantity = "full_training_error")
    void a_wide_network_fits_its_training_set(
        SubjectCheck check, AuditControls controls, AuditFigures figures) {
      check
          .measured(Alone.fullTrainingError())
          .rejects("planted clones with wrong labels", controls::plantedClonesWithWrongLabels)
          .accepts("planted clones", controls::plantedClones)
          .shownAs(figures::chunkErrors)
          .isWithinTheBand();
    }

    @Test
    @Tag("C05")
    @Claim(value = C05, quantity = "half_layer_excess")
    void so_does_half_of_its_layer(
        SubjectCheck check, AuditControls controls, AuditFigures figures) {
      check
          .measured(Alone.halfLayerExcess())
          .rejects("Gaussian layer", controls::gaussianLayer)
          .accepts("planted clones", controls::plantedClones)
          .shownAs(figures::chunkErrors)
          .isWithinTheBand();
    }
  }
}
