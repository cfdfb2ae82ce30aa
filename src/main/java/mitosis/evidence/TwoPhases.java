package mitosis.evidence;

import java.util.List;
import java.util.stream.IntStream;
import mitosis.analysis.CriticalWidth;
import mitosis.analysis.ImageWeights;
import mitosis.claim.Estimate;
import mitosis.claim.Interval;

/**
 * What goes on after networks interpolate their training set (claim C09; P22 Fig. 5). They do from
 * the first moment on at which their mean training error is at most a tolerance. A training that
 * never gets there has one phase only, and all of it is taken for what comes after.
 *
 * @param tolerance the mean training error that counts as none, as for w*
 */
public record TwoPhases(double tolerance) {

  /**
   * How far the off-chunk correlation of the residuals is from its last value, at the moment from
   * interpolation on when it is furthest, divided by its last value.
   *
   * @param size of the chunks
   */
  public Measurement<TrainingTrajectory> correlationMovesBy(int size) {
    int[] sizes = {size};
    return course ->
        Resampling.ofSeeds(course.seeds())
            .estimate(
                (seeds, images) -> {
                  double[] correlations =
                      fromInterpolation(course, seeds).stream()
                          .mapToDouble(
                              moment ->
                                  ReconstructionMeasurements.offChunk(
                                      moment.networks().reconstructions(sizes), seeds, size))
                          .toArray();
                  double last = correlations[correlations.length - 1];
                  return IntStream.range(0, correlations.length)
                      .mapToDouble(k -> Math.abs(correlations[k] - last) / last)
                      .max()
                      .orElseThrow();
                });
  }

  /**
   * The off-chunk correlation of the residuals at interpolation, divided by that at the first
   * moment.
   *
   * @param size of the chunks
   */
  public Measurement<TrainingTrajectory> correlationLeft(int size) {
    int[] sizes = {size};
    return course ->
        Resampling.ofSeeds(course.seeds())
            .estimate(
                (seeds, images) -> {
                  Subject start = course.moments().get(0).networks();
                  Subject fitted = fromInterpolation(course, seeds).get(0).networks();
                  return ReconstructionMeasurements.offChunk(
                          fitted.reconstructions(sizes), seeds, size)
                      / ReconstructionMeasurements.offChunk(
                          start.reconstructions(sizes), seeds, size);
                });
  }

  /**
   * The time from interpolation to the moment from which on chunks err on the training set like the
   * full layer, by the tolerance more at most, as a share of all epochs. Of a training that never
   * interpolates, or whose chunks don't fit at the end, it is known only to be longer than what was
   * looked at.
   *
   * @param size of the chunks; larger ones then fit too
   */
  public Measurement<TrainingTrajectory> chunksFitAfter(int size) {
    return course -> {
      int[] all = IntStream.range(0, course.seeds()).toArray();
      double waited = waited(course, size, all);
      List<TrainingTrajectory.Moment> moments = course.moments();
      boolean fits =
          course.interpolation(tolerance, all).isPresent()
              && fit(moments.get(moments.size() - 1).networks(), size, all);
      return fits
          ? Resampling.ofSeeds(course.seeds())
              .estimate((seeds, images) -> waited(course, size, seeds))
          : new Estimate(waited, new Interval(waited, Double.POSITIVE_INFINITY), Resampling.LEVEL);
    };
  }

  private double waited(TrainingTrajectory course, int size, int[] seeds) {
    List<TrainingTrajectory.Moment> after = fromInterpolation(course, seeds);
    boolean never = course.interpolation(tolerance, seeds).isEmpty();
    int first = after.size() - 1;
    while (!never && first > 0 && fit(after.get(first - 1).networks(), size, seeds)) {
      first--;
    }
    return (double) (after.get(first).epoch() - after.get(0).epoch()) / course.epochs();
  }

  private boolean fit(Subject networks, int size, int[] seeds) {
    return new CriticalWidth(tolerance)
            .interpolated(
                networks.trainSizes(), networks.trainErrors(seeds), networks.fullTrainError(seeds))
            .orElseThrow()
        <= size;
  }

  /** By how much the full layers' test error falls from its highest after interpolation. */
  public Measurement<TrainingTrajectory> testErrorFall() {
    return course -> resampling(course).estimate((seeds, images) -> fall(course, seeds, images));
  }

  /**
   * By how much more the full layers' test error falls after interpolation than before it; negative
   * if most of its fall comes before.
   */
  public Measurement<TrainingTrajectory> testErrorFallsMore() {
    return course ->
        resampling(course)
            .estimate(
                (seeds, images) -> {
                  Subject start = course.moments().get(0).networks();
                  Subject fitted = fromInterpolation(course, seeds).get(0).networks();
                  double before =
                      start.fullTestError(seeds, images) - fitted.fullTestError(seeds, images);
                  return fall(course, seeds, images) - before;
                });
  }

  private double fall(TrainingTrajectory course, int[] seeds, ImageWeights images) {
    double[] errors =
        fromInterpolation(course, seeds).stream()
            .mapToDouble(moment -> moment.networks().fullTestError(seeds, images))
            .toArray();
    return IntStream.range(0, errors.length).mapToDouble(k -> errors[k]).max().orElseThrow()
        - errors[errors.length - 1];
  }

  private static Resampling resampling(TrainingTrajectory course) {
    return Resampling.ofSeedsAndImages(
        course.seeds(), course.moments().get(0).networks().testBlocks());
  }

  private List<TrainingTrajectory.Moment> fromInterpolation(
      TrainingTrajectory course, int[] seeds) {
    List<TrainingTrajectory.Moment> moments = course.moments();
    return moments.subList(course.interpolation(tolerance, seeds).orElse(0), moments.size());
  }
}
