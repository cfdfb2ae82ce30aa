package mitosis.suite;

import static org.assertj.core.api.Assertions.assertThat;

import mitosis.evidence.CriticalSize;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ControlsTest {

  /** The closed form of PlantedClones is of the mean over all layers; two of them lie around it. */
  @ParameterizedTest
  @CsvSource({"128, 50", "128, 100", "256, 100", "512, 200"})
  void planted_clones_can_be_had_of_a_critical_width(int width, double critical) {
    Controls controls = new Controls(width, 2, 500, 4_000);
    assertThat(new CriticalSize(1e-3).of(controls.plantedClonesOfCriticalWidth(critical)))
        .isBetween(critical / 1.5, critical * 1.5);
    assertThat(new CriticalSize(1e-3).of(controls.plantedNoisyClonesOfCriticalWidth(critical)))
        .isBetween(critical / 1.5, critical * 1.5);
  }
}
