package mitosis.claims;

import mitosis.claims.support.Check;
import mitosis.claims.support.Claim.C13;
import mitosis.claims.support.On;
import mitosis.evidence.Ensembling;
import mitosis.suite.PlantedEnsembles;
import mitosis.suite.WidthFigures;

/** Whether one wide network is worth as much as an ensemble of narrow ones (P21 Fig. 5). */
final class C13WideOrEnsembleClaims {

  private C13WideOrEnsembleClaims() {}

  @On.PmnistFc5
  static class OnPmnist {

    @C13("same_width_gain")
    void an_ensemble_classifies_as_well_as_one_network_as_wide_as_all_of_it(
        Check check, PlantedEnsembles ensembles, WidthFigures figures) {
      check
          .measuredInEachCase(
              Ensembling.gainsOfSameWidth(),
              e -> e.byWidth().ensembles().from(e.requiredCriticalWidth()))
          .rejects("ensembles of one network again and again", ensembles::ofOneNetwork)
          .rejects("networks that gain nothing by width", ensembles::ofOneWidth)
          .accepts("planted clones", ensembles::ofClones)
          .shownAs(figures::ensembles)
          .isWithinTheBand();
    }

    @C13("large_ensembles_spread")
    void large_ensembles_classify_equally_well_whatever_the_width_of_their_networks(
        Check check, PlantedEnsembles ensembles, WidthFigures figures) {
      check
          .measured(e -> Ensembling.spreadOfLargeEnsembles(), e -> e.byWidth().ensembles())
          .rejects("ensembles of one network again and again", ensembles::ofOneNetwork)
          .rejects(
              "networks that err for good on more images the narrower they are",
              ensembles::thatErrForGood)
          .accepts("planted clones", ensembles::ofClones)
          .shownAs(figures::ensembles)
          .isWithinTheBand();
    }
  }

  @On.Cifar10Wr28
  static class OnCifar10 {

    @C13("advantage_of_width")
    void one_wide_network_classifies_better_than_an_ensemble_with_as_many_activations(
        Check check, PlantedEnsembles ensembles, WidthFigures figures) {
      check
          .measured(
              e -> Ensembling.advantageOfWidth(check.setting("most_networks")),
              e -> e.byWidth().ensembles())
          .rejects("planted clones", ensembles::ofClones)
          .rejects("networks that gain nothing by width", ensembles::ofOneWidth)
          .accepts("ensembles of one network again and again", ensembles::ofOneNetwork)
          .shownAs(figures::ensembles)
          .isWithinTheBand();
    }
  }
}
