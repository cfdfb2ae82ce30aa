package mitosis.data;

import java.util.Arrays;

/** Labelled inputs of one split of a dataset, held in memory or read as they are needed. */
public sealed interface Examples permits Examples.Vectors, Examples.Images, ImageFiles {

  /** Number of examples, at least 1. */
  int count();

  /** One label per example: −1 or +1 for a task of one output, else 0 to K−1. */
  int[] labels();

  /**
   * The first so many of them.
   *
   * @param count from 1 to {@link #count()}
   */
  Examples first(int count);

  /**
   * Labelled inputs that are vectors of numbers, all held in memory.
   *
   * @param inputs row-major, {@code count x dimension}
   * @param dimension numbers per example, at least 1
   * @param labels one per example
   */
  public record Vectors(float[] inputs, int dimension, int[] labels) implements Examples {

    /**
     * @throws IllegalArgumentException if the shapes disagree or an input is not finite
     */
    public Vectors {
      if (dimension < 1 || labels.length < 1 || (long) labels.length * dimension != inputs.length) {
        throw new IllegalArgumentException(
            "inputs hold %d numbers, but %d labels of dimension %d ask for %d"
                .formatted(
                    inputs.length, labels.length, dimension, (long) labels.length * dimension));
      }
      for (int k = 0; k < inputs.length; k++) {
        if (!Float.isFinite(inputs[k])) {
          throw new IllegalArgumentException(
              "input %d of example %d is %s".formatted(k % dimension, k / dimension, inputs[k]));
        }
      }
    }

    @Override
    public int count() {
      return labels.length;
    }

    @Override
    public Vectors first(int count) {
      return new Vectors(
          Arrays.copyOf(inputs, count * dimension), dimension, Arrays.copyOf(labels, count));
    }
  }

  /**
   * Labelled images of equal size, all held in memory as bytes.
   *
   * <p>The arrays are kept, not copied, because a dataset's images take most of a small machine's
   * memory; whoever hands them over must not change them.
   *
   * @param pixels {@code count x channels x side x side} unsigned bytes, row-major, 255 being white
   * @param side pixels along an edge, at least 2
   * @param labels one per image, at least 0
   * @param normalisation what a network sees of them, and the number of channels
   */
  public record Images(byte[] pixels, int side, int[] labels, Normalisation normalisation)
      implements Examples {

    /**
     * @throws IllegalArgumentException if the shapes disagree, or a label is negative
     */
    public Images {
      long asked = (long) labels.length * normalisation.channels() * side * side;
      if (side < 2 || labels.length < 1 || asked != pixels.length) {
        throw new IllegalArgumentException(
            "%d bytes are not %d images of %d x %d pixels and %d channels, which take %d"
                .formatted(
                    pixels.length, labels.length, side, side, normalisation.channels(), asked));
      }
      for (int i = 0; i < labels.length; i++) {
        if (labels[i] < 0) {
          throw new IllegalArgumentException(
              "label of image %d is %d, expected at least 0".formatted(i, labels[i]));
        }
      }
    }

    @Override
    public int count() {
      return labels.length;
    }

    @Override
    public Images first(int count) {
      int size = pixels.length / labels.length;
      return new Images(
          Arrays.copyOf(pixels, count * size), side, Arrays.copyOf(labels, count), normalisation);
    }
  }

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
                .formatted(
                    java.util.Arrays.toString(means), java.util.Arrays.toString(deviations)));
      }
    }

    /** Number of channels. */
    public int channels() {
      return means.length;
    }
  }
}
