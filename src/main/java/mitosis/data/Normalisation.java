package mitosis.data;

/**
 * What is taken from an image's pixels before a network sees them, channel by channel: the mean,
 * and then a division by the deviation, of pixels scaled to 0…1.
 *
 * @param means of red, green and blue, 0…1
 * @param deviations of red, green and blue, above 0
 */
public record Normalisation(float[] means, float[] deviations) {

  /**
   * @throws IllegalArgumentException unless there are as many deviations as means, all of them
   *     finite and above 0
   */
  public Normalisation {
    means = means.clone();
    deviations = deviations.clone();
    boolean usable = means.length == deviations.length && means.length > 0;
    for (int c = 0; usable && c < means.length; c++) {
      usable = Float.isFinite(means[c]) && Float.isFinite(deviations[c]) && deviations[c] > 0;
    }
    if (!usable) {
      throw new IllegalArgumentException(
          "means %s and deviations %s do not normalise the channels of an image"
              .formatted(java.util.Arrays.toString(means), java.util.Arrays.toString(deviations)));
    }
  }

  /** Number of channels. */
  public int channels() {
    return means.length;
  }
}
