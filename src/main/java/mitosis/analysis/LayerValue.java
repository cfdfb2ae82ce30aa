package mitosis.analysis;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * One number that was measured on a layer, plain enough for a table.
 *
 * @param quantity what it is, such as {@code held_out_r2}; {@link LayerSummary#values} has the list
 * @param size the chunk size w that it is of; nothing if it is of the layer as a whole
 * @param mean the number, over chunks the mean; nothing where there is none, such as a critical
 *     width by a sign that does not show
 * @param deviation the standard deviation between chunks, with n−1; nothing if it is not over
 *     chunks
 */
public record LayerValue(
    String quantity, OptionalInt size, OptionalDouble mean, OptionalDouble deviation) {

  /**
   * @throws IllegalArgumentException if a number is not finite
   */
  public LayerValue {
    requireFinite(quantity, size, "mean", mean);
    requireFinite(quantity, size, "deviation", deviation);
  }

  private static void requireFinite(
      String quantity, OptionalInt size, String what, OptionalDouble number) {
    if (number.isPresent() && !Double.isFinite(number.getAsDouble())) {
      throw new IllegalArgumentException(
          "%s of %s%s is %s, but must be finite; leave it out where there is none"
              .formatted(
                  what,
                  quantity,
                  size.isPresent() ? " at size " + size.getAsInt() : "",
                  number.getAsDouble()));
    }
  }

  /** Of the layer as a whole. */
  static LayerValue ofLayer(String quantity, OptionalDouble value) {
    return new LayerValue(quantity, OptionalInt.empty(), value, OptionalDouble.empty());
  }

  /** The same over all chunks of a size. */
  static LayerValue ofSize(String quantity, int size, OptionalDouble value) {
    return new LayerValue(quantity, OptionalInt.of(size), value, OptionalDouble.empty());
  }

  /** The mean over chunks of a size. */
  static LayerValue overChunks(String quantity, int size, Optional<MeanOverChunks> chunks) {
    return new LayerValue(
        quantity,
        OptionalInt.of(size),
        chunks.map(each -> OptionalDouble.of(each.mean())).orElseGet(OptionalDouble::empty),
        chunks.map(each -> OptionalDouble.of(each.deviation())).orElseGet(OptionalDouble::empty));
  }
}
