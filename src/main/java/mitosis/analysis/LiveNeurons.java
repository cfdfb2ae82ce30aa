package mitosis.analysis;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * The neurons that weight decay has left a layer. It shrinks the others by orders of magnitude
 * without making them constant; a chunk that draws them gains nothing, and is smaller than it is
 * said to be.
 *
 * @param byActivity all neurons, those of the largest standard deviation over images first
 * @param count how many of them are live: their deviation is at least a thousandth of the largest;
 *     0 if no neuron changes from image to image
 */
public record LiveNeurons(int[] byActivity, int count) {

  /** A neuron below adds less than 1e-6 to the layer's variance for each of the largest's. */
  private static final double LEAST_SHARE = 1e-3;

  /** Keeps a copy. */
  public LiveNeurons {
    byActivity = byActivity.clone();
  }

  /** All neurons, the most active first; a copy. */
  @Override
  public int[] byActivity() {
    return byActivity.clone();
  }

  /**
   * @param activities W x N, neuron-major; finite
   */
  public static LiveNeurons of(float[][] activities) {
    double[] deviations = Arrays.stream(activities).mapToDouble(LiveNeurons::deviation).toArray();
    double largest = Arrays.stream(deviations).max().orElseThrow();
    int[] order =
        IntStream.range(0, activities.length)
            .boxed()
            .sorted(Comparator.comparingDouble(neuron -> -deviations[neuron]))
            .mapToInt(Integer::intValue)
            .toArray();
    int live =
        largest == 0
            ? 0
            : (int) Arrays.stream(deviations).filter(each -> each >= LEAST_SHARE * largest).count();
    return new LiveNeurons(order, live);
  }

  private static double deviation(float[] activity) {
    double mean = 0;
    for (float each : activity) {
      mean += each;
    }
    mean /= activity.length;
    double squares = 0;
    for (float each : activity) {
      squares += (each - mean) * (each - mean);
    }
    return Math.sqrt(squares / activity.length);
  }

  /**
   * The most active neurons, in the layer's order.
   *
   * @param most how many, from 1 to W
   */
  public int[] mostActive(int most) {
    int[] chosen = Arrays.copyOf(byActivity, most);
    Arrays.sort(chosen);
    return chosen;
  }
}
