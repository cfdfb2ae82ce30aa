package mitosis.analysis;

/**
 * The signs by which a chunk is known for a clone: P22's three conditions (§3) and the scaling that
 * sets in with them (figure 3). The papers give no thresholds; these are the bands of the claims
 * C05, C06, C07 and C03.
 */
public enum CloneSign {
  /** It fits the training set as well as the full layer does, which must fit it too. */
  INTERPOLATION(
      "the full layer misreads at most %s of the training images and chunks at most %s more than it"
          .formatted(CriticalWidths.TOLERANCE, CriticalWidths.TOLERANCE)),

  /** It rebuilds the full layer. */
  RECONSTRUCTION("held-out R² of chunks is at least %s".formatted(CriticalWidths.REBUILT)),

  /** What it misses is independent noise. */
  INDEPENDENCE(
      "mean |ρ| of the residuals off the chunk is at most %s"
          .formatted(CriticalWidths.UNCORRELATED)),

  /** Errors fall as w^-½ from here on, and not faster. */
  SCALING(
      "from here on no local slope of the chunks' excess error is %s or steeper"
          .formatted(CriticalWidths.SLOPE));

  private final String rule;

  CloneSign(String rule) {
    this.rule = rule;
  }

  /** What holds from the critical width on, in words. */
  public String rule() {
    return rule;
  }
}
