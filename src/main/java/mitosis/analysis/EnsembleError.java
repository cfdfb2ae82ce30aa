package mitosis.analysis;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.apache.commons.math3.stat.regression.SimpleRegression;
import org.apache.commons.math3.util.CombinatoricsUtils;

/**
 * The error of ensembles that average the logits of n of S networks which differ in seed alone, and
 * err∞, its limit for many networks (P22 figures 2 and 3; P21 figures 1 and 5).
 *
 * @param seeds the number S of networks
 * @param mistakes S x N: for each n = 1 to S, first n = 1, and each image, the fraction of
 *     ensembles of n that misclassify it
 */
public record EnsembleError(int seeds, float[][] mistakes) {

  /** All subsets of n of 12 networks are 924 at most. */
  private static final int MOST_SUBSETS = 1000;

  private static final long SUBSET_SEED = 0x5EED;

  /**
   * Measures networks of one output.
   *
   * @param logits S x N, seed by image; finite
   * @param labels N labels, −1 or +1
   * @throws IllegalArgumentException as {@link #ofClasses}
   */
  public static EnsembleError ofSigns(double[][] logits, int[] labels) {
    return measure(signs(logits, labels), labels);
  }

  /** Logits of one output in the form of several, once they and the labels are known to be fit. */
  static double[][][] signs(double[][] logits, int[] labels) {
    double[][][] oneOutput = new double[logits.length][][];
    Arrays.setAll(oneOutput, seed -> new double[][] {logits[seed]});
    requireLogits(oneOutput, labels.length);
    requireLabels(labels, -1, 1);
    return oneOutput;
  }

  /**
   * Measures networks of one output or of several.
   *
   * @param logits S x K x N, seed by output by image; finite
   * @param labels N labels: −1 or +1 where K is 1, else 0 to K−1
   * @throws IllegalArgumentException as {@link #ofClasses}
   */
  public static EnsembleError of(double[][][] logits, int[] labels) {
    if (logits.length > 0 && logits[0].length == 1) {
      double[][] oneOutput = new double[logits.length][];
      Arrays.setAll(oneOutput, seed -> logits[seed][0]);
      return ofSigns(oneOutput, labels);
    }
    return ofClasses(logits, labels);
  }

  /**
   * Measures networks of several outputs.
   *
   * @param logits S x K x N, seed by output by image, K at least 2; finite
   * @param labels N labels, 0 to K−1
   * @throws IllegalArgumentException if there is no network or no image, seeds differ in shape, a
   *     logit is not finite, or a label is out of range
   */
  public static EnsembleError ofClasses(double[][][] logits, int[] labels) {
    return measure(classes(logits, labels), labels);
  }

  /** Logits of several outputs, once they and the labels are known to be fit. */
  static double[][][] classes(double[][][] logits, int[] labels) {
    if (logits.length > 0 && logits[0].length < 2) {
      throw new IllegalArgumentException(
          "networks have %d output(s), but classes take at least 2".formatted(logits[0].length));
    }
    requireLogits(logits, labels.length);
    requireLabels(labels, 0, logits[0].length - 1);
    return logits;
  }

  private static EnsembleError measure(double[][][] logits, int[] labels) {
    float[][] mistakes = new float[logits.length][];
    for (int size = 1; size <= logits.length; size++) {
      mistakes[size - 1] =
          EnsembleMistakes.count(logits, labels, subsets(logits.length, size)).shares();
    }
    return new EnsembleError(logits.length, mistakes);
  }

  private static void requireLabels(int[] labels, int firstLabel, int lastLabel) {
    for (int image = 0; image < labels.length; image++) {
      boolean between = firstLabel <= labels[image] && labels[image] <= lastLabel;
      if (!between || (firstLabel < 0 && labels[image] == 0)) {
        throw new IllegalArgumentException(
            "label of image %d is %d, not one of %d to %d%s"
                .formatted(
                    image,
                    labels[image],
                    firstLabel,
                    lastLabel,
                    firstLabel < 0 ? " without 0" : ""));
      }
    }
  }

  private static void requireLogits(double[][][] logits, int images) {
    if (logits.length == 0 || images == 0) {
      throw new IllegalArgumentException(
          "an ensemble takes networks and images, but there are %d and %d"
              .formatted(logits.length, images));
    }
    for (int seed = 0; seed < logits.length; seed++) {
      if (logits[seed].length != logits[0].length) {
        throw new IllegalArgumentException(
            "seed %d has %d outputs, but seed 0 has %d"
                .formatted(seed, logits[seed].length, logits[0].length));
      }
      for (int output = 0; output < logits[seed].length; output++) {
        requireFinite(logits[seed][output], seed, output, images);
      }
    }
  }

  private static void requireFinite(double[] logits, int seed, int output, int images) {
    if (logits.length != images) {
      throw new IllegalArgumentException(
          "output %d of seed %d has logits of %d images, but there are %d labels"
              .formatted(output, seed, logits.length, images));
    }
    for (int image = 0; image < images; image++) {
      if (!Double.isFinite(logits[image])) {
        throw new IllegalArgumentException(
            "logit of image %d, output %d, seed %d is %s"
                .formatted(image, output, seed, logits[image]));
      }
    }
  }

  /** All subsets of a size, or 1,000 random ones, always the same, if there are more. */
  static List<int[]> subsets(int seeds, int size) {
    if (CombinatoricsUtils.binomialCoefficientDouble(seeds, size) <= MOST_SUBSETS) {
      List<int[]> all = new ArrayList<>();
      CombinatoricsUtils.combinationsIterator(seeds, size).forEachRemaining(all::add);
      return all;
    }
    SplittableRandom random = new SplittableRandom(SUBSET_SEED + size);
    Set<BitSet> drawn = new LinkedHashSet<>();
    while (drawn.size() < MOST_SUBSETS) {
      BitSet subset = new BitSet(seeds);
      while (subset.cardinality() < size) {
        subset.set(random.nextInt(seeds));
      }
      drawn.add(subset);
    }
    return drawn.stream().map(subset -> subset.stream().toArray()).toList();
  }

