package mitosis.analysis;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.DoubleUnaryOperator;
import java.util.function.IntToDoubleFunction;
import org.apache.commons.math3.optim.MaxEval;
import org.apache.commons.math3.optim.nonlinear.scalar.GoalType;
import org.apache.commons.math3.optim.univariate.BrentOptimizer;
import org.apache.commons.math3.optim.univariate.SearchInterval;
import org.apache.commons.math3.optim.univariate.UnivariateObjectiveFunction;

/**
 * The law err(w) = err∞ + a·w^b by which errors fall with the width of networks (P22 figure 2; P21
 * figure 1) or with the size of chunks (P22 figure 3).
 *
 * <p>err∞, the error of the ensemble of the widest networks, is given; a and b are fitted by least
 * squares on the linear scale, never to logarithms, so that a point whose error happens to lie
 * below err∞ counts like any other. For each b the best a is known in closed form; b is sought by
 * Brent's method from the best point of a grid over [−4, 1].
 *
 * @param errInf err∞
 * @param amplitude a, the excess error at w = 1
 * @param exponent b, in [−4, 1]; the papers say −½
 * @param sumOfSquares of the residuals divided by their scales
 */
public record PowerLaw(double errInf, double amplitude, double exponent, double sumOfSquares) {

  static final double STEEPEST = -4;

  private static final double SHALLOWEST = 1;
  private static final int GRID = 100;

  /**
   * Fits with every point weighted alike.
   *
   * @param sizes S increasing sizes, at least two
   * @param errors S errors
   * @param errInf err∞
   * @throws IllegalArgumentException as {@link #fit(int[], double[], double, double[])}
   */
  public static PowerLaw fit(int[] sizes, double[] errors, double errInf) {
    double[] scales = new double[errors.length];
    Arrays.fill(scales, 1);
    return fit(sizes, errors, errInf, scales);
  }

  /**
   * Minimises Σ((err_w − err∞ − a·w^b) / s_w)².
   *
   * @param sizes S increasing sizes, at least two
   * @param errors S errors
   * @param errInf err∞
   * @param scales S scales s_w, positive. Give each point's standard error, or the order of
   *     magnitude of its excess for a fit to relative deviations: one that is fixed before the fit,
   *     such as w^-½. The fitted excess itself would make the fit circular, and the measured one
   *     would weight points by their noise
   * @throws IllegalArgumentException if the arrays differ in length or hold fewer than two points,
   *     sizes don't increase, a number is not finite, a scale is not positive, or every error is
   *     err∞ exactly, so that there is no exponent
   */
  public static PowerLaw fit(int[] sizes, double[] errors, double errInf, double[] scales) {
    return new Fit(sizes, scales).of(errors, errInf);
  }

  /**
   * The exponent between each size and the next, log(excess ratio) / log(size ratio).
   *
   * @param sizes S increasing sizes, at least two
   * @param errors S errors
   * @param errInf err∞
   * @return S − 1 slopes; nothing where one of the two errors is not above err∞
   * @throws IllegalArgumentException if the arrays differ in length or hold fewer than two points,
   *     sizes don't increase, or a number is not finite
   */
  public static List<OptionalDouble> localSlopes(int[] sizes, double[] errors, double errInf) {
    double[] excess = excess(sizes, errors, errInf);
    List<OptionalDouble> slopes = new ArrayList<>();
    for (int i = 1; i < sizes.length; i++) {
      slopes.add(
          excess[i - 1] > 0 && excess[i] > 0
              ? OptionalDouble.of(
                  Math.log(excess[i] / excess[i - 1]) / Math.log((double) sizes[i] / sizes[i - 1]))
              : OptionalDouble.empty());
    }
    return slopes;
  }

  /** The error that the law gives at a size, which need not be one of those fitted. */
  public double at(double size) {
    return errInf + amplitude * Math.pow(size, exponent);
  }

  static void requirePositive(double[] scales, int[] sizes) {
    if (scales.length != sizes.length) {
      throw new IllegalArgumentException(
          "%d scales are given for %d sizes".formatted(scales.length, sizes.length));
    }
    for (int i = 0; i < scales.length; i++) {
      if (!(scales[i] > 0 && scales[i] <= Double.MAX_VALUE)) {
        throw new IllegalArgumentException(
            "scale at size %d is %s, but must be positive".formatted(sizes[i], scales[i]));
      }
    }
  }

  private static void requireSizes(int[] sizes) {
    ChunkSizes.requireIncreasing(sizes, Integer.MAX_VALUE);
    if (sizes.length < 2) {
      throw new IllegalArgumentException(
          "a slope takes at least 2 sizes, but there are %d".formatted(sizes.length));
    }
  }

