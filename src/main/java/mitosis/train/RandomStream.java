package mitosis.train;

import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import org.apache.commons.math3.random.RandomGenerator;
import org.apache.commons.math3.random.Well19937c;

/**
 * Random numbers that depend on what they are for and on nothing else: not on the order in which
 * they are asked for, on other seeds, or on the Java version. So no generator's state needs saving.
 */
final class RandomStream {

  /** 2⁶⁴ divided by the golden ratio, SplitMix64's increment. */
  private static final long GOLDEN = 0x9e3779b97f4a7c15L;

  /** Words of the generator's state. */
  private static final int STATE = 624;

  private RandomStream() {}

  /**
   * A generator of its own for each combination of arguments.
   *
   * @param seed the training's seed
   * @param purpose what the numbers are for, such as a parameter's name
   * @param index a counter, such as the epoch
   */
  static RandomGenerator of(int seed, String purpose, int index) {
    CRC32 crc = new CRC32();
    crc.update(purpose.getBytes(StandardCharsets.UTF_8));
    // The generator fills its state from a short seed so plainly that neighbouring seeds begin
    // alike
    // (the first number of seeds 0, 1, 2… falls into a few narrow bands), so it gets the whole
    // state.
    long key = mixed(mixed(mixed(seed) + (int) crc.getValue()) + index);
    int[] state = new int[STATE];
    for (int k = 0; k < STATE; k++) {
      key += GOLDEN;
      state[k] = (int) (mixed(key) >>> 32);
    }
    return new Well19937c(state);
  }

  /**
   * SplitMix64's output function (Steele, Lea and Flood 2014), a bijection that mixes every bit.
   */
  private static long mixed(long value) {
    long z = value + GOLDEN;
    z = (z ^ z >>> 30) * 0xbf58476d1ce4e5b9L;
    z = (z ^ z >>> 27) * 0x94d049bb133111ebL;
    return z ^ z >>> 31;
  }

  /** A uniformly random order of {@code 0…n-1} (Fisher and Yates). */
  static int[] permutation(int n, RandomGenerator random) {
    int[] order = new int[n];
    for (int i = 0; i < n; i++) {
      int j = random.nextInt(i + 1);
      order[i] = order[j];
      order[j] = i;
    }
    return order;
  }
}
