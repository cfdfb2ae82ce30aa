package mitosis.claim;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;

/** Numbers as sentences and tables show them. */
public final class Decimal {

  /** Below this magnitude plain digits would begin with a row of zeros. */
  private static final double SMALLEST_PLAIN = 1e-4;

  private static final double LARGEST_PLAIN = 1e6;

  private Decimal() {}

  /**
   * The number to four significant digits (all digits before the point) without trailing zeros:
   * plain between 1e-4 and 1e6 in magnitude, scientific beyond; infinities are {@code ∞} and {@code
   * -∞}.
   */
  public static String text(double value) {
    if (Double.isInfinite(value)) {
      return value > 0 ? "∞" : "-∞";
    }
    if (Double.isNaN(value)) {
      return "NaN";
    }
    double magnitude = Math.abs(value);
    if (value != 0 && (magnitude < SMALLEST_PLAIN || magnitude >= LARGEST_PLAIN)) {
      return String.format(Locale.ROOT, "%.3e", value)
          .replaceFirst("\\.?0*e", "e")
          .replaceFirst("e([-+])0", "e$1")
          .replace("e+", "e");
    }
    int decimals =
        Math.max(0, 3 - (int) Math.floor(Math.log10(Math.max(magnitude, SMALLEST_PLAIN))));
    return new BigDecimal(value)
        .setScale(decimals, RoundingMode.HALF_EVEN)
        .stripTrailingZeros()
        .toPlainString();
  }
}
