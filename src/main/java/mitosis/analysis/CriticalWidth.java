package mitosis.analysis;

import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * The critical width w*: the smallest size at which a chunk, or a full network, fits the training
 * set as well as the widest network does (P22 §3, "Clones interpolate the training data"). The
 * papers give no threshold; a tolerance of 1e-3 finds the published 50, 100 and 200 within a factor
 * of two.
 *
 * @param tolerance by how much the training error may exceed the full layer's, in [0, 1)
 */
public record CriticalWidth(double tolerance) {

  /**
   * @throws IllegalArgumentException if the tolerance isn't in [0, 1)
   */
  public CriticalWidth {
    if (!(tolerance >= 0 && tolerance < 1)) {
      throw new IllegalArgumentException("tolerance is %s, not in [0, 1)".formatted(tolerance));
    }
  }

  /**
   * Finds the smallest size whose training error is at most the full layer's plus the tolerance.
   *
   * @param sizes S increasing sizes, at least 1
   * @param trainErrors S mean training errors, each in [0, 1]
   * @param fullTrainError the training error of the full layer, in [0, 1]
   * @return nothing if no size fits the training set that well
   * @throws IllegalArgumentException if sizes and errors differ in number, sizes don't increase or
   *     an error isn't in [0, 1]
   */
  public OptionalInt of(int[] sizes, double[] trainErrors, double fullTrainError) {
    requireCurve(sizes, trainErrors, fullTrainError);
    for (int i = 0; i < sizes.length; i++) {
      if (trainErrors[i] <= fullTrainError + tolerance) {
        return OptionalInt.of(sizes[i]);
      }
    }
    return OptionalInt.empty();
  }

  /**
   * The same between the sizes measured, interpolated as {@link Crossing} does: at most {@link
   * #of}, and above the size before.
   *
   * @param sizes as above
   * @param trainErrors as above
   * @param fullTrainError as above; with the tolerance at least 1e-7
   * @return nothing if no size fits the training set that well
   * @throws IllegalArgumentException as above, or if error and tolerance are too small to be
   *     interpolated to
   */
  public OptionalDouble interpolated(int[] sizes, double[] trainErrors, double fullTrainError) {
    requireCurve(sizes, trainErrors, fullTrainError);
    return new Crossing(fullTrainError + tolerance).of(sizes, trainErrors);
  }

  private static void requireCurve(int[] sizes, double[] trainErrors, double fullTrainError) {
    ChunkSizes.requireIncreasing(sizes, Integer.MAX_VALUE);
    if (trainErrors.length != sizes.length) {
      throw new IllegalArgumentException(
          "%d training errors are given for %d sizes".formatted(trainErrors.length, sizes.length));
    }
    requireShare("full layer", fullTrainError);
    for (int i = 0; i < sizes.length; i++) {
      requireShare("size " + sizes[i], trainErrors[i]);
    }
  }

  private static void requireShare(String what, double error) {
    if (!(error >= 0 && error <= 1)) {
      throw new IllegalArgumentException(
          "training error of %s is %s, not in [0, 1]".formatted(what, error));
    }
  }
}
