package mitosis.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import mitosis.analysis.BiasVariance.Part;
import org.apache.commons.math3.stat.StatUtils;
import org.junit.jupiter.api.Test;

class BiasVarianceTest {

  private static final double SURE = 1e3;

  private static void assertClose(Part found, double value, double standardError) {
    assertThat(found.value()).isCloseTo(value, within(1e-12));
    assertThat(found.standardError()).isCloseTo(standardError, within(1e-12));
  }

  /**
   * Two of three networks say class 0, which is right: f̄ = (⅔, ⅓), so the variance is (2·2/9 +
   * 8/9)/2 and the risk 2/3. Without the third both are 0, without another both are 1.
   */
  @Test
  void networksThatAreSureOfDifferentClasses() {
    double[][][] logits = {{{SURE}, {0}}, {{SURE}, {0}}, {{0}, {SURE}}};

    BiasVariance found = BiasVariance.ofClasses(logits, new int[] {0}, ImageWeights.equal(1));

    assertThat(found.seeds()).isEqualTo(3);
    assertClose(found.variance(), 2.0 / 3, 2.0 / 3);
    assertClose(found.risk(), 2.0 / 3, 2.0 / 3);
    assertClose(found.biasSquared(), 0, 0);
  }

  /** Equal logits of K classes predict 1/K each: bias² = (1 − 1/K)² + (K−1)/K² = 1 − 1/K. */
  @Test
  void networksThatKnowNothingHaveBiasAlone() {
    BiasVariance found =
        BiasVariance.ofClasses(new double[4][5][2], new int[] {3, 0}, ImageWeights.equal(2));

    assertClose(found.variance(), 0, 0);
    assertClose(found.biasSquared(), 0.8, 0);
    assertClose(found.risk(), 0.8, 0);
  }

  @Test
  void imagesCanBeWeighted() {
    double[][] logits = {{1, 0}, {1, 0}, {1, 3}};
    int[] labels = {1, 1};

    BiasVariance first =
        BiasVariance.ofSigns(logits, labels, new ImageWeights(new double[] {1, 0}));
    BiasVariance second =
        BiasVariance.ofSigns(logits, labels, new ImageWeights(new double[] {0, 2}));

    assertClose(first.risk(), 0, 0);
    assertThat(second.variance().value()).isCloseTo(3, within(1e-12));
    assertThat(second.risk().value()).isCloseTo(2, within(1e-12));
    assertThat(second.biasSquared().value()).isCloseTo(-1, within(1e-12));
  }

  /** f = c·y + σ·g: bias² = (1 − c)² and variance σ², estimated without bias from few networks. */
  @Test
  void findsTheBiasAndVarianceOfNoisyOutputs() {
    SplittableRandom random = new SplittableRandom(1);
    int groups = 200;
    double[] biases = new double[groups];
    double[] variances = new double[groups];
    double[] errors = new double[groups];
    for (int group = 0; group < groups; group++) {
      int[] labels = random.ints(50, 0, 2).map(label -> 2 * label - 1).toArray();
      double[][] logits = new double[5][50];
      for (double[] logit : logits) {
        // Networks differ in how far off they are on all images alike, too.
        double common = 0.2 * random.nextGaussian();
        Arrays.setAll(logit, i -> labels[i] * (0.6 + common) + 0.5 * random.nextGaussian());
      }
      BiasVariance found = BiasVariance.ofSigns(logits, labels, ImageWeights.equal(50));
      biases[group] = found.biasSquared().value();
      variances[group] = found.variance().value();
      errors[group] = found.variance().standardError();
    }

    double deviation = Math.sqrt(StatUtils.variance(variances));
    double biasDeviation = Math.sqrt(StatUtils.variance(biases));
    assertThat(StatUtils.mean(variances))
        .isCloseTo(0.25 + 0.04, within(4 * deviation / Math.sqrt(groups)));
    assertThat(StatUtils.mean(biases))
        .isCloseTo(0.16, within(4 * biasDeviation / Math.sqrt(groups)));
    // Efron and Stein: a jackknife errs upwards, if at all; few networks know it roughly.
    assertThat(StatUtils.mean(errors) / deviation).isBetween(0.8, 1.5);
  }

  @Test
  void refusesBadInput() {
    ImageWeights one = ImageWeights.equal(1);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> BiasVariance.ofSigns(new double[2][1], new int[] {1}, one))
        .withMessageContaining("at least 3 networks, but there are 2");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> BiasVariance.ofSigns(new double[3][1], new int[] {0}, one))
        .withMessageContaining("label of image 0 is 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> BiasVariance.ofClasses(new double[3][2][1], new int[] {2}, one));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> BiasVariance.ofSigns(new double[][] {{1}, {Double.NaN}, {1}}, new int[] {1}, one))
        .withMessageContaining("seed 1 is NaN");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> BiasVariance.ofSigns(new double[3][1], new int[] {1}, ImageWeights.equal(2)));
  }
}
