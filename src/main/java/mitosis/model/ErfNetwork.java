package mitosis.model;

import java.util.Arrays;
import org.apache.commons.math3.special.Erf;

/**
 * A two-layer network f(x) = Σ_k v_k·g(w_k·x/√D) with g(x) = erf(x/√2), the teacher and the student
 * of online learning (Saad and Solla 1995; Goldt et al. 2019, equation 1). Immutable.
 */
public final class ErfNetwork {

  private final double[][] weights;
  private final double[] readout;

  /**
   * Keeps copies.
   *
   * @param weights K x D, {@code weights[k]} the weights w_k of neuron k; finite
   * @param readout K numbers v_k; finite
   * @throws IllegalArgumentException if there is no neuron or no input, if shapes differ, or if a
   *     number is not finite
   */
  public ErfNetwork(double[][] weights, double[] readout) {
    if (weights.length == 0 || weights[0].length == 0) {
      throw new IllegalArgumentException("a network needs at least one neuron and one input");
    }
    if (readout.length != weights.length) {
      throw new IllegalArgumentException(
          "the readout has %d numbers for %d neurons".formatted(readout.length, weights.length));
    }
    this.weights = new double[weights.length][];
    for (int k = 0; k < weights.length; k++) {
      if (weights[k].length != weights[0].length) {
        throw new IllegalArgumentException(
            "neuron %d has %d weights, but neuron 0 has %d"
                .formatted(k, weights[k].length, weights[0].length));
      }
      requireFinite("weights of neuron " + k, weights[k]);
      this.weights[k] = weights[k].clone();
    }
    requireFinite("readout", readout);
    this.readout = readout.clone();
  }

  private static void requireFinite(String what, double[] numbers) {
    if (!Arrays.stream(numbers).allMatch(Double::isFinite)) {
      throw new IllegalArgumentException(
          "%s: %s are not all finite numbers".formatted(what, Arrays.toString(numbers)));
    }
  }

  /** Number K of neurons. */
  public int width() {
    return weights.length;
  }

  /** Number D of inputs. */
  public int inputs() {
    return weights[0].length;
  }

  /** The weights w_k of the first layer, K x D, a copy. */
  public double[][] weights() {
    return Arrays.stream(weights).map(double[]::clone).toArray(double[][]::new);
  }

  /** The K weights v_k of the second layer, a copy. */
  public double[] readout() {
    return readout.clone();
  }

  /**
   * The output for one input.
   *
   * @param x D numbers
   */
  public double output(double[] x) {
    double output = 0;
    for (int k = 0; k < weights.length; k++) {
      output += readout[k] * ErrorFunctionTable.value(dot(weights[k], x) / Math.sqrt(x.length));
    }
    return output;
  }

  /**
   * The overlaps w_k·u_m/D of this network's neurons with those of another: the covariances of
   * their preactivations over inputs x ~ N(0, 1).
   *
   * @return K x M for M neurons of the other network
   * @throws IllegalArgumentException if the two differ in their number of inputs
   */
  public double[][] overlaps(ErfNetwork other) {
    if (other.inputs() != inputs()) {
      throw new IllegalArgumentException(
          "neurons of %d and of %d inputs have no overlap".formatted(inputs(), other.inputs()));
    }
    double[][] overlaps = new double[width()][other.width()];
    for (int k = 0; k < width(); k++) {
      for (int m = 0; m < other.width(); m++) {
        overlaps[k][m] = dot(weights[k], other.weights[m]) / inputs();
      }
    }
    return overlaps;
  }

  private static double dot(double[] w, double[] x) {
    double sum = 0;
    for (int i = 0; i < w.length; i++) {
      sum += w[i] * x[i];
    }
    return sum;
  }

  /**
   * The activation g(x) = erf(x/√2) of two-layer networks and its derivative g'(x) =
   * √(2/π)·e^(−x²/2) (Saad and Solla 1995; Goldt et al. 2019), read off a table, as an online
   * training calls them hundreds of millions of times. Between the nodes, 1/256 apart, both are
   * cubic Hermite polynomials, for g'' = −x·g' is known too: the error is below 1e-11. The same
   * bits on every machine.
   */
  public static final class ErrorFunctionTable {

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
}
