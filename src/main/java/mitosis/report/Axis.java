package mitosis.report;

/**
 * An axis of a figure.
 *
 * @param label what is shown and its unit; {@code ^{…}} and {@code _{…}} raise and lower text
 * @param spacing how values are placed, and where ticks stand
 */
public record Axis(String label, Spacing spacing) {

  /** How values are placed along an axis. */
  public enum Spacing {
    /** Evenly. */
    LINEAR,
    /** By their logarithm, ticks at powers of ten; values ≤ 0 have no place. */
    LOG10,
    /**
     * By their logarithm, ticks at powers of ten, with a place for 0 a decade below the smallest
     * power; values &lt; 0 have none.
     */
    LOG10_AND_ZERO,
    /** By their logarithm, ticks at powers of two, as for widths; values ≤ 0 have no place. */
    LOG2;

    boolean isLog() {
      return this != LINEAR;
    }
  }

  /** An evenly spaced axis. */
  public static Axis linear(String label) {
    return new Axis(label, Spacing.LINEAR);
  }

  /** A logarithmic axis with ticks at powers of ten. */
  public static Axis log10(String label) {
    return new Axis(label, Spacing.LOG10);
  }

  /** The same with a place for 0, as for training errors. */
  public static Axis log10AndZero(String label) {
    return new Axis(label, Spacing.LOG10_AND_ZERO);
  }

  /** A logarithmic axis with ticks at powers of two. */
  public static Axis log2(String label) {
    return new Axis(label, Spacing.LOG2);
  }

  /** Whether the axis has a place for the value. */
  boolean shows(double value) {
    return Double.isFinite(value)
        && switch (spacing) {
          case LINEAR -> true;
          case LOG10_AND_ZERO -> value >= 0;
          case LOG10, LOG2 -> value > 0;
        };
  }
}