  /**
   * Errors above err∞.
   *
   * @throws IllegalArgumentException as {@link #localSlopes}
   */
  static double[] excess(int[] sizes, double[] errors, double errInf) {
    requireSizes(sizes);
    if (errors.length != sizes.length) {
      throw new IllegalArgumentException(
          "a slope takes as many errors as sizes; %d sizes and %d errors are given"
              .formatted(sizes.length, errors.length));
    }
    if (!Double.isFinite(errInf)) {
      throw new IllegalArgumentException("err∞ is " + errInf);
    }
    double[] excess = new double[errors.length];
    for (int i = 0; i < errors.length; i++) {
      if (!Double.isFinite(errors[i])) {
        throw new IllegalArgumentException("error at size %d is %s".formatted(sizes[i], errors[i]));
      }
      excess[i] = errors[i] - errInf;
    }
    return excess;
  }

  /**
   * The same fit to many errors at the same sizes, as resamples of images give them: what depends
   * on sizes alone is worked out once. May be used by several threads at once.
   */
  public static final class Fit {

    private final int[] sizes;
    private final double[] scales;
    private final double[][] gridPowers = new double[GRID + 1][];

    /**
     * @param sizes S increasing sizes, at least two
     * @param scales S scales, positive; see {@link PowerLaw#fit(int[], double[], double, double[])}
     * @throws IllegalArgumentException as there
     */
    public Fit(int[] sizes, double[] scales) {
      requireSizes(sizes);
      requirePositive(scales, sizes);
      this.sizes = sizes.clone();
      this.scales = scales.clone();
      Arrays.setAll(gridPowers, i -> powers(gridPoint(i, STEEPEST, SHALLOWEST)));
    }

    /**
     * The law of some errors.
     *
     * @param errors S errors
     * @param errInf err∞
     * @throws IllegalArgumentException as {@link PowerLaw#fit(int[], double[], double, double[])}
     */
    public PowerLaw of(double[] errors, double errInf) {
      double[] excess = excess(sizes, errors, errInf);
      if (Arrays.stream(excess).allMatch(value -> value == 0)) {
        throw new IllegalArgumentException(
            "error at every size is err∞ = %s exactly: there is no exponent".formatted(errInf));
      }
      double exponent =
          bestExponent(
              i -> sumOfSquares(excess, gridPowers[i]),
              b -> sumOfSquares(excess, powers(b)),
              STEEPEST,
              SHALLOWEST);
      double[] powers = powers(exponent);
      return new PowerLaw(
          errInf,
          amplitude(excess, powers) * Math.pow(sizes[0], -exponent),
          exponent,
          sumOfSquares(excess, powers));
    }

    /** Sizes are relative to the smallest. */
    private double[] powers(double exponent) {
      double[] powers = new double[sizes.length];
      Arrays.setAll(powers, i -> Math.pow((double) sizes[i] / sizes[0], exponent));
      return powers;
    }

    private double amplitude(double[] excess, double[] powers) {
      double product = 0;
      double square = 0;
      for (int i = 0; i < powers.length; i++) {
        double power = powers[i] / scales[i];
        product += power * excess[i] / scales[i];
        square += power * power;
      }
      return product / square;
    }

    private double sumOfSquares(double[] excess, double[] powers) {
      double amplitude = amplitude(excess, powers);
      double sum = 0;
      for (int i = 0; i < powers.length; i++) {
        double residual = (excess[i] - amplitude * powers[i]) / scales[i];
        sum += residual * residual;
      }
      return sum;
    }
  }

  private static double gridPoint(int i, double steepest, double shallowest) {
    return i == GRID ? shallowest : steepest + i * ((shallowest - steepest) / GRID);
  }

  /** Where a sum of squares is least: by Brent's method around the best of a grid of exponents. */
  static double bestExponent(DoubleUnaryOperator sumOfSquares, double steepest, double shallowest) {
    return bestExponent(
        i -> sumOfSquares.applyAsDouble(gridPoint(i, steepest, shallowest)),
        sumOfSquares,
        steepest,
        shallowest);
  }

  /**
   * @param onGrid the same sum at each point of the grid
   */
  private static double bestExponent(
      IntToDoubleFunction onGrid,
      DoubleUnaryOperator sumOfSquares,
      double steepest,
      double shallowest) {
    double step = (shallowest - steepest) / GRID;
    int best = 0;
    double least = onGrid.applyAsDouble(0);
    for (int i = 1; i <= GRID; i++) {
      double sum = onGrid.applyAsDouble(i);
      if (sum < least) {
        best = i;
        least = sum;
      }
    }
    double start = gridPoint(best, steepest, shallowest);
    double low = Math.max(steepest, start - step);
    double high = Math.min(shallowest, start + step);
    return new BrentOptimizer(1e-10, 1e-12)
        .optimize(
            new MaxEval(1000),
            GoalType.MINIMIZE,
            new UnivariateObjectiveFunction(sumOfSquares::applyAsDouble),
            new SearchInterval(low, high, start))
        .getPoint();
  }
}
