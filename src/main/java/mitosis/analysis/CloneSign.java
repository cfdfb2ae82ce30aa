package mitosis.analysis;

/**
 * The signs by which a chunk is known for a clone: P22's three conditions (§3) and the scaling that
 * sets in with them (figure 3). The papers give no thresholds for them, see {@link
 * CloneThresholds}.
 */
public enum CloneSign {
  /** It fits the training set as well as the full layer does, which must fit it too. */
  INTERPOLATION,

  /** It rebuilds the full layer. */
  RECONSTRUCTION,

  /** What it misses is independent noise. */
  INDEPENDENCE,

  /** Errors fall as w^-½ from here on, and not faster. */
  SCALING;

  /** What holds from the critical width on, in words. */
  public String rule(CloneThresholds thresholds) {
    return switch (this) {
      case INTERPOLATION ->
          "the full layer misreads at most %s of the training images and chunks at most %s more than it"
              .formatted(thresholds.trainingError(), thresholds.trainingError());
      case RECONSTRUCTION -> "held-out R² of chunks is at least %s".formatted(thresholds.r2());
      case INDEPENDENCE ->
          "mean |ρ| of the residuals off the chunk is at most %s"
              .formatted(thresholds.correlation());
      case SCALING ->
          "from here on no local slope of the chunks' excess error is %s or steeper"
              .formatted(thresholds.slope());
    };
  }
}
