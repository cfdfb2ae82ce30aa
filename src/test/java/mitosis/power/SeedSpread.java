package mitosis.power;

import java.util.Arrays;
import java.util.SplittableRandom;
import mitosis.claim.Decimal;
import mitosis.power.KnownNetworks.Rebuilt;

/**
 * What made-up networks are like: as wide as those of a system that are looked at, and as different
 * from each other as those are. Spreads are relative deviations between networks that differ in
 * their seed alone.
 *
 * @param width W
 * @param trainingImages that they learn
 * @param critical w*
 * @param ofCritical of w*, of its logarithm
 * @param ofRest of 1 − R²
 * @param ofGrowth of the part of R²(w) that a straight line does not explain
 * @param ofCorrelation of correlations of residuals, at one size
 * @param ofGroups of the same between groups of networks, whose chunks are of another 2·w*; of its
 *     logarithm
 * @param inRatios of correlations that are divided by one another
 * @param ofDimension of the intrinsic dimension
 */
record SeedSpread(
    int width,
    int trainingImages,
    double critical,
    double ofCritical,
    double ofRest,
    double ofGrowth,
    double ofCorrelation,
    double ofGroups,
    double inRatios,
    double ofDimension) {

  /**
   * Of pmnist-fc5 at quick scale: the baselines of groups of four in {@code
   * expected/findings/pmnist-fc5.yaml}, times the root of 4, which are w* 36.5 ± 5.4, R² 0.9971 ±
   * 0.00011, growth 0.782 ± 0.017, dimension 7.53 ± 0.053 in the first four groups; correlations
   * between groups 0.0778 ± 0.0037, and between networks as in the interval of the default run,
   * 0.0783 ± 0.0010; ratios of them 0.532 ± 0.011 and 0.848 ± 0.012, whose deviation is that of two
   * correlations.
   */
  static final SeedSpread QUICK =
      new SeedSpread(256, 10_000, 36, 0.3, 0.075, 0.16, 0.01, 0.048, 0.03, 0.014);

  /**
   * Of pmnist-fc5-recorded: its three seeds' w* 236, 203 and 181; R² of .994, .994 and .998; and
   * what intervals of the default run say of three networks: growth 0.947 ± 0.061, correlation
   * 0.229 ± 0.008, of which 0.858 ± 0.069 are left, dimension 3.30 ± 0.12. Between groups as above,
   * as there is one.
   */
  static final SeedSpread RECORDED =
      new SeedSpread(512, 10_000, 209, 0.13, 0.5, 0.46, 0.014, 0.048, 0.023, 0.014);

  /**
   * Of cifar10-wr28 at quick scale: three groups of three with w* 79, 73 and 73, R² .9958, .9962
   * and .9959, correlation .0691, .0706 and .0701, dimension 9.75, 9.51 and 9.59, and what the
   * intervals of the first say: growth 0.758 ± 0.019, correlation ± 0.0019, ratio of two of them
   * 0.374 ± 0.014.
   */
  static final SeedSpread CIFAR =
      new SeedSpread(256, 1_000, 75, 0.08, 0.08, 0.031, 0.011, 0.01, 0.01, 0.014);

  /**
   * Of the narrow last layer on a wide body of cifar10-wr28, whose chunks have 48 of 64 neurons:
   * what the intervals of three networks at quick scale say, R² 0.9975 ± 0.001 and correlation
   * 0.126 ± 0.0018. What is not asked of it is as above.
   */
  static final SeedSpread NARROW_LAYER =
      new SeedSpread(64, 1_000, 24, 0.3, 0.15, 0.16, 0.006, 0.048, 0.03, 0.014);

  /** 2·w*. */
  int ofClone() {
    return (int) Math.round(2 * critical);
  }

  /** w*&#47;4. */
  int small() {
    return (int) Math.round(critical / 4);
  }

  /** Networks of that width of which nothing is known but that they fit their training set. */
  KnownNetworks fitting(int seeds) {
    return KnownNetworks.of(width, seeds);
  }

  /**
   * Networks, of that width or another, with such a w*.
   *
   * @param mean of infinitely many of them
   */
  KnownNetworks ofCriticalSize(int ofWidth, double mean, int seeds, SplittableRandom random) {
    return KnownNetworks.of(ofWidth, seeds)
        .withCriticalSizes(Noise.criticalSizes(mean, ofCritical, seeds, random));
  }

  /** Networks of which chunks of any size rebuild so much. */
  KnownNetworks ofR2(double r2, int seeds, SplittableRandom random) {
    return fitting(seeds)
        .withReconstructions(
            Arrays.stream(Noise.about(1 - r2, ofRest, seeds, random))
                .mapToObj(rest -> Rebuilt.heldOut(1 - rest))
                .toList());
  }

  /** Networks whose residuals off chunks of 2·w* are so correlated. */
  KnownNetworks correlated(double correlation, int seeds, SplittableRandom random) {
    return correlated(correlation, ofCorrelation, seeds, random);
  }

  /** The same where two correlations are divided by one another. */
  KnownNetworks correlatedInRatio(double correlation, int seeds, SplittableRandom random) {
    return correlated(correlation, inRatios, seeds, random);
  }

  private KnownNetworks correlated(
      double correlation, double spread, int seeds, SplittableRandom random) {
    return fitting(seeds)
        .withReconstructions(
            Arrays.stream(Noise.about(correlation, spread, seeds, random))
                .mapToObj(each -> Rebuilt.correlated(size -> each))
                .toList(),
            ofClone());
  }

  /** As in {@code 7.5 %}. */
  static String percent(double spread) {
    return Decimal.text(100 * spread) + " %";
  }
}
