package mitosis.claim;

/**
 * A measured value with its confidence interval.
 *
 * @param value the measured value; finite
 * @param interval where the quantity lies at {@code level}; need not be symmetric about the value
 * @param level the interval's confidence level, between 0 and 1 (both excluded), e.g. 0.95
 */
public record Estimate(double value, Interval interval, double level) {

  /**
   * @throws IllegalArgumentException if the value is not finite or the level not in (0, 1)
   */
  public Estimate {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException(
          "estimate's value is " + value + "; a failed measurement is no estimate, look there");
    }
    if (!(level > 0 && level < 1)) {
      throw new IllegalArgumentException(
          "estimate's level is " + level + "; give a probability between 0 and 1, e.g. 0.95");
    }
  }

  /** As in {@code 0.47, 95 % interval [0.41, 0.52]}. */
  @Override
  public String toString() {
    return Decimal.text(value) + ", " + Decimal.text(100 * level) + " % interval " + interval;
  }
}
