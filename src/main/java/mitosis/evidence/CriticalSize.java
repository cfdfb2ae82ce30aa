package mitosis.evidence;

import java.util.stream.IntStream;
import mitosis.analysis.CriticalWidth;
import mitosis.claim.Estimate;
import mitosis.claim.Interval;

/**
 * The critical width w*: the smallest chunk size whose mean training error is at most the full
 * layer's plus a tolerance (claims.md C05; P22 §3 "the minimal number of neurons required to
 * interpolate the training set"). Between the sizes measured it is interpolated on logarithmic
 * axes. A layer that does not interpolate has none: no number of its neurons does.
 *
 * @param tolerance by how much the training error may exceed the full layer's, and that 0
 */
public record CriticalSize(double tolerance) {

  /**
   * w* of the mean over some networks.
   *
   * @param seeds which of the subject's
   * @return w*, or +∞ if the full layer misclassifies more than the tolerance of the training set
   */
  public double of(Subject subject, int[] seeds) {
    double full = subject.fullTrainError(seeds);
    if (full > tolerance) {
      return Double.POSITIVE_INFINITY;
    }
    // The full layer is one of the sizes, so there is always one that fits.
    return new CriticalWidth(tolerance)
        .interpolated(subject.trainSizes(), subject.trainErrors(seeds), full)
        .orElseThrow();
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
    return Resampling.ofSeeds(subject.seeds()).estimate((seeds, images) -> bounded(subject, seeds));
  }

  /** The same with w* of each network alone, 2·W where that one does not interpolate. */
  public CurvePoint point(Subject subject) {
    return CurvePoint.of(estimate(subject))
        .withSeeds(subject.seeds(), one -> bounded(subject, one));
  }

  /** w* of some of the networks, and 2·W if just these do not interpolate. */
  double bounded(Subject subject, int[] seeds) {
    return Math.min(of(subject, seeds), 2.0 * subject.width());
  }
}
