package mitosis.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Of deviations that are known in closed form: of a neuron that is ±d on half of the images, d. */
class LiveNeuronsTest {

  private static float[] swinging(double deviation, double mean) {
    return new float[] {
      (float) (mean - deviation), (float) (mean + deviation),
      (float) (mean - deviation), (float) (mean + deviation)
    };
  }

  @Test
  void a_neuron_below_a_thousandth_of_the_largest_deviation_is_not_live() {
    float[][] layer = {
      swinging(0.0009, 0), swinging(1, 5), swinging(0, 3), swinging(0.0011, 0), swinging(0.5, -2)
    };

    LiveNeurons live = LiveNeurons.of(layer);

    assertThat(live.count()).isEqualTo(3);
    assertThat(live.byActivity()).containsExactly(1, 4, 3, 0, 2);
    assertThat(live.mostActive(3)).containsExactly(1, 3, 4);
  }

  @Test
  void the_unit_of_activity_does_not_matter() {
    float[][] tiny = {swinging(1e-9, 0), swinging(1e-13, 0)};
    float[][] large = {swinging(1e9, 0), swinging(1e5, 0)};

    assertThat(LiveNeurons.of(tiny).count()).isEqualTo(1);
    assertThat(LiveNeurons.of(large).count()).isEqualTo(1);
  }

  @Test
  void a_constant_layer_has_none() {
    assertThat(LiveNeurons.of(new float[][] {swinging(0, 1), swinging(0, 0)}).count()).isZero();
  }
}
