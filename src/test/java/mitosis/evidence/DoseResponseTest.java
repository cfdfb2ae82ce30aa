package mitosis.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import mitosis.analysis.PlantedClones;
import mitosis.evidence.DoseResponse.Dose;
import org.junit.jupiter.api.Test;

class DoseResponseTest {

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
  void it_is_spearmans() {
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
}
