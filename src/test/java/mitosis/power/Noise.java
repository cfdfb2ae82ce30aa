package mitosis.power;

import java.util.Arrays;
import java.util.SplittableRandom;

/** How networks of one kind differ from each other. */
final class Noise {

  private Noise() {}

  /**
   * Values of networks about a true one.
   *
   * @param relative their deviation, as a share of it
   */
  static double[] about(double truth, double relative, int seeds, SplittableRandom random) {
    double[] values = new double[seeds];
    Arrays.setAll(values, seed -> truth * (1 + relative * random.nextGaussian()));
    return values;
  }

  /** A factor near 1 whose logarithm has such a deviation. */
  static double factor(double deviation, SplittableRandom random) {
    return Math.exp(deviation * random.nextGaussian());
  }

  /** Shares of images, each counted on so many of them, and drawn with the same probability. */
  static double[] counted(double probability, int images, int seeds, SplittableRandom random) {
    double[] shares = new double[seeds];
    for (int seed = 0; seed < seeds; seed++) {
      int count = 0;
      for (int image = 0; image < images; image++) {
        count += random.nextDouble() < probability ? 1 : 0;
      }
      shares[seed] = (double) count / images;
    }
    return shares;
  }

  /**
   * Critical sizes of networks whose mean training error goes as Σ(w/w*)^-3, so that the root mean
   * cube is that of all together.
   *
   * @param critical the w* of the mean of infinitely many networks
   * @param deviation of the logarithm of w* between networks
   */
  static double[] criticalSizes(
      double critical, double deviation, int seeds, SplittableRandom random) {
    double median = critical / Math.exp(1.5 * deviation * deviation);
    double[] sizes = new double[seeds];
    Arrays.setAll(sizes, seed -> median * factor(deviation, random));
    return sizes;
  }
}
