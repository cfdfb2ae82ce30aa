package mitosis.claim;

/**
 * A closed interval of a measured quantity, in that quantity's unit.
 *
 * @param low the lower end; may be −∞ where the data do not bound the quantity
 * @param high the upper end, at least {@code low}; may be +∞
 */
public record Interval(double low, double high) {

  /**
   * @throws IllegalArgumentException if an end is NaN or {@code low > high}
   */
  public Interval {
    if (Double.isNaN(low) || Double.isNaN(high)) {
      throw new IllegalArgumentException(
          "interval ["
              + low
              + ", "
              + high
              + "]: an end is NaN; the measurement failed, look there");
    }
    if (low > high) {
      throw new IllegalArgumentException(
          "interval [" + low + ", " + high + "]: low is above high; swap the ends");
    }
  }

  /** Half the distance between the ends; +∞ if an end is infinite. */
  public double halfWidth() {
    // Halved first, so that ends near the largest double do not overflow.
    return high / 2 - low / 2;
  }

  /** As in {@code [0.41, 0.52]}. */
  @Override
  public String toString() {
    return "[" + Decimal.text(low) + ", " + Decimal.text(high) + "]";
  }
}
