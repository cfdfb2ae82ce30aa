package mitosis.analysis;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.apache.commons.math3.stat.StatUtils;

/**
 * The inner products of the predictions of S networks, f_s·f_t, and their squared errors, ‖f_s −
 * y‖², mean over blocks of images: all that variance and bias² of any of these networks depend on,
 * in far less memory than their predictions. Predictions and targets are what {@link BiasVariance}
 * takes them to be.
 *
 * @param products S x S x blocks
 * @param risks S x blocks
 */
public record PredictionProducts(double[][][] products, double[][] risks) {

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
    double[][] targets = BiasVariance.targets(predictions[0], labels);
    double[][] risks =
        Arrays.stream(predictions)
            .map(prediction -> means(BiasVariance.squares(prediction, targets), blocks))
            .toArray(double[][]::new);
    return new PredictionProducts(products, risks);
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

  private static double[] means(double[] ofImages, int blocks) {
    int size = ofImages.length / blocks;
    return IntStream.range(0, blocks)
        .mapToDouble(b -> StatUtils.mean(ofImages, b * size, size))
        .toArray();
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

  /**
   * The bias² of some of the networks in each block, what their variance leaves of their mean
   * squared error; noise may bring it a little below 0.
   *
   * @param chosen as above
   * @throws IllegalArgumentException if there are fewer than two
   */
  public double[] squaredBiases(int[] chosen) {
    double[] biases = variances(chosen);
    for (int block = 0; block < biases.length; block++) {
      double risk = 0;
      for (int s : chosen) {
        risk += risks[s][block] / chosen.length;
      }
      biases[block] = risk - biases[block];
    }
    return biases;
  }
}
