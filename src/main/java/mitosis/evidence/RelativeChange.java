package mitosis.evidence;

import java.util.Arrays;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import mitosis.claim.Estimate;
import mitosis.claim.Estimates;

/**
 * By how much of itself the test error of full networks changes from one to the other (claims C12
 * and C16).
 */
public final class RelativeChange {

  private RelativeChange() {}

  /** The change from the first network to each of those after it (C12). */
  public static Function<ErrorCurve, Estimates> fromTheFirst() {
    return changes(1, errors -> errors[0]);
  }

  /** The difference of each network's error from the mean of all (C16). */
  public static Function<ErrorCurve, Estimates> fromTheMean() {
    return changes(0, errors -> Arrays.stream(errors).average().orElseThrow());
  }

  private static Function<ErrorCurve, Estimates> changes(
      int first, ToDoubleFunction<double[]> reference) {
    return curve -> {
      if (curve.sizes().length < 2) {
        throw new Unmeasurable(
            "a change of the error needs two networks, but there is only "
                + Arrays.toString(curve.sizes()),
            "train more of them, with -Dscale=extended or without -Dwidths");
      }
      return new Estimates(
          IntStream.range(first, curve.sizes().length)
              .mapToObj(
                  k -> {
                    Estimate change = change(curve, k, reference);
                    return new Estimates.Case(
                        String.valueOf(curve.sizes()[k]), change, Math.abs(change.value()));
                  })
              .toList());
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
                    "a change relative to an error of 0: on these test images, or a resample of them, nothing is misclassified",
                    "measure on more test images");
              }
              return errors[k] / from - 1;
            });
  }
}
