package mitosis.evidence;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import mitosis.analysis.ImageWeights;
import mitosis.claim.Estimate;
import mitosis.claim.Interval;
import org.apache.commons.math3.distribution.TDistribution;

/**
 * How far a statistic would move with other seeds and other test images: the variance of the
 * jackknife over seeds plus that of the bootstrap over images, in which every curve sees the same
 * resample. The interval is the value ± t·√variance with one degree of freedom fewer than seeds.
 *
 * @param seeds S, at least 2
 * @param images N
 * @param resamples of the images; 0 for statistics that do not depend on test images
 */
public record Resampling(int seeds, int images, int resamples) {

  /** The level of all intervals. */
  public static final double LEVEL = 0.95;

  private static final long STREAM = 1L << 32;

  /**
   * @throws IllegalArgumentException if there are fewer than two seeds: one says nothing of others
   */
  public Resampling {
    if (seeds < 2) {
      throw new IllegalArgumentException(
          "an interval over seeds needs at least two of them, not " + seeds);
    }
  }

  /** A statistic of seeds and of test images. */
  public static Resampling ofSeedsAndImages(int seeds, int images) {
    return new Resampling(seeds, images, 200);
  }

  /** A statistic of seeds alone, such as a training error. */
  public static Resampling ofSeeds(int seeds) {
    return new Resampling(seeds, 1, 0);
  }

  /**
   * The statistic of all seeds and images, and its interval.
   *
   * @throws IllegalArgumentException if the statistic is not a finite number, on the whole or on a
   *     resample: none is dropped
   */
  public Estimate estimate(Statistic statistic) {
    int[] all = IntStream.range(0, seeds).toArray();
    double value = statistic.of(all, ImageWeights.equal(images));
    double half = quantile() * Math.sqrt(variance(statistic, all));
    return new Estimate(value, new Interval(value - half, value + half), LEVEL);
  }

  /**
   * The ratio of two statistics with Fieller's interval (1954): all r for which numerator − r ·
   * denominator is not told apart from 0. Unlike the ratio's own deviation it holds when the
   * denominator is not far from 0; when that itself is not told apart from 0 the interval is
   * everything.
   *
   * @throws IllegalArgumentException if a statistic is not a finite number on a resample
   */
  public Estimate ratio(Statistic numerator, Statistic denominator) {
    int[] all = IntStream.range(0, seeds).toArray();
    double above = numerator.of(all, ImageWeights.equal(images));
    double below = denominator.of(all, ImageWeights.equal(images));
    double varianceAbove = variance(numerator, all);
    double varianceBelow = variance(denominator, all);
    double covariance =
        (variance((s, i) -> numerator.of(s, i) + denominator.of(s, i), all)
                - varianceAbove
                - varianceBelow)
            / 2;
    double t2 = quantile() * quantile();
    // (above − r·below)² = t²·(varianceAbove − 2·r·covariance + r²·varianceBelow)
    double a = below * below - t2 * varianceBelow;
    double b = above * below - t2 * covariance;
    double c = above * above - t2 * varianceAbove;
    double discriminant = b * b - a * c;
    Interval interval =
        a > 0 && discriminant >= 0
            ? new Interval((b - Math.sqrt(discriminant)) / a, (b + Math.sqrt(discriminant)) / a)
            : new Interval(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
    return new Estimate(above / below, interval, LEVEL);
  }

  private double variance(Statistic statistic, int[] all) {
    return jackknife(statistic) + bootstrap(statistic, all);
  }

  private double quantile() {
    return new TDistribution(seeds - 1).inverseCumulativeProbability((1 + LEVEL) / 2);
  }

  private double jackknife(Statistic statistic) {
    double[] values =
        IntStream.range(0, seeds)
            .mapToDouble(left -> statistic.of(allBut(left), ImageWeights.equal(images)))
            .toArray();
    return sumOfSquares(values) * (seeds - 1) / seeds;
  }

  private int[] allBut(int left) {
    return IntStream.range(0, seeds).filter(seed -> seed != left).toArray();
  }

  private double bootstrap(Statistic statistic, int[] all) {
    if (resamples == 0) {
      return 0;
    }
    double[] values =
        IntStream.range(0, resamples)
            .parallel()
            .mapToDouble(
                k ->
                    statistic.of(
                        all,
                        ImageWeights.resampled(images, new SplittableRandom(STREAM + (long) k))))
            .toArray();
    return sumOfSquares(values) / (resamples - 1);
  }

  private static double sumOfSquares(double[] values) {
    double mean = Arrays.stream(values).average().orElseThrow();
    double sum = Arrays.stream(values).map(value -> (value - mean) * (value - mean)).sum();
    if (!Double.isFinite(sum)) {
      throw new IllegalArgumentException(
          "the statistic of a resample is not a finite number: " + Arrays.toString(values));
    }
    return sum;
  }
}
