package mitosis.analysis;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.DoubleUnaryOperator;
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
    double[] excess = excess(sizes, errors, errInf);
    requirePositive(scales, sizes);
    if (Arrays.stream(excess).allMatch(value -> value == 0)) {
      throw new IllegalArgumentException(
          "error at every size is err∞ = %s exactly: there is no exponent".formatted(errInf));
    }
    Profile profile = new Profile(sizes, excess, scales);
    double exponent = profile.best();
    return new PowerLaw(
        errInf,
        profile.amplitude(exponent) * Math.pow(sizes[0], -exponent),
        exponent,
        profile.sumOfSquares(exponent));
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

  /**
   * Errors above err∞.
   *
   * @throws IllegalArgumentException as {@link #localSlopes}
   */
  static double[] excess(int[] sizes, double[] errors, double errInf) {
    ChunkSizes.requireIncreasing(sizes, Integer.MAX_VALUE);
    if (sizes.length < 2 || errors.length != sizes.length) {
      throw new IllegalArgumentException(
          "a slope takes as many errors as sizes, at least 2; %d sizes and %d errors are given"
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

  /** The sum of squares as a function of b alone. Sizes are relative to the smallest. */
  private record Profile(int[] sizes, double[] excess, double[] scales) {

    double amplitude(double exponent) {
      double product = 0;
      double square = 0;
      for (int i = 0; i < sizes.length; i++) {
        double power = power(i, exponent) / scales[i];
        product += power * excess[i] / scales[i];
        square += power * power;
      }
      return product / square;
    }

    double sumOfSquares(double exponent) {
      double amplitude = amplitude(exponent);
      double sum = 0;
      for (int i = 0; i < sizes.length; i++) {
        double residual = (excess[i] - amplitude * power(i, exponent)) / scales[i];
        sum += residual * residual;
      }
      return sum;
    }

    private double power(int i, double exponent) {
      return Math.pow((double) sizes[i] / sizes[0], exponent);
    }

    double best() {
      return bestExponent(this::sumOfSquares, STEEPEST, SHALLOWEST);
    }
  }

  /** Where a sum of squares is least: by Brent's method around the best of a grid of exponents. */
  static double bestExponent(DoubleUnaryOperator sumOfSquares, double steepest, double shallowest) {
    double step = (shallowest - steepest) / GRID;
    double start = steepest;
    for (int i = 1; i <= GRID; i++) {
      double exponent = i == GRID ? shallowest : steepest + i * step;
      if (sumOfSquares.applyAsDouble(exponent) < sumOfSquares.applyAsDouble(start)) {
        start = exponent;
      }
    }
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
