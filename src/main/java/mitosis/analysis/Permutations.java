package mitosis.analysis;

import java.util.SplittableRandom;

/**
 * The random orders in which a layer's neurons are taken to make chunks.
 *
 * <p>Chunk number c of size w is the first w neurons of permutation number c. The chunks of one
 * number are thus nested, and those of different numbers independent. A permutation depends on the
 * seed and its number alone.
 *
 * @param width the number W of neurons, at least 1
 * @param seed any number
 */
public record Permutations(int width, long seed) {

  /**
   * @throws IllegalArgumentException if width is below 1
   */
  public Permutations {
    if (width < 1) {
      throw new IllegalArgumentException("width is %d, but must be at least 1".formatted(width));
    }
  }

  /**
   * One permutation, uniformly distributed over all W! (Fisher and Yates).
   *
   * @param number which one, from 0
   * @return the neurons 0 to W−1 in a random order
   * @throws IllegalArgumentException if number is negative
   */
  public int[] permutation(int number) {
    if (number < 0) {
      throw new IllegalArgumentException("number of a permutation is %d".formatted(number));
    }
    SplittableRandom random = new SplittableRandom(mixed(mixed(seed) + number));
    int[] neurons = new int[width];
    for (int i = 0; i < width; i++) {
      int j = random.nextInt(i + 1);
      neurons[i] = neurons[j];
      neurons[j] = i;
    }
    return neurons;
  }

  /** Spreads neighbouring seeds far apart on the generator's orbit (Stafford's mixing, no. 13). */
  private static long mixed(long value) {
    long z = (value ^ (value >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
