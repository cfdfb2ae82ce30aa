package mitosis.representation;

/**
 * The activities of a layer's neurons on the images of one set, test or training, with their
 * labels.
 *
 * <p>The arrays are kept, not copied, because a wide layer on 60,000 images takes most of the
 * memory that there is; whoever hands them over must not change them.
 *
 * @param activities W x N, neuron-major: {@code activities[j][i]} is neuron j on image i; finite
 * @param labels N labels: −1 or +1 under a readout of one row, 0 to K−1 under one of K rows
 */
public record Split(float[][] activities, int[] labels) {

  /**
   * @throws IllegalArgumentException if there is no neuron or no image, if a neuron's activities
   *     and the labels differ in number, or if an activity is not finite
   */
  public Split {
    if (activities.length == 0) {
      throw new IllegalArgumentException("a layer needs at least one neuron, but has none");
    }
    if (labels.length == 0) {
      throw new IllegalArgumentException("a split needs at least one image, but has no label");
    }
    for (int neuron = 0; neuron < activities.length; neuron++) {
      requireFinite(activities[neuron], neuron, labels.length);
    }
  }

  private static void requireFinite(float[] activity, int neuron, int images) {
    if (activity.length != images) {
      throw new IllegalArgumentException(
          "neuron %d has activities on %d images, but there are %d labels"
              .formatted(neuron, activity.length, images));
    }
    for (int image = 0; image < images; image++) {
      if (!Float.isFinite(activity[image])) {
        throw new IllegalArgumentException(
            "activity of neuron %d on image %d is %s, not a finite number"
                .formatted(neuron, image, activity[image]));
      }
    }
  }

  /** Whether at least one neuron is not the same on every image. */
  public boolean isLive() {
    for (float[] neuron : activities) {
      for (float activity : neuron) {
        if (activity != neuron[0]) {
          return true;
        }
      }
    }
    return false;
  }

  /**
   * These images as some of the neurons see them.
   *
   * @param neurons each from 0 to W−1, at least one
   */
  public Split of(int[] neurons) {
    float[][] some = new float[neurons.length][];
    for (int k = 0; k < neurons.length; k++) {
      some[k] = activities[neurons[k]];
    }
    return new Split(some, labels);
  }

  /** The number W of neurons, at least 1. */
  public int width() {
    return activities.length;
  }

  /** The number N of images, at least 1. */
  public int images() {
    return labels.length;
  }
}
