package mitosis.analysis;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import org.apache.commons.math3.analysis.solvers.BrentSolver;
import org.apache.commons.math3.distribution.FDistribution;

/**
 * The law err(w) = err∞ + a·w^b with err∞ fitted too, for where no ensemble gives it: what the
 * errors themselves say of their limit ({@link PowerLaw} fits with err∞ given).
 *
 * <p>It is fitted by least squares on the linear scale. For each b the best err∞ and a are known in
 * closed form, which leaves a function of b, sought over [−4, −0.01]: at b = 0 a and err∞ are one
 * and the same, and a law that rises has no limit. The 95 % range of b is where the sum of squares
 * Q stays below Q_min·(1 + F/(S−3)), with F the 95 % quantile of Fisher's distribution of 1 and S−3
 * degrees of freedom (Bates and Watts 1988, <em>Nonlinear Regression Analysis and Its
 * Applications</em>, chapter 6): the noise is judged by how far the points lie off the law, so it
 * takes a point more than parameters.
 *
 * @param best the law
 * @param steepest the law that fits best with the lowest exponent of the range
 * @param shallowest the law that fits best with the highest exponent of the range
 */
public record FreePowerLaw(PowerLaw best, PowerLaw steepest, PowerLaw shallowest) {

  private static final double STEEPEST = PowerLaw.STEEPEST;
  private static final double SHALLOWEST = -0.01;
  private static final int PARAMETERS = 3;
  private static final double LEVEL = 0.95;
  private static final double ACCURACY = 1e-9;
  private static final int STEPS = 200;
  private static final int MOST_EVALUATIONS = 1000;

  /**
   * Minimises Σ((err_w − err∞ − a·w^b) / s_w)² over err∞, a and b.
   *
   * @param sizes S increasing sizes, at least 4
   * @param errors S errors
   * @param scales S scales s_w, positive; see {@link PowerLaw#fit(int[], double[], double,
   *     double[])}
   * @throws IllegalArgumentException if the arrays differ in length or hold fewer than four points,
   *     sizes don't increase, a number is not finite, a scale is not positive, or all errors are
   *     the same, so that there is no exponent
   */
  public static FreePowerLaw fit(int[] sizes, double[] errors, double[] scales) {
    double[] aboveFirst = PowerLaw.excess(sizes, errors, errors.length == 0 ? 0 : errors[0]);
    PowerLaw.requirePositive(scales, sizes);
    if (sizes.length <= PARAMETERS) {
      throw new IllegalArgumentException(
          "err∞, amplitude and exponent take errors at 4 sizes at least, but there are %d; measure"
                  .formatted(sizes.length)
              + " more sizes or give err∞");
    }
    if (Arrays.stream(aboveFirst).allMatch(value -> value == 0)) {
      throw new IllegalArgumentException(
          "error at every size is %s: there is no exponent".formatted(errors[0]));
    }
    Profile profile = new Profile(sizes, errors, scales);
    double best = PowerLaw.bestExponent(profile::sumOfSquares, STEEPEST, SHALLOWEST);
    int freedom = sizes.length - PARAMETERS;
    double limit =
        profile.sumOfSquares(best)
            * (1 + new FDistribution(1, freedom).inverseCumulativeProbability(LEVEL) / freedom);
    DoubleUnaryOperator beyond = exponent -> profile.sumOfSquares(exponent) - limit;
    return new FreePowerLaw(
        profile.law(best),
        profile.law(edge(beyond, best, STEEPEST)),
        profile.law(edge(beyond, best, SHALLOWEST)));
  }

  /** Where the sum of squares first exceeds its limit on the way to an end, or that end. */
  private static double edge(DoubleUnaryOperator beyond, double best, double end) {
    double last = best;
    for (int i = 1; i <= STEPS; i++) {
      double next = i == STEPS ? end : best + (end - best) * i / STEPS;
      if (beyond.applyAsDouble(next) > 0) {
        return new BrentSolver(ACCURACY, ACCURACY, Double.MIN_VALUE)
            .solve(
                MOST_EVALUATIONS,
                beyond::applyAsDouble,
                Math.min(last, next),
                Math.max(last, next));
      }
      last = next;
    }
    return end;
  }

  /**
   * Whether the errors bound the exponent on both sides, and so err∞ too: whether its range ends
   * within (−4, −0.01). If not, errors that fall like log w, or in one step, fit as well as a power
   * law does, and err∞ must come from elsewhere.
   */
  public boolean isIdentified() {
    return STEEPEST < steepest.exponent() && shallowest.exponent() < SHALLOWEST;
  }

  /**
   * The least sum of squares as a function of b alone. The law is taken as c + a'·((w/w₁)^b − 1),
   * w₁ the smallest size, which keeps its digits as b nears 0.
   */
  private record Profile(int[] sizes, double[] errors, double[] scales) {

    double sumOfSquares(double exponent) {
      return law(exponent).sumOfSquares();
    }

    PowerLaw law(double exponent) {
      double weights = 0;
      double meanPower = 0;
      double meanError = 0;
      for (int i = 0; i < sizes.length; i++) {
        double weight = 1 / (scales[i] * scales[i]);
        weights += weight;
        meanPower += weight * power(i, exponent);
        meanError += weight * errors[i];
      }
      meanPower /= weights;
      meanError /= weights;
      double product = 0;
      double square = 0;
      for (int i = 0; i < sizes.length; i++) {
        double weight = 1 / (scales[i] * scales[i]);
        double apart = power(i, exponent) - meanPower;
        product += weight * apart * (errors[i] - meanError);
        square += weight * apart * apart;
      }
      double amplitude = product / square;
      double sum = 0;
      for (int i = 0; i < sizes.length; i++) {
        double residual =
            (errors[i] - meanError - amplitude * (power(i, exponent) - meanPower)) / scales[i];
        sum += residual * residual;
      }
      return new PowerLaw(
          meanError - amplitude * (meanPower + 1),
          amplitude * Math.pow(sizes[0], -exponent),
          exponent,
          sum);
    }

    /** (w/w₁)^b − 1. */
    private double power(int i, double exponent) {
      return Math.expm1(exponent * Math.log((double) sizes[i] / sizes[0]));
    }
  }
}
