package mitosis.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import mitosis.analysis.PlantedClones;
import mitosis.representation.Readout;
import mitosis.representation.Representation;
import mitosis.representation.Split;
import org.junit.jupiter.api.Test;

/** Planted clones of which weight decay, as it were, has switched off as many more neurons. */
class LayersTest {

  private static final int LIVE = 48;
  private static final PlantedClones CLONES =
      PlantedClones.ofWidth(LIVE, 2_000, 2_000, 5).withFeatures(3);

  private static Subject subject(int width, Layers layers) {
    return new Subject("clones", width, 2, new Subject.Chunks(50, 10), layers);
  }

  /** Each neuron is followed by one that does the same at so small a scale. */
  private static Representation withFaded(Representation network, float scale) {
    double[] row =
        Arrays.stream(network.readout().weights()[0])
            .flatMap(w -> Arrays.stream(twice(w)))
            .toArray();
    return new Representation(
        network.name(),
        withFaded(network.test(), scale),
        withFaded(network.train(), scale),
        new Readout(new double[][] {row}, network.readout().biases()));
  }

  private static double[] twice(double weight) {
    return new double[] {weight, weight};
  }

  private static Split withFaded(Split split, float scale) {
    float[][] neurons = new float[2 * split.width()][];
    for (int k = 0; k < split.width(); k++) {
      neurons[2 * k] = split.activities()[k];
      neurons[2 * k + 1] = new float[split.images()];
      for (int image = 0; image < split.images(); image++) {
        neurons[2 * k + 1][image] = scale * split.activities()[k][image];
      }
    }
    return new Split(neurons, split.labels());
  }

  @Test
  void faded_neurons_double_the_critical_width_and_live_ones_alone_have_the_old() {
    CriticalSize rule = new CriticalSize(1e-3);
    Subject whole = subject(LIVE, (network, test, train) -> CLONES.network(network));
    Subject faded =
        subject(2 * LIVE, (network, test, train) -> withFaded(CLONES.network(network), 1e-5f));

    double alone = rule.of(whole);

    assertThat(rule.of(faded)).isGreaterThan(1.6 * alone);
    assertThat(faded.live().width()).isEqualTo(LIVE);
    assertThat(rule.of(faded.live())).isEqualTo(alone);
    assertThat(faded.live().name()).isEqualTo("the live neurons of clones");
  }

  @Test
  void no_live_neuron_of_any_network_is_left_out() {
    Subject differing =
        subject(
            2 * LIVE,
            (network, test, train) ->
                withFaded(CLONES.network(network), network == 0 ? 1e-5f : 0.5f));

    assertThat(differing.live().width()).isEqualTo(2 * LIVE);
  }

  @Test
  void a_layer_that_says_nothing_has_none() {
    Split still = new Split(new float[4][100], new int[100]);
    Arrays.fill(still.labels(), 1);
    Subject dead =
        subject(
            4,
            (network, test, train) ->
                new Representation(
                    "dead",
                    still,
                    still,
                    new Readout(new double[][] {{1, 1, 1, 1}}, new double[] {1})));

    assertThatThrownBy(dead::live)
        .isInstanceOf(Unmeasurable.class)
        .hasMessageContaining("live neurons");
  }

  /** As weight decay leaves it when it is too strong. */
  @Test
  void aLayerOfWhichNoNeuronIsLiveCannotBeRebuilt() {
    Representation clones = CLONES.network(0);
    Representation dead =
        new Representation(
            "dead",
            new Split(new float[LIVE][2_000], clones.test().labels()),
            clones.train(),
            clones.readout());
    Subject switchedOff = subject(LIVE, (network, test, train) -> dead);

    assertThatThrownBy(() -> switchedOff.reconstructions(new int[] {8}))
        .isInstanceOf(Unmeasurable.class)
        .hasMessageContaining("none of the 48 neurons is live");
  }

  @Test
  void correlationsOffAChunkThatLeavesNoTwoNeuronsAreUnmeasurable() {
    Subject clones = subject(LIVE, (network, test, train) -> CLONES.network(network));

    assertThatThrownBy(
            () -> ReconstructionMeasurements.correlation(LIVE - 1, new int[] {8}).of(clones))
        .isInstanceOf(Unmeasurable.class)
        .hasMessageContaining("two live neurons outside a chunk of 47 of 48");
    assertThat(clones.signFlips(LIVE - 1, 2)).isEmpty();
    assertThat(clones.signFlips(LIVE, 2)).isEmpty();
  }

  /** A factor that the chunk cannot find correlates more than any flip does. */
  @Test
  void aSharedFactorCorrelatesMoreThanAnyFlip() {
    int flips = 19;
    PlantedClones hidden = CLONES.withNoise(0.01).withHiddenFactors(LIVE, 0.08);
    Subject correlated = subject(LIVE, (network, test, train) -> hidden.network(network));

    assertThat(correlated.signFlips(12, flips).orElseThrow().absolute().share())
        .isEqualTo(1.0 / (1 + flips));
  }
}
