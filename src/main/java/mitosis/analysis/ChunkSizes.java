package mitosis.analysis;

import java.util.stream.IntStream;

/** Chunk sizes w: what is customary, and what is allowed. */
public final class ChunkSizes {

  private static final int STEPS_PER_OCTAVE = 4;

  private ChunkSizes() {}

  /**
   * The width halved again and again, rounded down, as long as two neurons are left: 2, 4, 8, …, W
   * for a power of two. The sizes of P22's figures 3 and 4.
   *
   * @param width W, at least 2
   * @return increasing sizes, the last of them W
   * @throws IllegalArgumentException if width is below 2
   */
  public static int[] halvings(int width) {
    if (width < 2) {
      throw new IllegalArgumentException("width is %d, but must be at least 2".formatted(width));
    }
    int count = 31 - Integer.numberOfLeadingZeros(width);
    int[] sizes = new int[count];
    for (int i = 0; i < count; i++) {
      sizes[i] = width >> (count - 1 - i);
    }
    return sizes;
  }

  /**
   * Sizes from 1 to W, four to a factor of two, rounded: where curves are drawn.
   *
   * @param width W, at least 1
   * @return increasing sizes, the last of them W
   * @throws IllegalArgumentException if width is below 1
   */
  public static int[] quarterOctaves(int width) {
    if (width < 1) {
      throw new IllegalArgumentException("width is %d, but must be at least 1".formatted(width));
    }
    int steps = (int) Math.ceil(STEPS_PER_OCTAVE * Math.log(width) / Math.log(2));
    return IntStream.rangeClosed(0, steps)
        .map(k -> (int) Math.round(width * Math.pow(2, -k / (double) STEPS_PER_OCTAVE)))
        .distinct()
        .sorted()
        .toArray();
  }

  static void requireIncreasing(int[] sizes, int width) {
    if (sizes.length == 0) {
      throw new IllegalArgumentException("no chunk size is given");
    }
    int previous = 0;
    for (int i = 0; i < sizes.length; i++) {
      if (sizes[i] <= previous || sizes[i] > width) {
        throw new IllegalArgumentException(
            "chunk size %d is %d, but sizes must increase from at least 1 to at most %d"
                .formatted(i, sizes[i], width));
      }
      previous = sizes[i];
    }
  }

  static void requireSpread(int chunks) {
    if (chunks < 2) {
      throw new IllegalArgumentException(
          "number of chunks is %d, but a deviation takes at least 2".formatted(chunks));
    }
  }

  /** A chunk's neurons, followed by all others in their own order. */
  static int[] first(int[] chunk, int width) {
    if (chunk.length == 0 || chunk.length > width) {
      throw new IllegalArgumentException(
          "chunk has %d neurons of %d, but must have 1 to %d"
              .formatted(chunk.length, width, width));
    }
    boolean[] taken = new boolean[width];
    int[] order = new int[width];
    for (int i = 0; i < chunk.length; i++) {
      int neuron = chunk[i];
      if (neuron < 0 || neuron >= width || taken[neuron]) {
        throw new IllegalArgumentException(
            "neuron %d of the chunk is %d, but must be a new one of 0 to %d"
                .formatted(i, neuron, width - 1));
      }
      taken[neuron] = true;
      order[i] = neuron;
    }
    int next = chunk.length;
    for (int neuron = 0; neuron < width; neuron++) {
      if (!taken[neuron]) {
        order[next++] = neuron;
      }
    }
    return order;
  }
}
