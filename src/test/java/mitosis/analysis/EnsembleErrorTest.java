package mitosis.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class EnsembleErrorTest {

  @Test
  void averagesLogitsOverAllSubsets() {
    double[][] logits = {{3, -1, 1}, {-1, -1, 2}, {-1, 4, -9}};

    EnsembleError error = EnsembleError.ofSigns(logits, new int[] {1, 1, 1});

    assertThat(error.mistakes())
        .isDeepEqualTo(
            new float[][] {
              {2f / 3, 2f / 3, 1f / 3},
              {1f / 3, 1f / 3, 2f / 3},
              {0, 0, 1}
            });
    assertThat(error.of(2)).isCloseTo(4.0 / 9, within(1e-7));
    assertThat(error.of(2, new ImageWeights(new double[] {0, 0, 5})))
        .isCloseTo(2.0 / 3, within(1e-7));
  }

  @Test
  void averagesLogitsOfSeveralClasses() {
    double[][][] logits = {{{1, 0}, {0, 3}, {0, 0}}, {{0, 2}, {3, 0}, {0, 1}}};

    EnsembleError error = EnsembleError.ofClasses(logits, new int[] {1, 1});

    assertThat(error.mistakes()).isDeepEqualTo(new float[][] {{.5f, .5f}, {0, 0}});
  }

  @Test
  void extrapolatesAStraightLine() {
    // Errors 0.1 + 0.4/n by construction; the single network off the line is left out.
    float[][] mistakes = {{.9f}, {.3f}, {.1f + .4f / 3}, {.2f}};
    EnsembleError error = new EnsembleError(4, mistakes);

    assertThat(error.limit(1)).isCloseTo(0.1, within(1e-6));
    assertThat(new EnsembleError(2, new float[][] {{.5f}, {.3f}}).limit(1))
        .isCloseTo(0.1, within(1e-6));
    float[][] roots = {
      {.9f}, {(float) (.1 + .4 / Math.sqrt(2))}, {(float) (.1 + .4 / Math.sqrt(3))}
    };
    assertThat(new EnsembleError(3, roots).limit(0.5)).isCloseTo(0.1, within(1e-6));
  }

  /** Probit labels: P(y = 1) = Φ(z). The best error is 1/4, and the excess goes like 1/n. */
  @Test
  void findsTheLimitOfNoisyLabels() {
    SplittableRandom random = new SplittableRandom(8);
    int images = 200_000;
    double[][] logits = new double[6][images];
    int[] labels = new int[images];
    for (int image = 0; image < images; image++) {
      double clean = random.nextGaussian();
      labels[image] = clean + random.nextGaussian() > 0 ? 1 : -1;
      for (double[] logit : logits) {
        logit[image] = clean + 0.5 * random.nextGaussian();
      }
    }
    EnsembleError error = EnsembleError.ofSigns(logits, labels);

    assertThat(error.of(6) - 0.25).isGreaterThan(0.004);
    assertThat(error.limit(1)).isCloseTo(0.25, within(0.003));
  }

  @Test
  void findsTheLimitOfPlantedClones() {
    PlantedClones clones = PlantedClones.ofWidth(64, 20_000, 1, 2).withHardShare(1);
    double[][] logits = new double[8][];
    for (int network = 0; network < 8; network++) {
      var layer = clones.network(network);
      logits[network] = layer.readout().logits(layer.test())[0];
    }
    EnsembleError error = EnsembleError.ofSigns(logits, clones.network(0).test().labels());

    assertThat(error.of(1)).isGreaterThan(0.05);
    assertThat(error.of(8) / error.of(2)).isCloseTo(0.5, within(0.15));
    assertThat(error.limit(0.5)).isCloseTo(0, within(0.01));
  }

  @Test
  void drawsSubsetsWhereThereAreMany() {
    SplittableRandom random = new SplittableRandom(8);
    double[][] logits = new double[16][50];
    for (double[] logit : logits) {
      Arrays.setAll(logit, i -> random.nextGaussian());
    }
    int[] labels = new int[50];
    Arrays.fill(labels, 1);

    EnsembleError error = EnsembleError.ofSigns(logits, labels);

    assertThat(error.mistakes()).isDeepEqualTo(EnsembleError.ofSigns(logits, labels).mistakes());
    // Over 1,000 subsets of 8 a fraction is known to 0.016; images of a mean near 0 are near 1/2.
    assertThat(error.of(8)).isCloseTo(0.5, within(0.2));
    assertThat(error.mistakes()[7]).doesNotContain(Float.NaN);
  }

  @Test
  void refusesBadInput() {
    double[][] logits = {{1, 2}, {3, 4}};
    int[] labels = {1, -1};
    EnsembleError one = EnsembleError.ofSigns(new double[][] {{1, 2}}, labels);
    EnsembleError two = EnsembleError.ofSigns(logits, labels);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> EnsembleError.ofSigns(logits, new int[] {1, 0}))
        .withMessageContaining("label of image 1 is 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> EnsembleError.ofSigns(logits, new int[] {1}));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> EnsembleError.ofSigns(new double[0][], labels));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> EnsembleError.ofSigns(new double[][] {{1, Double.NaN}}, labels))
        .withMessageContaining("image 1, output 0, seed 0 is NaN");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> EnsembleError.ofClasses(new double[][][] {{{1}, {1}}, {{1}}}, new int[1]))
        .withMessageContaining("seed 1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> EnsembleError.ofClasses(new double[][][] {{{1}, {1}}}, new int[] {2}));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> EnsembleError.ofClasses(new double[][][] {{{1}}}, new int[1]));
    assertThatIllegalArgumentException().isThrownBy(() -> two.of(3));
    assertThatIllegalArgumentException().isThrownBy(() -> two.of(0));
    assertThatIllegalArgumentException().isThrownBy(() -> two.limit(0));
    assertThatIllegalArgumentException().isThrownBy(() -> one.limit(1));
  }
}