  /**
   * The mean error of ensembles of n networks: over all of them if they are at most 1,000, as they
   * are for S ≤ 12, else over 1,000 random ones.
   *
   * @param networks n, 1 to S
   * @param images N weights
   * @return in [0, 1]
   * @throws IllegalArgumentException if n is out of range or there aren't N weights
   */
  public double of(int networks, ImageWeights images) {
    if (networks < 1 || networks > seeds) {
      throw new IllegalArgumentException(
          "ensemble of %d networks, but there are 1 to %d".formatted(networks, seeds));
    }
    return images.mean(mistakes[networks - 1]);
  }

  /** The mean error of ensembles of n networks, every image counting once. */
  public double of(int networks) {
    return of(networks, ImageWeights.equal(images()));
  }

  /** The number N of images. */
  public int images() {
    return mistakes[0].length;
  }

  /**
   * err∞: a straight line in n^-p through the errors of ensembles of n, by least squares, where it
   * meets n → ∞. Not clipped: noise may bring it below 0.
   *
   * <p>The excess of an ensemble over err∞ goes like the variance of its logits, 1/n, where errors
   * are a smooth function of the logits (p = 1), and like their deviation, n^-½, where a class is
   * certain and only images on the boundary are in doubt (p = ½): then an ensemble of n networks of
   * width W errs like a network of width n·W under the papers' law W^-½. Single networks are left
   * out if there are at least three, because either holds only once the noise is small.
   *
   * @param power p, positive
   * @param images N weights
   * @throws IllegalArgumentException if there are fewer than two networks, p isn't positive, or
   *     there aren't N weights
   */
  public double limit(double power, ImageWeights images) {
    return limit(power, images.means(mistakes));
  }

  /** err∞ from the errors of ensembles of n = 1, 2, … networks. */
  static double limit(double power, double[] errors) {
    if (errors.length < 2) {
      throw new IllegalArgumentException("err∞ takes at least 2 networks, but there is 1");
    }
    if (!(power > 0 && power <= Double.MAX_VALUE)) {
      throw new IllegalArgumentException("power is %s, but must be positive".formatted(power));
    }
    int first = errors.length >= 3 ? 2 : 1;
    SimpleRegression line = new SimpleRegression();
    for (int networks = first; networks <= errors.length; networks++) {
      line.addData(Math.pow(networks, -power), errors[networks - 1]);
    }
    return line.getIntercept();
  }

  /** err∞ with every image counting once. */
  public double limit(double power) {
    return limit(power, ImageWeights.equal(images()));
  }

  /**
   * How many ensembles misclassify each image, and how many images each ensemble misclassifies.
   *
   * @param byImage N numbers of ensembles
   * @param byEnsemble E numbers of images
   */
  record EnsembleMistakes(int[] byImage, int[] byEnsemble) {

    /** Images in a block. */
    private static final int BLOCK = 512;

    /**
     * Counts.
     *
     * @param logits S x K x N
     * @param labels N labels
     * @param subsets E ensembles: which of the S networks each consists of
     */
    static EnsembleMistakes count(double[][][] logits, int[] labels, List<int[]> subsets) {
      int[] byImage = new int[labels.length];
      List<int[]> blocks =
          IntStream.range(0, (labels.length + BLOCK - 1) / BLOCK)
              .parallel()
              .mapToObj(block -> countBlock(logits, labels, subsets, block * BLOCK, byImage))
              .toList();
      int[] byEnsemble = new int[subsets.size()];
      for (int[] block : blocks) {
        Arrays.setAll(byEnsemble, ensemble -> byEnsemble[ensemble] + block[ensemble]);
      }
      return new EnsembleMistakes(byImage, byEnsemble);
    }

    private static int[] countBlock(
        double[][][] logits, int[] labels, List<int[]> subsets, int start, int[] byImage) {
      int images = Math.min(BLOCK, labels.length - start);
      int[] blockLabels = Arrays.copyOfRange(labels, start, start + images);
      int[] misread = new int[images];
      int[] byEnsemble = new int[subsets.size()];
      for (int ensemble = 0; ensemble < byEnsemble.length; ensemble++) {
        Mistakes.note(sum(logits, subsets.get(ensemble), start, images), blockLabels, misread);
        for (int image = 0; image < images; image++) {
          byImage[start + image] += misread[image];
          byEnsemble[ensemble] += misread[image];
        }
      }
      return byEnsemble;
    }

    /** The sum says the same class as the mean. */
    private static double[][] sum(double[][][] logits, int[] subset, int start, int images) {
      double[][] sum = new double[logits[0].length][images];
      for (int seed : subset) {
        for (int output = 0; output < sum.length; output++) {
          for (int image = 0; image < images; image++) {
            sum[output][image] += logits[seed][output][start + image];
          }
        }
      }
      return sum;
    }

    /** For each image, the share of ensembles that misclassify it. */
    float[] shares() {
      float[] shares = new float[byImage.length];
      for (int image = 0; image < shares.length; image++) {
        shares[image] = (float) byImage[image] / byEnsemble.length;
      }
      return shares;
    }

    /** The share of images that one ensemble misclassifies. */
    double error(int ensemble) {
      return (double) byEnsemble[ensemble] / byImage.length;
    }
  }
}
