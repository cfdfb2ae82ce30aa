package mitosis.model;

import org.apache.commons.math3.special.Erf;

/**
 * The activation g(x) = erf(x/√2) of two-layer networks and its derivative g'(x) = √(2/π)·e^(−x²/2)
 * (Saad and Solla 1995; Goldt et al. 2019), read off a table, as an online training calls them
 * hundreds of millions of times. Between the nodes, 1/256 apart, both are cubic Hermite
 * polynomials, for g'' = −x·g' is known too: the error is below 1e-11. The same bits on every
 * machine.
 */
public final class ErrorFunctionTable {

  private static final int PER_UNIT = 256;

  /** From here on g is 1 and g' is 0 to double precision. */
  private static final int LAST = 9;

  private static final double[] VALUES = new double[LAST * PER_UNIT + 2];
  private static final double[] SLOPES = new double[LAST * PER_UNIT + 2];

  static {
    for (int node = 0; node < VALUES.length; node++) {
      double x = (double) node / PER_UNIT;
      VALUES[node] = Erf.erf(x / Math.sqrt(2));
      SLOPES[node] = Math.sqrt(2 / Math.PI) * StrictMath.exp(-x * x / 2);
    }
  }

  private ErrorFunctionTable() {}

  /** g(x) = erf(x/√2), in [−1, 1]; NaN of NaN. */
  public static double value(double x) {
    double size = Math.abs(x);
    if (size >= LAST) {
      return Math.signum(x);
    }
    int node = (int) (size * PER_UNIT);
    double value =
        hermite(
            size * PER_UNIT - node,
            VALUES[node],
            SLOPES[node] / PER_UNIT,
            VALUES[node + 1],
            SLOPES[node + 1] / PER_UNIT);
    return x < 0 ? -value : value;
  }

  /** g'(x) = √(2/π)·e^(−x²/2), at least 0; NaN of NaN. */
  public static double slope(double x) {
    double size = Math.abs(x);
    if (size >= LAST) {
      return 0;
    }
    int node = (int) (size * PER_UNIT);
    double here = (double) node / PER_UNIT;
    double next = (node + 1.0) / PER_UNIT;
    return hermite(
        size * PER_UNIT - node,
        SLOPES[node],
        -here * SLOPES[node] / PER_UNIT,
        SLOPES[node + 1],
        -next * SLOPES[node + 1] / PER_UNIT);
  }

  /**
   * The cubic through two values with two slopes.
   *
   * @param u how far from the first node to the second, in [0, 1]
   */
  private static double hermite(double u, double left, double rise, double right, double fall) {
    double step = right - left;
    return left + u * (rise + u * (3 * step - 2 * rise - fall + u * (rise + fall - 2 * step)));
  }
}
