package mitosis.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import mitosis.analysis.PlantedClones;
import mitosis.evidence.DoseResponse.Dose;
import mitosis.evidence.DoseResponse.WeightDecayWindow;
import org.junit.jupiter.api.Test;

class DoseResponseTest {

  private static final WeightDecayWindow.Rule RULE =
      new WeightDecayWindow.Rule(
          new CriticalSize(1e-3), 64, r2 -> r2 >= 0.98, correlation -> correlation <= 0.06);

  private static final int WIDTH = 64;

  private static final PlantedClones WINDOW_CLONES = PlantedClones.ofWidth(WIDTH, 1_000, 300, 3);

  private static final Measurement<List<Dose>> RESPONSE = DoseResponse.ofReconstruction(16, 1e-3);

  private static final PlantedClones CLONES = PlantedClones.ofWidth(64, 600, 300, 3);

  /** R² of clones falls as their noise grows. */
  private static Subject withNoise(double noise) {
    PlantedClones clones = CLONES.withNoise(noise);
    return subject((network, test, train) -> clones.network(network));
  }

  private static Subject subject(Layers layers) {
    return new Subject("clones", 64, 3, new Subject.Chunks(4, 4), layers);
  }

  private static List<Dose> doses(double... noises) {
    List<Dose> doses = new ArrayList<>();
    for (double noise : noises) {
      doses.add(new Dose(doses.size(), withNoise(noise)));
    }
    return doses;
  }

  @Test
  void the_rank_correlation_is_1_where_every_dose_adds_and_minus_1_where_it_takes_away() {
    assertThat(RESPONSE.of(doses(0.4, 0.2, 0.1, 0.05)).value()).isEqualTo(1);
    assertThat(RESPONSE.of(doses(0.05, 0.1, 0.2, 0.4)).value()).isEqualTo(-1);
  }

  /** Ranks 1 2 3 4 against 2 1 4 3: 1 - 6·4/(4·15) = 0.6. */
  @Test
  void the_response_is_spearmans_rank_correlation() {
    assertThat(RESPONSE.of(doses(0.2, 0.4, 0.05, 0.1)).value()).isCloseTo(0.6, within(1e-12));
  }

  /** A seventh of the labels is wrong, so the last layers do not interpolate and do not count. */
  @Test
  void doses_beyond_the_largest_that_interpolates_are_left_out() {
    List<Dose> doses = doses(0.4, 0.2, 0.1, 0.05);
    PlantedClones noisy = CLONES.withNoise(0.5);
    doses.add(
        new Dose(9, subject((network, test, train) -> noisy.networkWithWrongLabels(network, 7))));
    assertThat(RESPONSE.of(doses).value()).isEqualTo(1);

    assertThatThrownBy(() -> RESPONSE.of(doses.subList(1, 5)))
        .isInstanceOf(Unmeasurable.class)
        .hasMessageContaining("only [1.0, 2.0, 3.0]");
  }

  private static Dose dose(double weightDecay, Layers layers) {
    return new Dose(weightDecay, new Subject("clones", WIDTH, 2, new Subject.Chunks(8, 8), layers));
  }

  private static Dose clones(double weightDecay, double noise) {
    PlantedClones clones = WINDOW_CLONES.withNoise(noise);
    return dose(weightDecay, (network, test, train) -> clones.network(network));
  }

  private static Dose unfit(double weightDecay) {
    return dose(
        weightDecay, (network, test, train) -> WINDOW_CLONES.networkWithWrongLabels(network, 7));
  }

  @Test
  void the_window_reaches_from_the_first_dose_with_clones_to_the_last_that_fits() {
    WeightDecayWindow window =
        WeightDecayWindow.of(
            List.of(clones(0, 0.6), clones(1e-3, 0.05), clones(2e-3, 0.01), unfit(1e-2)), RULE);

    assertThat(window.width()).isEqualTo(WIDTH);
    assertThat(window.fitsUpTo()).hasValue(2e-3);
    assertThat(window.rebuiltFrom()).hasValue(1e-3);
    assertThat(window.clonesFrom()).hasValue(1e-3);
    assertThat(window)
        .hasToString("fits up to weight decay 0.002, rebuilt from 0.001 on, clones from 0.001 on");
  }

  /** A shared factor that the chunk misses leaves R² and takes the independence. */
  @Test
  void a_layer_that_is_rebuilt_but_leaves_correlated_noise_is_no_clone() {
    PlantedClones hidden = WINDOW_CLONES.withNoise(0.01).withHiddenFactors(WIDTH, 0.08);
    WeightDecayWindow window =
        WeightDecayWindow.of(
            List.of(dose(1e-3, (network, test, train) -> hidden.network(network))), RULE);

    assertThat(window.rebuiltFrom()).hasValue(1e-3);
    assertThat(window.clonesFrom()).isEmpty();
  }

  @Test
  void networks_that_never_fit_have_no_window() {
    WeightDecayWindow window = WeightDecayWindow.of(List.of(unfit(1e-2)), RULE);

    assertThat(window)
        .hasToString("fits with none tried, rebuilt with none tried, clones with none tried");
    assertThat(window.fitsUpTo()).isEmpty();
    assertThat(window.rebuiltFrom()).isEmpty();
    assertThat(window.clonesFrom()).isEmpty();
  }
}
