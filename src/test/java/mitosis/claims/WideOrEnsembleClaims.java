package mitosis.claims;

import static mitosis.claim.ClaimId.C13;

import mitosis.evidence.Ensembling;
import mitosis.suite.PlantedEnsembles;
import mitosis.suite.WidthFigures;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Whether one wide network is worth as much as an ensemble of narrow ones (P21 Fig. 5). */
final class WideOrEnsembleClaims {

  private WideOrEnsembleClaims() {}

  @OnPmnistFc5
  static class OnPmnist {

    @Test
    @Tag("C13")
    @Claim(value = C13, quantity = "same_width_gain")
    void an_ensemble_reads_as_well_as_one_network_as_wide_as_all_of_it(
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

    @Test
    @Tag("C13")
    @Claim(value = C13, quantity = "large_ensembles_spread")
    void large_ensembles_read_as_well_at_any_width(
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

  @OnCifar10Wr28
  static class OnCifar10 {

    @Test
    @Tag("C13")
    @Claim(value = C13, quantity = "advantage_of_width")
    void one_wide_network_reads_better_than_an_ensemble_of_its_memory(
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
