package mitosis.analysis;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import mitosis.representation.Split;

/**
 * The images that a layer tells apart, as points in the space of its live neurons' activities.
 *
 * <p>A neuron with the same activity on every image moves no distance and is left out. Of images
 * with the same activities throughout only the first is kept.
 *
 * @param coordinates live neurons x images, as they are in the split
 * @param images the images that are kept, increasing
 */
record DistinctPoints(float[][] coordinates, int[] images) {

  static DistinctPoints of(Split split) {
    float[][] live =
        Arrays.stream(split.activities()).filter(DistinctPoints::isLive).toArray(float[][]::new);
    int[] sorted =
        IntStream.range(0, split.images())
            .boxed()
            .sorted(activities(live).thenComparing(Comparator.naturalOrder()))
            .mapToInt(Integer::intValue)
            .toArray();
    int[] distinct =
        IntStream.range(0, sorted.length)
            .filter(i -> i == 0 || activities(live).compare(sorted[i - 1], sorted[i]) != 0)
            .map(i -> sorted[i])
            .sorted()
            .toArray();
    return new DistinctPoints(live, distinct);
  }

  private static boolean isLive(float[] activity) {
    for (float value : activity) {
      if (value != activity[0]) {
        return true;
      }
    }
    return false;
  }

  /** Lexicographic; zeros of either sign are equal, since their distance is 0. */
  private static Comparator<Integer> activities(float[][] live) {
    return (a, b) -> {
      for (float[] activity : live) {
        if (activity[a] != activity[b]) {
          return activity[a] < activity[b] ? -1 : 1;
        }
      }
      return 0;
    };
  }

  /** The number of points. */
  int count() {
    return images.length;
  }

  /** The number of live neurons. */
  int dimensions() {
    return coordinates.length;
  }

  /** The activity of one live neuron at one point. */
  double coordinate(int neuron, int point) {
    return coordinates[neuron][images[point]];
  }

  /**
   * Some of these points.
   *
   * @param some positions, different ones of 0 to {@link #count()}−1
   */
  DistinctPoints at(int[] some) {
    return new DistinctPoints(coordinates, IntStream.of(some).map(i -> images[i]).toArray());
  }
}
