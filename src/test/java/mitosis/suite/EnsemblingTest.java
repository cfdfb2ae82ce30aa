package mitosis.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import mitosis.analysis.EnsembleError;
import mitosis.claim.Band;
import mitosis.claim.Estimate;
import mitosis.claim.Verdict;
import mitosis.evidence.Ensembles;
import mitosis.evidence.Ensembling;
import mitosis.evidence.Unmeasurable;
import mitosis.suite.PlantedEnsembles.PlantedOutputs;
import org.junit.jupiter.api.Test;

/** What is measured of ensembles, on made-up networks whose errors are known. */
class EnsemblingTest {

  private static final Controls CONTROLS = Controls.of(64, 4, 20_000, 10);
  private static final Band EQUAL = Band.between(-0.003, 0.003);

  /** h·s/√(2π), and Φ(−(1 + ½|g|)/s) on clear images, which is nothing here. */
  private static double error(double hardShare, double deviation) {
    return hardShare * deviation / Math.sqrt(2 * Math.PI);
  }

  @Test
  void planted_outputs_err_as_their_noise_has_it() {
    PlantedOutputs outputs = new PlantedOutputs(0.5, 40_000, 1);
    EnsembleError errors =
        EnsembleError.of(outputs.of(new int[] {0, 1, 2, 3}, 0.125), outputs.labels());

    assertThat(errors.of(1)).isCloseTo(error(0.5, 0.125), within(0.001));
    assertThat(errors.of(4)).isCloseTo(error(0.5, 0.0625), within(0.001));
  }

  private static Estimate gain(Ensembles ensembles) {
    return Ensembling.gainsOfSameWidth().apply(ensembles).worst(EQUAL).estimate();
  }

  @Test
  void ensembles_of_clones_are_as_good_as_one_network_of_their_width() {
    Estimate gain = gain(CONTROLS.ensembles().ofClones());
    assertThat(gain.value()).isCloseTo(0, within(0.001));
    assertThat(Ensembling.spreadOfLargeEnsembles().of(CONTROLS.ensembles().ofClones()).value())
        .isBetween(0.0, 0.002);
  }

  /** All images are hard. Two of an eighth of the width, in place of one of a quarter. */
  @Test
  void an_ensemble_of_one_network_loses_what_width_would_gain() {
    double narrow = error(1, 0.125 * Math.sqrt(8));
    double wider = error(1, 0.125 * Math.sqrt(4));
    Estimate gain = gain(CONTROLS.ensembles().ofOneNetwork());
    assertThat(gain.value()).isCloseTo(wider - narrow, within(0.01));

    double widest = error(1, 0.125);
    assertThat(Ensembling.spreadOfLargeEnsembles().of(CONTROLS.ensembles().ofOneNetwork()).value())
        .isCloseTo(narrow - widest, within(0.01));
    // Two networks of half of the width are the most that three seeds, one left out of four, have.
    assertThat(Ensembling.advantageOfWidth(2).of(CONTROLS.ensembles().ofOneNetwork()).value())
        .isCloseTo(error(1, 0.125 * Math.sqrt(2)) - widest, within(0.003));
  }

  @Test
  void what_errs_for_good_errs_in_the_largest_ensemble() {
    assertThat(
            Ensembling.spreadOfLargeEnsembles().of(CONTROLS.ensembles().thatErrForGood()).value())
        .isCloseTo(1.0 / 24 - 1.0 / (8 * 24), within(0.003));
  }

  @Test
  void comparisons_take_networks_enough() {
    Ensembles two = Controls.of(64, 2, 1_000, 10).ensembles().ofClones();
    assertThatThrownBy(() -> Ensembling.gainsOfSameWidth().apply(two))
        .isInstanceOf(Unmeasurable.class)
        .hasMessageContaining("at most 1 networks");
    assertThatThrownBy(() -> Ensembling.advantageOfWidth(8).of(two))
        .isInstanceOf(Unmeasurable.class)
        .hasMessageContaining("as many activations as one of width 64");
    Ensembles widest = CONTROLS.ensembles().ofClones().from(33);
    assertThat(widest.widths()).containsExactly(64);
    assertThatThrownBy(() -> Ensembling.spreadOfLargeEnsembles().of(widest))
        .isInstanceOf(Unmeasurable.class)
        .hasMessageContaining("[64]");
  }

  /** As for the three networks of 256 neurons of CIFAR-10 at quick scale. */
  @Test
  void width_has_its_advantage_where_ensembles_gain_nothing() {
    Controls few = Controls.of(256, 3, 10_000, 10);
    Band band = Band.atLeast(0.005);
    assertThat(band.judge(Ensembling.advantageOfWidth(8).of(few.ensembles().ofOneNetwork())))
        .isEqualTo(Verdict.REPRODUCED);
    assertThat(band.judge(Ensembling.advantageOfWidth(8).of(few.ensembles().ofOneWidth())))
        .isEqualTo(Verdict.NOT_REPRODUCED);
    assertThat(band.judge(Ensembling.advantageOfWidth(8).of(few.ensembles().ofClones())))
        .isEqualTo(Verdict.NOT_REPRODUCED);
  }
}
