package mitosis.analysis;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The inner products of the predictions of S networks, f_s·f_t, mean over blocks of images: all
 * that the variance of any of these networks depends on, in far less memory than their predictions.
 * A prediction is what {@link BiasVariance} takes it to be.
 *
 * @param products S x S x blocks
 */
public record PredictionProducts(double[][][] products) {

  /**
   * Measures networks of one output or of several.
   *
   * @param logits S x K x N, S at least 2; finite
   * @param labels N labels: −1 or +1 where K is 1, else 0 to K−1
   * @param blocks of as many successive images each, a divisor of N
   * @throws IllegalArgumentException if logits and labels are not such as {@link EnsembleError}
   *     takes, or N is no multiple of the number of blocks
   */
  public static PredictionProducts of(double[][][] logits, int[] labels, int blocks) {
    if (blocks < 1 || labels.length % blocks != 0) {
      throw new IllegalArgumentException(
          "%d images do not make %d equal blocks".formatted(labels.length, blocks));
    }
    double[][][] predictions = predictions(logits, labels);
    int networks = predictions.length;
    double[][][] products = new double[networks][networks][];
    IntStream.range(0, networks)
        .parallel()
        .forEach(
            s -> {
              for (int t = 0; t <= s; t++) {
                products[s][t] = product(predictions[s], predictions[t], blocks);
              }
            });
    for (int s = 0; s < networks; s++) {
      for (int t = s + 1; t < networks; t++) {
        products[s][t] = products[t][s];
      }
    }
    return new PredictionProducts(products);
  }

  private static double[][][] predictions(double[][][] logits, int[] labels) {
    if (logits.length > 0 && logits[0].length == 1) {
      return EnsembleError.signs(
          Arrays.stream(logits).map(network -> network[0]).toArray(double[][]::new), labels);
    }
    return Arrays.stream(EnsembleError.classes(logits, labels))
        .parallel()
        .map(Softmax::probabilities)
        .toArray(double[][][]::new);
  }

  private static double[] product(double[][] one, double[][] other, int blocks) {
    int size = one[0].length / blocks;
    double[] means = new double[blocks];
    for (int output = 0; output < one.length; output++) {
      for (int image = 0; image < one[output].length; image++) {
        means[image / size] += one[output][image] * other[output][image] / size;
      }
    }
    return means;
  }

  /** The number S of networks. */
  public int networks() {
    return products.length;
  }

  /** The number of blocks of images. */
  public int blocks() {
    return products[0][0].length;
  }

  /**
   * The variance of some of the networks in each block, (Σ_s f_s·f_s − Σ_st f_s·f_t / n) / (n−1).
   *
   * @param chosen n of the networks, at least 2, by position
   * @throws IllegalArgumentException if there are fewer than two
   */
  public double[] variances(int[] chosen) {
    if (chosen.length < 2) {
      throw new IllegalArgumentException(
          "a variance takes at least 2 networks, not " + chosen.length);
    }
    double[] variances = new double[blocks()];
    for (int s : chosen) {
      for (int t : chosen) {
        double weight = ((s == t ? 1 : 0) - 1.0 / chosen.length) / (chosen.length - 1);
        for (int block = 0; block < variances.length; block++) {
          variances[block] += weight * products[s][t][block];
        }
      }
    }
    return variances;
  }
}
