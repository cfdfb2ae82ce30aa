package mitosis.evidence;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import mitosis.claim.Band;
import mitosis.claim.Estimate;

/**
 * By how much of itself the test error of full networks changes from one to the other (claims C12
 * and C16).
 */
public final class RelativeChange {

  private RelativeChange() {}

  /**
   * The change from the first network to the one where it is furthest from the band (C12).
   *
   * @param band the changes that agree with the claim
   */
  public static Measurement<ErrorCurve> fromTheFirst(Band band) {
    return worst(band, 1, errors -> errors[0]);
  }

  /**
   * The difference of a network's error from the mean of all, where it is furthest from the band
   * (C16).
   *
   * @param band the differences that agree with the claim
   */
  public static Measurement<ErrorCurve> fromTheMean(Band band) {
    return worst(band, 0, errors -> Arrays.stream(errors).average().orElseThrow());
  }

  private static Measurement<ErrorCurve> worst(
      Band band, int first, ToDoubleFunction<double[]> reference) {
    return curve -> {
      if (curve.sizes().length < 2) {
        throw new Unmeasurable(
            "a change of the error needs two networks, but there is only "
                + Arrays.toString(curve.sizes()),
            "train more of them, with -Dscale=extended or without -Dwidths");
      }
      List<Estimate> changes =
          IntStream.range(first, curve.sizes().length)
              .mapToObj(k -> change(curve, k, reference))
              .toList();
      return Worst.of(changes, band, change -> Math.abs(change.value()));
    };
  }

  private static Estimate change(ErrorCurve curve, int k, ToDoubleFunction<double[]> reference) {
    return Resampling.ofSeedsAndImages(curve.seeds(), curve.blocks())
        .estimate(
            (seeds, images) -> {
              double[] errors = curve.errors(seeds, images);
              double from = reference.applyAsDouble(errors);
              if (from == 0) {
                throw new Unmeasurable(
                    "a change relative to an error of 0: on these test images, or a resample of them, nothing is misread",
                    "measure on more test images");
              }
              return errors[k] / from - 1;
            });
  }
}
