package mitosis.power;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import mitosis.evidence.ErrorCurve;
import mitosis.evidence.ErrorCurve.ErrInf;
import mitosis.evidence.Scaling;

/**
 * Error curves of networks that are known by the noise of their outputs, image by image; err∞ is
 * not told to the check, but comes from the outputs of the widest networks, as it does of trained
 * ones.
 *
 * @param law how often noise misreads images
 * @param images N
 * @param spread the relative deviation between networks of one width in their excess error
 * @param tilt the deviation between networks in the exponent by which the excess error of their
 *     chunks falls
 */
record PlantedErrors(MarginLaw law, int images, double spread, double tilt) {

  private static final double LEAST = 0.05;

  /**
   * Networks of the widest width.
   *
   * @param factors how much larger the excess error of each is than it should be
   * @param noises of each on the hard images
   */
  private record Widest(PlantedImages seen, double[] factors, double[][] noises, ErrInf errInf) {}

  private Widest widest(double excess, int seeds, SplittableRandom random) {
    PlantedImages seen = new PlantedImages(law, images, random);
    double[] factors = new double[seeds];
    Arrays.setAll(factors, seed -> factor(random));
    double[][] noises = new double[seeds][];
    Arrays.setAll(noises, seed -> seen.noise(law.deviation(factors[seed] * excess), random));
    double[][][] outputs = new double[seeds][1][];
    for (int seed = 0; seed < seeds; seed++) {
      outputs[seed][0] = seen.outputs(noises[seed]);
    }
    return new Widest(seen, factors, noises, ErrInf.ofLogits(outputs, seen.labels()));
  }

  private double factor(SplittableRandom random) {
    return Math.max(LEAST, 1 + spread * random.nextGaussian());
  }

  /**
   * Full networks of several widths.
   *
   * @param widths increasing
   * @param excess their error above err∞, by width
   */
  ErrorCurve networks(
      int[] widths, DoubleUnaryOperator excess, int seeds, SplittableRandom random) {
    int last = widths.length - 1;
    Widest widest = widest(excess.applyAsDouble(widths[last]), seeds, random);
    float[][][] mistakes = narrower(widths, excess, seeds, widest, random);
    for (int seed = 0; seed < seeds; seed++) {
      mistakes[seed][last] = widest.seen().mistakes(widest.noises()[seed], 0);
    }
    return ErrorCurve.of(widths, mistakes, widest.errInf());
  }

  private float[][][] narrower(
      int[] widths, DoubleUnaryOperator excess, int seeds, Widest widest, SplittableRandom random) {
    float[][][] mistakes = new float[seeds][widths.length][];
    for (int k = 0; k < widths.length; k++) {
      for (int seed = 0; seed < seeds; seed++) {
        double deviation = law.deviation(factor(random) * excess.applyAsDouble(widths[k]));
        double[] noise = widest.seen().noise(deviation, random);
        mistakes[seed][k] = widest.seen().mistakes(noise, 0);
      }
    }
    return mistakes;
  }

  /**
   * Chunks of the widest networks. Those of each network fall by a law of its own, whose excess
   * error is the mean law's times 1 + t·log(w/w₀), with t its own: exponents differ by about t. w₀
   * is W where the sizes reach it, since no chunk errs less than its network, and else in their
   * middle. The mean over networks is the law, but for what that bound cuts off where the law is
   * hardly steeper than t.
   *
   * @param sizes increasing, the last at most W
   * @param excess of their error, by size; falling
   * @param width W
   */
  ErrorCurve chunks(
      int[] sizes, DoubleUnaryOperator excess, int width, int seeds, SplittableRandom random) {
    Widest widest = widest(excess.applyAsDouble(width), seeds, random);
    return chunks(sizes, excess, width, seeds, widest, random);
  }

  private ErrorCurve chunks(
      int[] sizes,
      DoubleUnaryOperator excess,
      int width,
      int seeds,
      Widest widest,
      SplittableRandom random) {
    int last = sizes[sizes.length - 1];
    double fixed = last == width ? width : Math.sqrt((double) sizes[0] * last);
    float[][][] mistakes = new float[seeds][sizes.length][];
    for (int seed = 0; seed < seeds; seed++) {
      double own = widest.factors()[seed] * excess.applyAsDouble(width);
      double tilted = tilt * random.nextGaussian();
      for (int k = 0; k < sizes.length; k++) {
        double factor =
            Math.max(LEAST, widest.factors()[seed] + tilted * Math.log(sizes[k] / fixed));
        double further =
            Math.pow(law.deviation(factor * excess.applyAsDouble(sizes[k])), 2)
                - Math.pow(law.deviation(own), 2);
        mistakes[seed][k] =
            widest.seen().mistakes(widest.noises()[seed], Math.sqrt(Math.max(0, further)));
      }
    }
    return ErrorCurve.of(sizes, mistakes, widest.errInf());
  }

  /**
   * Chunks of the widest networks beside full networks as wide, whose excess error is that of the
   * chunks divided by a ratio.
   *
   * @param excess of the full networks, by width
   */
  Scaling.Pair pair(
      int[] widths,
      double ratio,
      DoubleUnaryOperator excess,
      int width,
      int seeds,
      SplittableRandom random) {
    DoubleUnaryOperator ofChunks = size -> ratio * excess.applyAsDouble(size);
    Widest widest = widest(ofChunks.applyAsDouble(width), seeds, random);
    return new Scaling.Pair(
        chunks(widths, ofChunks, width, seeds, widest, random),
        ErrorCurve.of(widths, narrower(widths, excess, seeds, widest, random), widest.errInf()));
  }

  /**
   * Networks without a width: each errs with its own rate.
   *
   * @param rates of all errors, above err∞
   */
  ErrorCurve rates(double[] rates, int seeds, SplittableRandom random) {
    int[] numbers = new int[rates.length];
    Arrays.setAll(numbers, k -> k + 1);
    return networks(numbers, number -> rates[(int) number - 1] - law.always(), seeds, random);
  }
}
