package mitosis.analysis;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import mitosis.analysis.EnsembleError.EnsembleMistakes;
import org.apache.commons.math3.stat.StatUtils;

/**
 * err∞, the limit of {@link EnsembleError#limit}, with what other seeds would have made of it: the
 * jackknife over seeds, in which the limit is extrapolated anew from the ensembles that each
 * network has no part in. It says nothing of other images.
 *
 * <p>These are ensembles that were measured anyway. Where all are, up to 12 networks, they are just
 * what would be measured without that network. Where 1,000 of a size were drawn, those that happen
 * to leave it out are fewer, and the choice of them adds a little to the standard error.
 *
 * <p>A jackknife errs upwards (Efron and Stein 1981, <em>Ann. Stat.</em> 9, 586), and more so where
 * it extrapolates, from one network fewer than there are: on noisy logits of known law the standard
 * error is about twice the deviation between groups of 4 seeds, 1.3 to 1.7 times that of 8 and 1.1
 * to 1.35 times that of 20.
 *
 * @param value err∞; not clipped, noise may bring it below 0
 * @param standardError √((S−1)/S · Σ(err∞ without seed s − their mean)²), not negative
 */
public record EnsembleLimit(double value, double standardError) {

  private static final int LEAST_SEEDS = 3;

  /**
   * Measures networks of one output.
   *
   * @param logits S x N, seed by image, S at least 3; finite
   * @param labels N labels, −1 or +1
   * @param power p, positive: the excess error of n networks goes as n^-p; see {@link
   *     EnsembleError#limit}
   * @throws IllegalArgumentException if there are fewer than three networks or no image, seeds
   *     differ in shape, a logit is not finite, a label is out of range, or p isn't positive
   */
  public static EnsembleLimit ofSigns(double[][] logits, int[] labels, double power) {
    return measure(EnsembleError.signs(logits, labels), labels, power);
  }

  /**
   * Measures networks of several outputs.
   *
   * @param logits S x K x N, seed by output by image, S at least 3, K at least 2; finite
   * @param labels N labels, 0 to K−1
   * @param power p, as in {@link #ofSigns}
   * @throws IllegalArgumentException as {@link #ofSigns}
   */
  public static EnsembleLimit ofClasses(double[][][] logits, int[] labels, double power) {
    return measure(EnsembleError.classes(logits, labels), labels, power);
  }

  private static EnsembleLimit measure(double[][][] logits, int[] labels, double power) {
    int seeds = logits.length;
    if (seeds < LEAST_SEEDS) {
      throw new IllegalArgumentException(
          "err∞ without one of the networks takes at least %d of them, but there are %d"
              .formatted(LEAST_SEEDS, seeds));
    }
    double[] all = new double[seeds];
    double[][] without = new double[seeds][seeds - 1];
    for (int size = 1; size <= seeds; size++) {
      List<int[]> subsets = EnsembleError.subsets(seeds, size);
      EnsembleMistakes mistakes = EnsembleMistakes.count(logits, labels, subsets);
      all[size - 1] = meanError(mistakes, IntStream.range(0, subsets.size()).toArray());
      for (int seed = 0; seed < seeds && size < seeds; seed++) {
        without[seed][size - 1] = meanError(mistakes, leavingOut(seed, subsets));
      }
    }
    double[] limits =
        Arrays.stream(without).mapToDouble(errors -> EnsembleError.limit(power, errors)).toArray();
    double squares = StatUtils.populationVariance(limits) * seeds;
    return new EnsembleLimit(
        EnsembleError.limit(power, all), Math.sqrt(squares * (seeds - 1) / seeds));
  }

  private static int[] leavingOut(int seed, List<int[]> subsets) {
    return IntStream.range(0, subsets.size())
        .filter(i -> IntStream.of(subsets.get(i)).noneMatch(member -> member == seed))
        .toArray();
  }

  private static double meanError(EnsembleMistakes mistakes, int[] ensembles) {
    return IntStream.of(ensembles).mapToDouble(mistakes::error).average().orElseThrow();
  }
}
