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
        .map(PredictionProducts::probabilities)
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

  /**
   * log Σ e^z_k, safe from overflow.
   *
   * @param logits K x N
   * @param image one of the N
   */
  static double logarithmOfSum(double[][] logits, int image) {
    double largest = logits[0][image];
    for (double[] output : logits) {
      largest = Math.max(largest, output[image]);
    }
    double sum = 0;
    for (double[] output : logits) {
      sum += Math.exp(output[image] - largest);
    }
    return largest + Math.log(sum);
  }

  /**
   * The probabilities that the outputs of all images stand for: e^z_k / Σ e^z_j.
   *
   * @param logits K x N; not modified
   * @return K x N
   */
  static double[][] probabilities(double[][] logits) {
    double[][] probabilities = new double[logits.length][logits[0].length];
    for (int image = 0; image < logits[0].length; image++) {
      double logarithm = logarithmOfSum(logits, image);
      for (int output = 0; output < logits.length; output++) {
        probabilities[output][image] = Math.exp(logits[output][image] - logarithm);
      }
    }
    return probabilities;
  }

  /**
   * The bias² and the variance of networks that differ in seed, or in what they were trained on, by
   * the squared error (P22 §4 and figure S5, after Yang, Yu, You, Steinhardt and Ma 2020,
   * <em>ICML</em> 119, 10767).
   *
   * <p>An image's prediction f is the softmax of a network's K outputs and its target y the
   * indicator of its class; of a network with one output f is the output and y the label, −1 or +1.
   * Risk is the mean of ‖f − y‖² over images and networks, variance the mean over images of Σ_s
   * ‖f_s − f̄‖²/(S−1), and bias² what is left. So all three are unbiased, for infinitely many
   * networks too; noise may bring bias² a little below 0.
   *
   * <p>Yang et al. train each network on another part of the training set, which is in their
   * variance. Networks that differ in seed alone have less.
   *
   * @param seeds the number S of networks
   * @param biasSquared risk − variance
   * @param variance not negative
   * @param risk not negative
   */
  public record BiasVariance(int seeds, Part biasSquared, Part variance, Part risk) {

    private static final int LEAST_SEEDS = 3;

    /**
     * A part of the squared error.
     *
     * @param value as above
     * @param standardError by the jackknife over networks; says nothing of other images
     */
    public record Part(double value, double standardError) {}

    /**
     * Measures networks of several outputs.
     *
     * @param logits S x K x N, seed by output by image, S at least 3, K at least 2; finite
     * @param labels N labels, 0 to K−1
     * @param images N weights
     * @throws IllegalArgumentException if there are fewer than three networks or no image, seeds
     *     differ in shape, a logit is not finite, a label is out of range, or there aren't N
     *     weights
     */
    public static BiasVariance ofClasses(double[][][] logits, int[] labels, ImageWeights images) {
      double[][][] predictions =
          Arrays.stream(EnsembleError.classes(logits, labels))
              .parallel()
              .map(PredictionProducts::probabilities)
              .toArray(double[][][]::new);
      return measure(predictions, labels, images);
    }

    /**
     * Measures networks of one output.
     *
     * @param logits S x N, seed by image, S at least 3; finite
     * @param labels N labels, −1 or +1
     * @param images N weights
     * @throws IllegalArgumentException as {@link #ofClasses}
     */
    public static BiasVariance ofSigns(double[][] logits, int[] labels, ImageWeights images) {
      return measure(EnsembleError.signs(logits, labels), labels, images);
    }

    private static BiasVariance measure(
        double[][][] predictions, int[] labels, ImageWeights images) {
      int seeds = predictions.length;
      if (seeds < LEAST_SEEDS) {
        throw new IllegalArgumentException(
            "variance and its error take at least %d networks, but there are %d"
                .formatted(LEAST_SEEDS, seeds));
      }
      double[] risks = new double[seeds];
      double[] spreads = new double[seeds];
      for (int seed = 0; seed < seeds; seed++) {
        risks[seed] = images.mean(squares(predictions[seed], targets(predictions[seed], labels)));
      }
      double[][] mean = mean(predictions);
      for (int seed = 0; seed < seeds; seed++) {
        spreads[seed] = images.mean(squares(predictions[seed], mean));
      }
      double risk = StatUtils.mean(risks);
      double spread = StatUtils.sum(spreads);
      double variance = spread / (seeds - 1);
      double[] riskWithout =
          Arrays.stream(risks).map(one -> (seeds * risk - one) / (seeds - 1)).toArray();
      // The others' spread about their own mean: that about the common one, less what that is off.
      double[] varianceWithout =
          Arrays.stream(spreads)
              .map(one -> (spread - one * seeds / (seeds - 1)) / (seeds - 2))
              .toArray();
      double[] biasWithout =
          IntStream.range(0, seeds).mapToDouble(s -> riskWithout[s] - varianceWithout[s]).toArray();
      return new BiasVariance(
          seeds,
          new Part(risk - variance, jackknife(biasWithout)),
          new Part(variance, jackknife(varianceWithout)),
          new Part(risk, jackknife(riskWithout)));
    }

    private static double jackknife(double[] without) {
      return Math.sqrt((without.length - 1) * StatUtils.populationVariance(without));
    }

    /** K x N: what a perfect network would predict. */
    static double[][] targets(double[][] prediction, int[] labels) {
      double[][] targets = new double[prediction.length][labels.length];
      for (int image = 0; image < labels.length; image++) {
        if (targets.length == 1) {
          targets[0][image] = labels[image];
        } else {
          targets[labels[image]][image] = 1;
        }
      }
      return targets;
    }

    private static double[][] mean(double[][][] predictions) {
      double[][] mean = new double[predictions[0].length][predictions[0][0].length];
      for (double[][] prediction : predictions) {
        for (int output = 0; output < mean.length; output++) {
          for (int image = 0; image < mean[output].length; image++) {
            mean[output][image] += prediction[output][image] / predictions.length;
          }
        }
      }
      return mean;
    }

    /** The squared distance of two predictions on each image. */
    static double[] squares(double[][] one, double[][] other) {
      double[] squares = new double[one[0].length];
      for (int output = 0; output < one.length; output++) {
        for (int image = 0; image < squares.length; image++) {
          double apart = one[output][image] - other[output][image];
          squares[image] += apart * apart;
        }
      }
      return squares;
    }
  }
}
