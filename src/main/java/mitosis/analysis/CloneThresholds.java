package mitosis.analysis;

/**
 * The numbers by which a chunk is told to be a clone. The papers give none; whoever asks takes them
 * from the bands that the claims are held against.
 *
 * @param trainingError by how much the training error of clones may exceed the full layer's, and
 *     that 0 (C05)
 * @param r2 the least held-out R² of clones (C06)
 * @param correlation the largest mean |ρ| of the residuals off a clone (C07)
 * @param slope the slope of the excess error that from the critical width on is not reached (C03)
 */
public record CloneThresholds(double trainingError, double r2, double correlation, double slope) {

  /**
   * @throws IllegalArgumentException if the training error is not in (0, 1), the R² not in (0, 1),
   *     the correlation not in (0, 1] or the slope not negative
   */
  public CloneThresholds {
    require("training error", trainingError, trainingError > 0 && trainingError < 1, "in (0, 1)");
    require("R²", r2, r2 > 0 && r2 < 1, "in (0, 1)");
    require("correlation", correlation, correlation > 0 && correlation <= 1, "in (0, 1]");
    require("slope", slope, slope < 0 && slope >= -Double.MAX_VALUE, "negative");
  }

  private static void require(String what, double value, boolean holds, String range) {
    if (!holds) {
      throw new IllegalArgumentException(
          "threshold of the %s of clones is %s, but must be %s".formatted(what, value, range));
    }
  }
}
