package mitosis.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import mitosis.analysis.PredictionProducts.BiasVariance;
import mitosis.analysis.PredictionProducts.BiasVariance.Part;
import org.apache.commons.math3.stat.StatUtils;
import org.junit.jupiter.api.Test;

class PredictionProductsTest {

  private static final double SURE = 1e3;

  private static final int IMAGES = 12;

  private static double[][][] logits(int networks, int outputs) {
    SplittableRandom random = new SplittableRandom(4);
    double[][][] logits = new double[networks][outputs][IMAGES];
    for (double[][] network : logits) {
      for (double[] output : network) {
        Arrays.setAll(output, image -> 2 * random.nextGaussian());
      }
    }
    return logits;
  }

  private static double mean(double[] blocks) {
    return Arrays.stream(blocks).average().orElseThrow();
  }

  @Test
  void theVarianceIsThatOfBiasAndVariance() {
    double[][][] logits = logits(5, 3);
    int[] labels = new int[IMAGES];
    PredictionProducts products = PredictionProducts.of(logits, labels, 4);

    assertThat(mean(products.variances(new int[] {0, 1, 2, 3, 4})))
        .isCloseTo(
            BiasVariance.ofClasses(logits, labels, ImageWeights.equal(IMAGES)).variance().value(),
            within(1e-12));
    assertThat(mean(products.variances(new int[] {0, 2, 3})))
        .isCloseTo(
            BiasVariance.ofClasses(
                    new double[][][] {logits[0], logits[2], logits[3]},
                    labels,
                    ImageWeights.equal(IMAGES))
                .variance()
                .value(),
            within(1e-12));
  }

  @Test
  void the_squared_bias_is_that_of_bias_and_variance() {
    double[][][] logits = logits(5, 3);
    int[] labels = new SplittableRandom(5).ints(IMAGES, 0, 3).toArray();

    assertThat(
            mean(PredictionProducts.of(logits, labels, 4).squaredBiases(new int[] {0, 1, 2, 3, 4})))
        .isCloseTo(
            BiasVariance.ofClasses(logits, labels, ImageWeights.equal(IMAGES))
                .biasSquared()
                .value(),
            within(1e-12));
  }

  /**
   * Outputs 1 and 1 of label −1 err by 4 and do not vary; 3 and 1 of label 1 err by 2, all
   * variance.
   */
  @Test
  void the_squared_bias_of_a_block_is_of_its_images_alone() {
    double[][][] logits = {{{1, 1, 3, 3}}, {{1, 1, 1, 1}}};
    assertThat(
            PredictionProducts.of(logits, new int[] {-1, -1, 1, 1}, 2)
                .squaredBiases(new int[] {0, 1}))
        .containsExactly(4, 0);
  }

  @Test
  void the_squared_bias_of_networks_of_one_output_is_that_of_bias_and_variance() {
    double[][][] logits = logits(4, 1);
    int[] labels = new int[IMAGES];
    Arrays.fill(labels, -1);
    double[][] signs = Arrays.stream(logits).map(network -> network[0]).toArray(double[][]::new);

    assertThat(mean(PredictionProducts.of(logits, labels, 3).variances(new int[] {0, 1, 2, 3})))
        .isCloseTo(
            BiasVariance.ofSigns(signs, labels, ImageWeights.equal(IMAGES)).variance().value(),
            within(1e-12));
  }

  @Test
  void blocksAreOfSuccessiveImages() {
    double[][][] logits = {{{1, 1, 3, 3}}, {{1, 1, 1, 1}}};
    assertThat(PredictionProducts.of(logits, new int[] {1, 1, 1, 1}, 2).variances(new int[] {0, 1}))
        .containsExactly(0, 2);
  }

  @Test
  void whatDoesNotFitIsRefused() {
    double[][][] logits = logits(2, 1);
    int[] labels = new int[IMAGES];
    Arrays.fill(labels, 1);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PredictionProducts.of(logits, labels, 5))
        .withMessage("12 images do not make 5 equal blocks");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PredictionProducts.of(logits, labels, 4).variances(new int[] {0}))
        .withMessage("a variance takes at least 2 networks, not 1");
    logits[1][0][2] = Double.NaN;
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PredictionProducts.of(logits, labels, 4))
        .withMessage("logit of image 2, output 0, seed 1 is NaN");
  }

  private static void assertClose(Part found, double value, double standardError) {
    assertThat(found.value()).isCloseTo(value, within(1e-12));
    assertThat(found.standardError()).isCloseTo(standardError, within(1e-12));
  }

  /**
   * Two of three networks say class 0, which is right: f̄ = (⅔, ⅓), so the variance is (2·2/9 +
   * 8/9)/2 and the risk 2/3. Without the third both are 0, without another both are 1.
   */
  @Test
  void the_variance_of_networks_that_are_sure_of_different_classes_is_exact() {
    double[][][] logits = {{{SURE}, {0}}, {{SURE}, {0}}, {{0}, {SURE}}};

    BiasVariance found = BiasVariance.ofClasses(logits, new int[] {0}, ImageWeights.equal(1));

    assertThat(found.seeds()).isEqualTo(3);
    assertClose(found.variance(), 2.0 / 3, 2.0 / 3);
    assertClose(found.risk(), 2.0 / 3, 2.0 / 3);
    assertClose(found.biasSquared(), 0, 0);
  }

  /** Equal logits of K classes predict 1/K each: bias² = (1 − 1/K)² + (K−1)/K² = 1 − 1/K. */
  @Test
  void networks_that_know_nothing_have_bias_alone() {
    BiasVariance found =
        BiasVariance.ofClasses(new double[4][5][2], new int[] {3, 0}, ImageWeights.equal(2));

    assertClose(found.variance(), 0, 0);
    assertClose(found.biasSquared(), 0.8, 0);
    assertClose(found.risk(), 0.8, 0);
  }

  @Test
  void bias_and_variance_count_each_image_by_its_weight() {
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
  void bias_and_variance_of_noisy_outputs_are_the_planted_ones() {
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
  void bias_and_variance_of_bad_input_are_refused() {
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
