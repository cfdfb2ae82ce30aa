package mitosis.evidence;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * The same networks at several epochs of one training (claim C09; P22 Fig. 5).
 *
 * @param moments at increasing epochs, two at least, all of as many networks
 */
public record TrainingTrajectory(List<Moment> moments) {

  /**
   * The networks at one epoch.
   *
   * @param epoch the number of epochs that they were trained, at least 0
   * @param networks as they were then
   */
  public record Moment(int epoch, Subject networks) {}

  /**
   * @throws IllegalArgumentException if there are fewer than two moments, epochs don't increase, or
   *     moments differ in the number of networks
   */
  public TrainingTrajectory {
    moments = List.copyOf(moments);
    if (moments.size() < 2) {
      throw new IllegalArgumentException(
          "a course takes two moments at least, not " + moments.size());
    }
    for (int k = 1; k < moments.size(); k++) {
      Moment before = moments.get(k - 1);
      Moment after = moments.get(k);
      if (after.epoch() <= before.epoch()
          || after.networks().seeds() != before.networks().seeds()) {
        throw new IllegalArgumentException(
            "%d networks at epoch %d are followed by %d at epoch %d; give the same ones at increasing epochs"
                .formatted(
                    before.networks().seeds(),
                    before.epoch(),
                    after.networks().seeds(),
                    after.epoch()));
      }
    }
  }

  /** Number of networks S. */
  public int seeds() {
    return moments.get(0).networks().seeds();
  }

  /** The epoch of the last moment, which is taken for the length of the training. */
  public int epochs() {
    return moments.get(moments.size() - 1).epoch();
  }

  /**
   * The first moment at which the full layers fit their training set.
   *
   * @param tolerance the mean training error that counts as none
   * @param seeds of the networks that are looked at
   * @return its position; nothing if they never do
   */
  public OptionalInt interpolation(double tolerance, int[] seeds) {
    return IntStream.range(0, moments.size())
        .filter(k -> moments.get(k).networks().fullTrainError(seeds) <= tolerance)
        .findFirst();
  }

  /** The same networks, of which the last take the first's place and all others move on by one. */
  public TrainingTrajectory lastFirst() {
    int count = moments.size();
    return new TrainingTrajectory(
        IntStream.range(0, count)
            .mapToObj(
                k ->
                    new Moment(
                        moments.get(k).epoch(), moments.get((k + count - 1) % count).networks()))
            .toList());
  }

  /**
   * This course, if what happens after the networks interpolate can be seen in it.
   *
   * @param tolerance the mean training error that counts as none
   * @param widestGap the longest time between two moments, from the one before they interpolate on,
   *     as a share of all epochs
   * @throws Unmeasurable if they never interpolate, or at the last moment only, or moments are
   *     further apart
   */
  public TrainingTrajectory showing(double tolerance, double widestGap) {
    int[] all = IntStream.range(0, seeds()).toArray();
    int first =
        interpolation(tolerance, all)
            .orElseThrow(
                () ->
                    new Unmeasurable(
                        "an epoch at which the network interpolates: it misclassifies more than %s of its training set to the end"
                            .formatted(tolerance),
                        "train it longer, with -Dscale=extended or -Dscale=full"));
    if (first == moments.size() - 1) {
      throw new Unmeasurable(
          "a snapshot after the network interpolates, which of its snapshots, %s, only the last does"
              .formatted(Arrays.toString(moments.stream().mapToInt(Moment::epoch).toArray())),
          "train it longer, with -Dscale=full, or keep more snapshots near the end of training");
    }
    for (int k = Math.max(1, first); k < moments.size(); k++) {
      int before = moments.get(k - 1).epoch();
      int gap = moments.get(k).epoch() - before;
      if (gap > widestGap * epochs()) {
        throw new Unmeasurable(
            "snapshots at most %s of training apart from where the network interpolates: between epochs %d and %d of %d there is none"
                .formatted(widestGap, before, before + gap, epochs()),
            "keep more snapshots, as -Dscale=extended and -Dscale=full do");
      }
    }
    return this;
  }
}
