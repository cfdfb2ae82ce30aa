package mitosis.evidence;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import mitosis.analysis.ImageWeights;
import mitosis.claim.Estimate;
import mitosis.claim.Interval;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.apache.commons.math3.distribution.RealDistribution;
import org.apache.commons.math3.distribution.TDistribution;

/**
 * How far a statistic would move with other seeds and other test images.
 *
 * <p>Its variance is that of the jackknife over seeds, V_s, plus that of the bootstrap over images,
 * V_i, in which every curve sees the same resample, less what is in both: what one network does on
 * one image moves the statistic whether the network or the image is drawn anew (Owen 2007, <em>Ann.
 * Appl. Stat.</em> 1, 386). That part, V_si, is how much the jackknife's deviations of single seeds
 * vary over resamples of the images. The interval is the value ± t·√(V_s + V_i − V_si). V_s is
 * known from few seeds and the rest from many images, so t has (S−1)·(V/V_s)² degrees of freedom
 * (Satterthwaite 1946).
 *
 * <p>For one network alone V is V_i, and the interval says nothing of other seeds.
 *
 * @param seeds S, at least 2, or 1 where images are resampled
 * @param images N
 * @param resamples of the images; 0 for statistics that do not depend on test images
 */
public record Resampling(int seeds, int images, int resamples) {

  /** The level of all intervals. */
  public static final double LEVEL = 0.95;

  private static final long STREAM = 1L << 32;

  /** From here on Student's distribution is the normal one. */
  private static final double MANY = 1e6;

  /**
   * @throws IllegalArgumentException if there are fewer than two seeds: one says nothing of others
   */
  public Resampling {
    if (seeds < 1 || seeds == 1 && resamples == 0) {
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
    return estimate(statistic, variance(statistic));
  }

  private Estimate estimate(Statistic statistic, Variance variance) {
    double value = statistic.of(all(), ImageWeights.equal(images));
    double half = quantile(variance) * Math.sqrt(variance.total());
    return new Estimate(value, new Interval(value - half, value + half), LEVEL);
  }

  /**
   * The same of a statistic that depends on test images which cannot be resampled, such as one of
   * distances between them: their part of the variance is added to that of the seeds.
   *
   * @param ofImages the statistic's deviation over images, found by other means
   * @throws IllegalArgumentException as above
   */
  public Estimate estimate(Statistic statistic, double ofImages) {
    Variance variance = variance(statistic);
    return estimate(
        statistic, new Variance(variance.ofSeeds(), variance.total() + ofImages * ofImages));
  }

  /** The square root of V. */
  double deviation(Statistic statistic) {
    return Math.sqrt(variance(statistic).total());
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
    double above = numerator.of(all(), ImageWeights.equal(images));
    double below = denominator.of(all(), ImageWeights.equal(images));
    double[][] aboves = values(numerator);
    double[][] belows = values(denominator);
    Variance ofDifference = variance(combined(aboves, belows, -above / below));
    double varianceAbove = variance(aboves).total();
    double varianceBelow = variance(belows).total();
    double covariance =
        (variance(combined(aboves, belows, 1)).total() - varianceAbove - varianceBelow) / 2;
    double t2 = Math.pow(quantile(ofDifference), 2);
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

  /**
   * @param ofSeeds V_s, by the jackknife
   * @param total V
   */
  private record Variance(double ofSeeds, double total) {}

  private Variance variance(Statistic statistic) {
    return variance(values(statistic));
  }

  /**
   * The statistic without each seed and last of all: in the first row on all images, and in the
   * others on resamples of them.
   */
  private double[][] values(Statistic statistic) {
    double[][] values = new double[resamples + 1][];
    values[0] = row(statistic, ImageWeights.equal(images));
    IntStream.rangeClosed(1, resamples)
        .parallel()
        .forEach(
            k ->
                values[k] =
                    row(
                        statistic,
                        ImageWeights.resampled(images, new SplittableRandom(STREAM + k - 1L))));
    return values;
  }

  private double[] row(Statistic statistic, ImageWeights weights) {
    double[] row = new double[seeds + 1];
    for (int left = 0; left < seeds && seeds > 1; left++) {
      row[left] = statistic.of(allBut(left), weights);
    }
    row[seeds] = statistic.of(all(), weights);
    return row;
  }

  /** The values of one statistic plus a multiple of another's. */
  private static double[][] combined(double[][] one, double[][] other, double factor) {
    double[][] sums = new double[one.length][one[0].length];
    for (int k = 0; k < sums.length; k++) {
      for (int i = 0; i < sums[k].length; i++) {
        sums[k][i] = one[k][i] + factor * other[k][i];
      }
    }
    return sums;
  }

  private Variance variance(double[][] values) {
    double ofSeeds = seeds == 1 ? 0 : jackknife(leftOut(values[0]));
    if (resamples == 0) {
      return new Variance(ofSeeds, ofSeeds);
    }
    double[][] resampled =
        Arrays.stream(values, 1, values.length).map(this::deviations).toArray(double[][]::new);
    double ofImages = sumOfSquares(column(resampled, seeds)) / (resamples - 1);
    double ofBoth = 0;
    for (int seed = 0; seeds > 1 && seed < seeds; seed++) {
      ofBoth += sumOfSquares(column(resampled, seed)) / (resamples - 1);
    }
    ofBoth *= (seeds - 1.0) / seeds;
    // An estimate of a part can come out larger than the whole.
    double total = Math.max(ofSeeds + ofImages - ofBoth, Math.max(ofSeeds, ofImages));
    return new Variance(ofSeeds, total);
  }

  /** Of one row: how each seed left out deviates from their mean, and last that of all. */
  private double[] deviations(double[] row) {
    double mean = Arrays.stream(leftOut(row)).average().orElseThrow();
    double[] deviations = new double[seeds + 1];
    Arrays.setAll(deviations, seed -> seed < seeds ? row[seed] - mean : row[seeds]);
    return deviations;
  }

  private double[] leftOut(double[] row) {
    return Arrays.copyOf(row, seeds);
  }

  private static double[] column(double[][] rows, int column) {
    return Arrays.stream(rows).mapToDouble(row -> row[column]).toArray();
  }

  private double quantile(Variance variance) {
    double share = variance.ofSeeds() / variance.total();
    double freedom = (seeds - 1) / (share * share);
    RealDistribution law =
        seeds == 1 || !(freedom < MANY) ? new NormalDistribution() : new TDistribution(freedom);
    return law.inverseCumulativeProbability((1 + LEVEL) / 2);
  }

  private double jackknife(double[] leftOut) {
    return sumOfSquares(leftOut) * (seeds - 1) / seeds;
  }

  private int[] all() {
    return IntStream.range(0, seeds).toArray();
  }

  private int[] allBut(int left) {
    return IntStream.range(0, seeds).filter(seed -> seed != left).toArray();
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

  /** A number that depends on which seeds were trained and which test images were drawn. */
  @FunctionalInterface
  public interface Statistic {

    /**
     * @param seeds which of the trained seeds to take, at least one, by position
     * @param images how often each test image, or block of them, counts
     */
    double of(int[] seeds, ImageWeights images);
  }
}
