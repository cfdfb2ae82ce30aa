package mitosis.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import mitosis.analysis.PlantedClones;
import mitosis.evidence.DoseResponse.Dose;
import org.junit.jupiter.api.Test;

class DoseWindowTest {

  private static final DoseWindow.Rule RULE =
      new DoseWindow.Rule(
          new CriticalSize(1e-3), 64, r2 -> r2 >= 0.98, correlation -> correlation <= 0.06);

  private static final int WIDTH = 64;

  private static final PlantedClones CLONES = PlantedClones.ofWidth(WIDTH, 1_000, 300, 3);

  private static Dose dose(double weightDecay, Layers layers) {
    return new Dose(weightDecay, new Subject("clones", WIDTH, 2, new Subject.Chunks(8, 8), layers));
  }

  private static Dose clones(double weightDecay, double noise) {
    PlantedClones clones = CLONES.withNoise(noise);
    return dose(weightDecay, (network, test, train) -> clones.network(network));
  }

  private static Dose unfit(double weightDecay) {
    return dose(weightDecay, (network, test, train) -> CLONES.networkWithWrongLabels(network, 7));
  }

  @Test
  void it_reaches_from_the_first_dose_with_clones_to_the_last_that_fits() {
    DoseWindow window =
        DoseWindow.of(
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
  void what_is_rebuilt_but_leaves_correlated_noise_is_no_clone() {
    PlantedClones hidden = CLONES.withNoise(0.01).withHiddenFactors(WIDTH, 0.08);
    DoseWindow window =
        DoseWindow.of(List.of(dose(1e-3, (network, test, train) -> hidden.network(network))), RULE);

    assertThat(window.rebuiltFrom()).hasValue(1e-3);
    assertThat(window.clonesFrom()).isEmpty();
  }

  @Test
  void networks_that_never_fit_have_none() {
    DoseWindow window = DoseWindow.of(List.of(unfit(1e-2)), RULE);

    assertThat(window)
        .hasToString("fits with none tried, rebuilt with none tried, clones with none tried");
    assertThat(window.fitsUpTo()).isEmpty();
    assertThat(window.rebuiltFrom()).isEmpty();
    assertThat(window.clonesFrom()).isEmpty();
  }
}
