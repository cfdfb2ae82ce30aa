package mitosis.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import mitosis.model.Architecture;
import mitosis.model.FullyConnected;
import mitosis.model.Parameter;
import org.junit.jupiter.api.Test;

class InitialisationTest {

  private static final Architecture NETWORK = new FullyConnected(10, 3, 24, true);
  private static final Initialisation INITIALISATION =
      new Initialisation(Initialisation.Weight.ORTHOGONAL, Initialisation.Gamma.UNIFORM);

  @Test
  void linear_maps_have_orthonormal_rows_or_columns() {
    Map<String, float[]> drawn = INITIALISATION.draw(NETWORK, List.of(5));
    int maps = 0;
    for (Parameter parameter : NETWORK.parameters()) {
      if (parameter.kind() == Parameter.Kind.WEIGHT) {
        expectOrthonormal(
            parameter.name(),
            drawn.get(parameter.name()),
            parameter.shape().get(0),
            parameter.shape().get(1));
        maps++;
      }
    }
    assertThat(maps).isEqualTo(4);
  }

  private static void expectOrthonormal(String name, float[] map, int rows, int columns) {
    int few = Math.min(rows, columns);
    int many = Math.max(rows, columns);
    for (int a = 0; a < few; a++) {
      for (int b = 0; b < few; b++) {
        double product = 0;
        for (int k = 0; k < many; k++) {
          product +=
              rows <= columns
                  ? (double) map[a * columns + k] * map[b * columns + k]
                  : (double) map[k * columns + a] * map[k * columns + b];
        }
        assertThat(product).as("%s: %d · %d", name, a, b).isCloseTo(a == b ? 1 : 0, within(1e-6));
      }
    }
  }

  /** Under the uniform distribution an entry of a 24 x 24 map has mean 0 and variance 1/24. */
  @Test
  void the_entries_of_a_map_have_the_moments_of_the_uniform_distribution() {
    int seeds = 200;
    float[] maps = INITIALISATION.draw(NETWORK, range(seeds)).get("body.3.weight");
    for (int entry : new int[] {0, 1, 24, 575}) {
      double sum = 0;
      double squares = 0;
      for (int s = 0; s < seeds; s++) {
        sum += maps[s * 576 + entry];
        squares += maps[s * 576 + entry] * maps[s * 576 + entry];
      }
      // Standard errors: √(1/24/200) = 0.0144; about √2/24/√200 = 0.0042.
      assertThat(sum / seeds).as("mean of entry %d", entry).isCloseTo(0, within(0.058));
      assertThat(squares / seeds)
          .as("square of entry %d", entry)
          .isCloseTo(1 / 24.0, within(0.017));
    }
  }

  @Test
  void scales_lie_between_0_and_1_with_their_mean_near_a_half() {
    float[] gammas = INITIALISATION.draw(NETWORK, range(100)).get("body.1.weight");
    double sum = 0;
    for (float gamma : gammas) {
      assertThat(gamma).isBetween(0f, 1f);
      sum += gamma;
    }
    // 2,400 numbers: the standard error is 0.0059.
    assertThat(sum / gammas.length).isCloseTo(0.5, within(0.024));
  }

  @Test
  void scales_can_all_start_at_one() {
    float[] gammas =
        new Initialisation(Initialisation.Weight.ORTHOGONAL, Initialisation.Gamma.ONE)
            .draw(NETWORK, List.of(1))
            .get("body.1.weight");
    assertThat(gammas).containsOnly(1f);
  }

  @Test
  void offsets_start_at_zero_and_running_statistics_at_0_and_1() {
    Map<String, float[]> drawn = INITIALISATION.draw(NETWORK, List.of(1, 2));
    for (Parameter parameter : NETWORK.parameters()) {
      if (parameter.kind() == Parameter.Kind.BIAS) {
        assertThat(drawn.get(parameter.name())).hasSize(2 * parameter.size()).containsOnly(0f);
      }
    }
    assertThat(drawn.get("body.1.running_mean")).hasSize(48).containsOnly(0f);
    assertThat(drawn.get("body.1.running_var")).hasSize(48).containsOnly(1f);
  }

  @Test
  void a_seeds_weights_do_not_depend_on_the_seeds_beside_it() {
    Map<String, float[]> alone = INITIALISATION.draw(NETWORK, List.of(7));
    Map<String, float[]> fused = INITIALISATION.draw(NETWORK, List.of(3, 7, 1));
    alone.forEach(
        (name, value) ->
            assertThat(Arrays.copyOfRange(fused.get(name), value.length, 2 * value.length))
                .as(name)
                .isEqualTo(value));
  }

  @Test
  void no_two_maps_of_one_seed_and_no_two_seeds_are_alike() {
    Map<String, float[]> drawn = INITIALISATION.draw(NETWORK, List.of(0, 1));
    float[] second = drawn.get("body.3.weight");
    float[] third = drawn.get("body.6.weight");
    assertThat(Arrays.copyOf(second, 576)).isNotEqualTo(Arrays.copyOfRange(second, 576, 1152));
    assertThat(second).isNotEqualTo(third);
  }

  private static List<Integer> range(int seeds) {
    return java.util.stream.IntStream.range(0, seeds).boxed().toList();
  }
}
