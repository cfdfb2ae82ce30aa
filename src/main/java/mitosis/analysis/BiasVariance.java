package mitosis.analysis;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.apache.commons.math3.stat.StatUtils;

/**
 * The bias² and the variance of networks that differ in seed, or in what they were trained on, by
 * the squared error (P22 §4 and figure S5, after Yang, Yu, You, Steinhardt and Ma 2020,
 * <em>ICML</em> 119, 10767).
 *
 * <p>An image's prediction f is the softmax of a network's K outputs and its target y the indicator
 * of its class; of a network with one output f is the output and y the label, −1 or +1. Risk is the
 * mean of ‖f − y‖² over images and networks, variance the mean over images of Σ_s ‖f_s −
 * f̄‖²/(S−1), and bias² what is left. So all three are unbiased, for infinitely many networks too;
 * noise may bring bias² a little below 0.
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
   *     differ in shape, a logit is not finite, a label is out of range, or there aren't N weights
   */
  public static BiasVariance ofClasses(double[][][] logits, int[] labels, ImageWeights images) {
    double[][][] predictions =
        Arrays.stream(EnsembleError.classes(logits, labels))
            .parallel()
            .map(Softmax::probabilities)
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

  private static BiasVariance measure(double[][][] predictions, int[] labels, ImageWeights images) {
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
