package mitosis.evidence;

import java.util.Arrays;
import java.util.function.Function;
import java.util.stream.IntStream;
import mitosis.analysis.ImageWeights;
import mitosis.analysis.PowerLaw;
import mitosis.claim.Decimal;
import mitosis.claim.Estimate;
import mitosis.claim.Estimates;

/** How fast excess errors fall with size (claims C01 to C04). */
public final class Scaling {

  private static final int LEAST_SIZES = 3;
  private static final String MORE_IMAGES = "measure on more test images";
  private static final String WIDER = "train wider networks, with a larger -Dscale";

  private Scaling() {}

  /**
   * The exponent b of err∞ + a·w^b over all sizes of a curve, fitted on the linear scale with each
   * point weighted as if its deviation went with w^-½, the law in question (C01, C02).
   *
   * @return refuses a curve of fewer than three sizes, and one that rises to err∞, of which an
   *     exponent says nothing
   */
  public static Measurement<ErrorCurve> exponent() {
    return curve -> {
      int[] sizes = curve.sizes();
      if (sizes.length < LEAST_SIZES) {
        throw new Unmeasurable(
            "an exponent needs at least %d sizes beyond the critical one, but there are only %s"
                .formatted(LEAST_SIZES, Arrays.toString(sizes)),
            WIDER);
      }
      PowerLaw.Fit fit =
          new PowerLaw.Fit(
              sizes, Arrays.stream(sizes).mapToDouble(size -> 1 / Math.sqrt(size)).toArray());
      requireAbove(law(fit, curve, all(curve), ImageWeights.equal(curve.blocks())));
      return resampling(curve)
          .estimate((seeds, images) -> law(fit, curve, seeds, images).exponent());
    };
  }

  private static PowerLaw law(
      PowerLaw.Fit fit, ErrorCurve curve, int[] seeds, ImageWeights images) {
    double[] errors = curve.errors(seeds, images);
    double limit = curve.errInf(seeds, images);
    if (Arrays.stream(errors).allMatch(error -> error == limit)) {
      throw new Unmeasurable(
          "an exponent: on these test images, or a resample of them, the error at every size is err∞",
          MORE_IMAGES);
    }
    return fit.of(errors, limit);
  }

  private static void requireAbove(PowerLaw law) {
    if (law.amplitude() <= 0) {
      throw new Unmeasurable(
          "an exponent: the errors lie below err∞ = %s and rise to it"
              .formatted(Decimal.text(law.errInf())),
          "train more seeds, with -Dseeds, so that err∞ is known better");
    }
  }

  private static int[] all(ErrorCurve curve) {
    return IntStream.range(0, curve.seeds()).toArray();
  }

  /**
   * The local slopes d log(excess)/d log(w) between successive sizes, of which the one that is
   * nearest to 0, or furthest on the wrong side of it, departs most from a steep fall (C03).
   *
   * @return refuses a curve of one size
   */
  public static Function<ErrorCurve, Estimates> localSlopes() {
    return curve -> {
      int[] sizes = curve.sizes();
      if (sizes.length < 2) {
        throw new Unmeasurable(
            "a slope needs two sizes below the critical one, but there are only "
                + Arrays.toString(sizes),
            WIDER);
      }
      return new Estimates(
          IntStream.range(0, sizes.length - 1)
              .mapToObj(
                  k -> {
                    Estimate slope = slope(curve, k);
                    return new Estimates.Case(
                        "%d to %d".formatted(sizes[k], sizes[k + 1]), slope, slope.value());
                  })
              .toList());
    };
  }

  private static Estimate slope(ErrorCurve curve, int k) {
    double step = Math.log((double) curve.sizes()[k + 1] / curve.sizes()[k]);
    return resampling(curve)
        .estimate(
            (seeds, images) -> {
              double[] excess = curve.excess(seeds, images);
              if (!(excess[k] > 0 && excess[k + 1] > 0)) {
                throw new Unmeasurable(
                    "a slope from size %d to %d: on these test images, or a resample of them, the error there is not above err∞"
                        .formatted(curve.sizes()[k], curve.sizes()[k + 1]),
                    MORE_IMAGES);
              }
              return Math.log(excess[k + 1] / excess[k]) / step;
            });
  }

  /**
   * Two curves over the same sizes, images and seeds.
   *
   * @param chunks of the widest network
   * @param networks full networks
   */
  public record Pair(ErrorCurve chunks, ErrorCurve networks) {}

  /**
   * The chunks' excess error divided by that of full networks of the same width, width by width
   * (C04).
   *
   * @return refuses curves of no size or of different ones
   */
  public static Function<Pair, Estimates> excessRatios() {
    return pair -> {
      int[] sizes = pair.chunks().sizes();
      if (sizes.length == 0 || !Arrays.equals(sizes, pair.networks().sizes())) {
        throw new Unmeasurable(
            "chunks of sizes %s cannot be held against full networks of widths %s"
                .formatted(Arrays.toString(sizes), Arrays.toString(pair.networks().sizes())),
            WIDER);
      }
      return new Estimates(
          IntStream.range(0, sizes.length)
              .mapToObj(
                  k -> {
                    Estimate ratio = ratio(pair, k);
                    return new Estimates.Case(
                        "W = " + sizes[k], ratio, Math.abs(Math.log(ratio.value())));
                  })
              .toList());
    };
  }

  private static Estimate ratio(Pair pair, int k) {
    return resampling(pair.chunks())
        .ratio(
            (seeds, images) -> pair.chunks().excess(seeds, images)[k],
            (seeds, images) -> pair.networks().excess(seeds, images)[k]);
  }

  private static Resampling resampling(ErrorCurve curve) {
    return Resampling.ofSeedsAndImages(curve.seeds(), curve.blocks());
  }

  /** The curve's mean over all seeds, for figures. */
  public static double[] meanExcess(ErrorCurve curve) {
    return curve.excess(all(curve), ImageWeights.equal(curve.blocks()));
  }
}
