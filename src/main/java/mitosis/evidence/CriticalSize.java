package mitosis.evidence;

import java.util.stream.IntStream;
import mitosis.claim.Estimate;
import mitosis.claim.Interval;

/**
 * The critical width w*: the smallest chunk size whose mean training error is at most the full
 * layer's plus a tolerance (claims.md C05; P22 §3 "the minimal number of neurons required to
 * interpolate the training set"). Between the sizes measured it is interpolated on logarithmic
 * axes. A layer that does not interpolate has none: no number of its neurons does.
 *
 * @param tolerance 1e-3 in this suite
 */
public record CriticalSize(double tolerance) {

  /** A training error that counts as none: log axes have no zero. */
  private static final double NONE = 1e-7;

  /**
   * w* of the mean over some networks.
   *
   * @param seeds which of the subject's
   * @return w*, or +∞ if the full layer misreads more than the tolerance of the training set
   */
  public double of(Subject subject, int[] seeds) {
    double full = subject.fullTrainError(seeds);
    if (full > tolerance) {
      return Double.POSITIVE_INFINITY;
    }
    int[] sizes = subject.trainSizes();
    double[] errors = subject.trainErrors(seeds);
    return crossing(sizes, errors, full + tolerance);
  }

  /**
   * Where a curve first comes down to a level, on logarithmic axes.
   *
   * @param sizes increasing
   * @param values one a size, at least 0, the last of them at most the level
   */
  static double crossing(int[] sizes, double[] values, double level) {
    int first = 0;
    while (values[first] > level) {
      first++;
    }
    if (first == 0) {
      return sizes[0];
    }
    double above = Math.log(values[first - 1]);
    double below = Math.log(Math.max(values[first], NONE));
    double share = (above - Math.log(level)) / (above - below);
    return sizes[first - 1] * Math.pow((double) sizes[first] / sizes[first - 1], share);
  }

  /** w* of all networks of a subject; +∞ if they do not interpolate. */
  public double of(Subject subject) {
    return of(subject, IntStream.range(0, subject.seeds()).toArray());
  }

  /**
   * w* with its interval over seeds. For layers that do not interpolate it is known only to be
   * beyond their width W: the value is W and the interval [W, +∞).
   */
  public Estimate estimate(Subject subject) {
    if (Double.isInfinite(of(subject))) {
      return new Estimate(
          subject.width(),
          new Interval(subject.width(), Double.POSITIVE_INFINITY),
          Resampling.LEVEL);
    }
    return Resampling.ofSeeds(subject.seeds())
        .estimate((seeds, images) -> Math.min(of(subject, seeds), 2.0 * subject.width()));
  }
}
