package mitosis.data;

import java.util.Arrays;

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
