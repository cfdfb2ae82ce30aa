package mitosis.evidence;

import java.util.Arrays;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import mitosis.claim.Estimate;
import org.apache.commons.math3.stat.regression.SimpleRegression;

/** Whether students copy their teacher, and what they gain by it (claim C17). */
public final class Copying {

  private static final int LEAST_WIDTHS = 3;
  private static final String LONGER = "train more widths or longer, with a larger -Dscale";

  private Copying() {}

  /** The slope of log error on log number of copies over all widths, each counted alike. */
  public static Measurement<StudentCurve> errorAgainstCopies() {
    return curve ->
        Resampling.ofSeeds(curve.seeds())
            .estimate((seeds, images) -> slope(curve.copies(seeds), curve.errors(seeds)));
  }

  /**
   * The slope of the logarithm of the root mean square error on log width over all widths, each
   * counted alike.
   */
  public static Measurement<StudentCurve> rootErrorAgainstWidth() {
    return curve ->
        Resampling.ofSeeds(curve.seeds())
            .estimate(
                (seeds, images) ->
                    slope(
                        curve.widths().stream().mapToDouble(Integer::doubleValue).toArray(),
                        Arrays.stream(curve.errors(seeds)).map(Math::sqrt).toArray()));
  }

  private static double slope(double[] x, double[] y) {
    if (x.length < LEAST_WIDTHS) {
      throw new Unmeasurable(
          "an exponent needs at least %d widths, but there are only %d"
              .formatted(LEAST_WIDTHS, x.length),
          LONGER);
    }
    SimpleRegression line = new SimpleRegression();
    for (int k = 0; k < x.length; k++) {
      if (!(x[k] > 0 && y[k] > 0)) {
        throw new Unmeasurable(
            "an exponent of error %s against %s copies or neurons, as both must be above 0"
                .formatted(y[k], x[k]),
            LONGER);
      }
      line.addData(Math.log(x[k]), Math.log(y[k]));
    }
    if (Double.isNaN(line.getSlope())) {
      throw new Unmeasurable("an exponent where the number of copies does not change", LONGER);
    }
    return line.getSlope();
  }

  /** Which part of the widest student's neurons are near-copies of teacher neurons. */
  public static Measurement<StudentCurve> copiedPart() {
    return curve -> {
      int widest = curve.widths().get(curve.widths().size() - 1);
      return overSeeds(curve, seed -> curve.widest(seed).copies() * curve.teachers() / widest);
    };
  }

  /** How much the copies of a teacher neuron in the widest student err alike, mean over seeds. */
  public static Measurement<StudentCurve> correlationOfCopies() {
    return curve ->
        overSeeds(
            curve,
            seed ->
                curve
                    .widest(seed)
                    .correlation()
                    .orElseThrow(
                        () ->
                            new Unmeasurable(
                                "a correlation among copies, as the widest student has no two of any teacher neuron",
                                LONGER)));
  }

  private static Estimate overSeeds(StudentCurve curve, IntToDoubleFunction ofSeed) {
    return Resampling.ofSeeds(curve.seeds())
        .estimate(
            (seeds, images) -> Arrays.stream(seeds).mapToDouble(ofSeed).average().orElseThrow());
  }

  /**
   * Students of the same widths and seeds.
   *
   * @param of what is measured
   * @param beside what it is divided by
   */
  public record Pair(StudentCurve of, StudentCurve beside) {}

  /** The first students' error divided by the second ones', at the width where that is largest. */
  public static Measurement<Pair> largestErrorRatio() {
    return pair ->
        Resampling.ofSeeds(pair.of().seeds())
            .estimate(
                (seeds, images) -> {
                  double[] of = pair.of().errors(seeds);
                  double[] beside = pair.beside().errors(seeds);
                  return IntStream.range(0, of.length)
                      .mapToDouble(k -> of[k] / beside[k])
                      .max()
                      .orElseThrow();
                });
  }
}
