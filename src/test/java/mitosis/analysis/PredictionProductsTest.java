package mitosis.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PredictionProductsTest {

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
  void soIsTheSquaredBias() {
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
  void biasIsOfItsBlockToo() {
    double[][][] logits = {{{1, 1, 3, 3}}, {{1, 1, 1, 1}}};
    assertThat(
            PredictionProducts.of(logits, new int[] {-1, -1, 1, 1}, 2)
                .squaredBiases(new int[] {0, 1}))
        .containsExactly(4, 0);
  }

  @Test
  void soItIsOfOneOutput() {
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
}
