package mitosis.benchmarks;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import mitosis.claim.Estimate;
import mitosis.evidence.ErrorCurve;
import mitosis.evidence.Scaling;

/**
 * How often the 95 % interval of an exponent ({@link Scaling#exponent}: jackknife over seeds plus
 * paired bootstrap over images) holds the exponent of the law that the errors were made by.
 *
 * <pre>
 * mvn -q test-compile exec:java -Dexec.classpathScope=test \
 *     -Dexec.mainClass=mitosis.benchmarks.SlopeCoverage -Dexec.args="1000 1"
 * </pre>
 *
 * <p>The arguments are the number of trials and a seed; 1,000 trials take minutes. A network of
 * width w misreads an image with probability 0.04 + 0.3·w^-½, exactly, and err∞ = 0.04 is known.
 * What differs is what networks have in common. It must lie between 90 and 99 %.
 *
 * @param seeds S networks at each width
 * @param images N test images
 * @param sharing the probability that an image decides by its own difficulty, the same for all
 *     networks, whether a network misreads it, and not anew for each: 0 makes binomial noise
 * @param spread the relative deviation between networks of one width in their excess error
 */
public record SlopeCoverage(int seeds, int images, double sharing, double spread) {

  private static final int[] WIDTHS = {8, 16, 32, 64, 128, 256};
  private static final double EXPONENT = -0.5;
  private static final double AMPLITUDE = 0.3;
  private static final double ERR_INF = 0.04;

  /**
   * What the intervals of many trials were like.
   *
   * @param covered the share of intervals that hold the exponent
   * @param meanHalfWidth of the intervals
   * @param deviation of the exponents, about the true one
   */
  record Result(double covered, double meanHalfWidth, double deviation) {}

  /** Prints a table. */
  public static void main(String[] arguments) {
    int trials = Integer.parseInt(arguments[0]);
    long seed = Long.parseLong(arguments[1]);
    System.out.println("seeds  sharing  spread  covered  half width  1.96 deviations");
    for (int seeds : new int[] {4, 10, 20}) {
      for (double[] noise : new double[][] {{0, 0}, {0.5, 0}, {0.9, 0}, {0.9, 0.1}, {0, 0.1}}) {
        Result result = new SlopeCoverage(seeds, 10_000, noise[0], noise[1]).measure(trials, seed);
        System.out.printf(
            "%5d  %7.1f  %6.1f  %7.3f  %10.4f  %15.4f%n",
            seeds,
            noise[0],
            noise[1],
            result.covered(),
            result.meanHalfWidth(),
            1.96 * result.deviation());
      }
    }
  }

  Result measure(int trials, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    SplittableRandom[] sources =
        IntStream.range(0, trials).mapToObj(i -> random.split()).toArray(SplittableRandom[]::new);
    Estimate[] exponents =
        Arrays.stream(sources)
            .parallel()
            .map(source -> Scaling.exponent().of(curve(source)))
            .toArray(Estimate[]::new);
    return new Result(
        Arrays.stream(exponents).filter(SlopeCoverage::holds).count() / (double) trials,
        Arrays.stream(exponents).mapToDouble(e -> e.interval().halfWidth()).average().orElse(0),
        Math.sqrt(
            Arrays.stream(exponents)
                .mapToDouble(e -> Math.pow(e.value() - EXPONENT, 2))
                .average()
                .orElse(0)));
  }

  private static boolean holds(Estimate exponent) {
    return exponent.interval().low() <= EXPONENT && EXPONENT <= exponent.interval().high();
  }

  private ErrorCurve curve(SplittableRandom random) {
    double[] difficulty = random.doubles(images).toArray();
    float[][][] mistakes = new float[seeds][WIDTHS.length][images];
    for (float[][] network : mistakes) {
      for (int k = 0; k < WIDTHS.length; k++) {
        double excess = AMPLITUDE * Math.pow(WIDTHS[k], EXPONENT);
        double error = ERR_INF + excess * (1 + spread * random.nextGaussian());
        for (int image = 0; image < images; image++) {
          boolean shared = random.nextDouble() < sharing;
          double drawn = shared ? difficulty[image] : random.nextDouble();
          network[k][image] = drawn < error ? 1 : 0;
        }
      }
    }
    return ErrorCurve.of(WIDTHS, mistakes, (some, weights) -> ERR_INF);
  }
}
