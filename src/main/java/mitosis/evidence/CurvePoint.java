package mitosis.evidence;

import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import mitosis.claim.Estimate;
import mitosis.claim.Interval;
import mitosis.evidence.Resampling.Statistic;

/**
 * What a curve shows at one chunk size, width, epoch or weight decay.
 *
 * @param value the number of all seeds together, mostly their mean; NaN if there is none
 * @param interval where it lies at {@link Resampling#LEVEL}, by the estimators that claims are
 *     judged by; empty if there is no value, and for a single seed of which images are not
 *     resampled
 * @param seeds the number of each seed alone, in the order of the seeds; empty if the quantity is
 *     none of single seeds, such as a variance between them
 */
public record CurvePoint(double value, Optional<Interval> interval, List<Double> seeds) {

  /** Keeps a copy of the seeds. */
  public CurvePoint {
    seeds = List.copyOf(seeds);
  }

  /** A number of which no interval is known. */
  static CurvePoint of(double value) {
    return new CurvePoint(value, Optional.empty(), List.of());
  }

  /** A number and its interval. */
  static CurvePoint of(Estimate estimate) {
    return new CurvePoint(estimate.value(), Optional.of(estimate.interval()), List.of());
  }

  /**
   * A number that depends on seeds alone, such as a training error.
   *
   * @param seeds S
   * @param statistic the number of the seeds given, by position; NaN if they have none
   */
  static CurvePoint overSeeds(int seeds, ToDoubleFunction<int[]> statistic) {
    int[] all = IntStream.range(0, seeds).toArray();
    double value = statistic.applyAsDouble(all);
    Optional<Interval> interval =
        seeds > 1 && Double.isFinite(value)
            ? Optional.of(
                Resampling.ofSeeds(seeds)
                    .estimate((some, images) -> statistic.applyAsDouble(some))
                    .interval())
            : Optional.empty();
    return new CurvePoint(value, interval, List.of()).withSeeds(seeds, statistic);
  }

  /**
   * A number that depends on seeds and on test images, without what single seeds have.
   *
   * @param seeds S
   * @param images number of test images, or of blocks of them
   */
  static CurvePoint overSeedsAndImages(int seeds, int images, Statistic statistic) {
    return of(Resampling.ofSeedsAndImages(seeds, images).estimate(statistic));
  }

  /**
   * This point with the number of each seed alone.
   *
   * @param count S
   * @param ofOne the number of an array of one seed
   */
  CurvePoint withSeeds(int count, ToDoubleFunction<int[]> ofOne) {
    return new CurvePoint(
        value,
        interval,
        IntStream.range(0, count).mapToObj(seed -> ofOne.applyAsDouble(new int[] {seed})).toList());
  }
}
