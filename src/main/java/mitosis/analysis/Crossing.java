package mitosis.analysis;

import java.util.OptionalDouble;

/**
 * Where a quantity that falls with size comes down to a threshold: between the first size at which
 * it is no more than that and the size before, interpolated on logarithmic axes, on which power
 * laws are straight. Below 1e-7 a value counts as 1e-7, as those axes have no zero.
 *
 * @param threshold at least 1e-7
 */
public record Crossing(double threshold) {

  private static final double NONE = 1e-7;

  /**
   * @throws IllegalArgumentException if the threshold is not finite or below 1e-7
   */
  public Crossing {
    if (!(threshold >= NONE && threshold <= Double.MAX_VALUE)) {
      throw new IllegalArgumentException(
          "threshold is %s, but must be at least %s on logarithmic axes"
              .formatted(threshold, NONE));
    }
  }

  /**
   * Finds it.
   *
   * @param sizes S increasing sizes, at least 1
   * @param values S values, finite and at least 0
   * @return the first size itself if the quantity is that low there; nothing if it is at no size
   * @throws IllegalArgumentException if sizes and values differ in number, sizes don't increase or
   *     a value is negative or not finite
   */
  public OptionalDouble of(int[] sizes, double[] values) {
    ChunkSizes.requireIncreasing(sizes, Integer.MAX_VALUE);
    if (values.length != sizes.length) {
      throw new IllegalArgumentException(
          "%d values are given for %d sizes".formatted(values.length, sizes.length));
    }
    for (int i = 0; i < values.length; i++) {
      if (!(values[i] >= 0 && values[i] <= Double.MAX_VALUE)) {
        throw new IllegalArgumentException(
            "value at size %d is %s, but must be at least 0".formatted(sizes[i], values[i]));
      }
    }
    int first = 0;
    while (first < sizes.length && values[first] > threshold) {
      first++;
    }
    if (first == sizes.length) {
      return OptionalDouble.empty();
    }
    if (first == 0) {
      return OptionalDouble.of(sizes[0]);
    }
    double above = Math.log(values[first - 1]);
    double below = Math.log(Math.max(values[first], NONE));
    double share = (above - Math.log(threshold)) / (above - below);
    return OptionalDouble.of(
        sizes[first - 1] * Math.pow((double) sizes[first] / sizes[first - 1], share));
  }
}
