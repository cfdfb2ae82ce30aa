package mitosis.analysis;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * How often each image counts in a mean over images: once each, or as a bootstrap drew it. Curves
 * that are averaged with the same weights are paired over images.
 *
 * @param weights N weights, finite, not negative, not all zero
 */
public record ImageWeights(double[] weights) {

  /**
   * @throws IllegalArgumentException if a weight is negative or not finite, or if their sum is zero
   */
  public ImageWeights {
    for (int image = 0; image < weights.length; image++) {
      if (!(weights[image] >= 0 && weights[image] <= Double.MAX_VALUE)) {
        throw new IllegalArgumentException(
            "weight of image %d is %s, but must be at least 0".formatted(image, weights[image]));
      }
    }
    if (!(Arrays.stream(weights).sum() > 0)) {
      throw new IllegalArgumentException("the weights of all images are zero");
    }
  }

  /** Every one of N images counts once. */
  public static ImageWeights equal(int images) {
    double[] weights = new double[images];
    Arrays.fill(weights, 1);
    return new ImageWeights(weights);
  }

  /** As many images as there are, drawn with replacement: one draw of a bootstrap. */
  public static ImageWeights resampled(int images, RandomGenerator random) {
    double[] weights = new double[images];
    for (int draw = 0; draw < images; draw++) {
      weights[random.nextInt(images)]++;
    }
    return new ImageWeights(weights);
  }

  /**
   * The weighted mean.
   *
   * @param perImage N numbers
   * @throws IllegalArgumentException if there are more or fewer numbers than weights
   */
  public double mean(float[] perImage) {
    return means(new float[][] {perImage})[0];
  }

  /**
   * The weighted means of several curves over the same images.
   *
   * @param perImage C x N numbers
   * @return C means
   * @throws IllegalArgumentException if there are more or fewer numbers than weights
   */
  public double[] means(float[][] perImage) {
    for (float[] curve : perImage) {
      requireAsMany(curve.length);
    }
    double[] sums = new double[perImage.length];
    double total = 0;
    // All in one pass: each sum has to wait for its last addition, but not for the others'.
    for (int image = 0; image < weights.length; image++) {
      double weight = weights[image];
      for (int curve = 0; curve < sums.length; curve++) {
        sums[curve] += weight * perImage[curve][image];
      }
      total += weight;
    }
    for (int curve = 0; curve < sums.length; curve++) {
      sums[curve] /= total;
    }
    return sums;
  }

  private void requireAsMany(int images) {
    if (images != weights.length) {
      throw new IllegalArgumentException(
          "%d weights are given for %d images".formatted(weights.length, images));
    }
  }

  /**
   * The weighted mean.
   *
   * @param perImage N numbers
   * @throws IllegalArgumentException if there are more or fewer numbers than weights
   */
  public double mean(double[] perImage) {
    requireAsMany(perImage.length);
    double sum = 0;
    double total = 0;
    for (int image = 0; image < weights.length; image++) {
      sum += weights[image] * perImage[image];
      total += weights[image];
    }
    return sum / total;
  }
}
