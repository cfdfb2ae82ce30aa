package mitosis.analysis;

import java.util.Optional;

/**
 * The correlation ρ of what one chunk of w neurons misses of its layer, over N images. C is the
 * covariance of the residuals (with N−1); those of the chunk's own neurons are zero to rounding and
 * are taken as zero.
 *
 * @param byCode mean of |C_ij| / (√(C_ii C_jj) + 1e-8) over all pairs i &lt; j of the layer, as the
 *     authors' code computes it
 * @param byPaper mean of |C_ij| / √(C_ii C_jj + 1e-8) over all pairs i &lt; j, P22 equation 2;
 *     depends on the scale of the activities
 * @param offChunk over pairs outside the chunk; nothing if fewer than two neurons can be used
 *     there, or N − w − 1 is not positive
 */
public record ChunkCorrelation(double byCode, double byPaper, Optional<OffChunk> offChunk) {

  private static final double REGULARISATION = 1e-8;

  /** Below this share of a neuron's variance its residual is rounding. */
  private static final double ROUNDING = 1e-10;

  /**
   * The plain correlation C_ij / √(C_ii C_jj) over the pairs of usable neurons: outside the chunk,
   * live, and with a residual variance of at least 1e-10 of their own. Does not depend on the scale
   * of the activities, nor on how much of the layer the chunk takes.
   *
   * @param absolute mean |ρ|, in [0, 1]
   * @param excessSquare mean ρ² − 1/(N−w−1): zero on average for independent noise
   * @param usable the number of neurons in the pairs, at least 2
   * @param rebuilt the number of live neurons outside the chunk that were left out because nothing
   *     but rounding is left of them
   */
  public record OffChunk(double absolute, double excessSquare, int usable, int rebuilt) {}

  /**
   * The mean |ρ| that independent Gaussian residuals show on N images: √(2/(π(N−w−1))).
   *
   * @param images N, more than w + 1
   * @param size w
   * @throws IllegalArgumentException if N − w − 1 is not positive
   */
  public static double noiseFloor(int images, int size) {
    int freedom = images - size - 1;
    if (freedom < 1) {
      throw new IllegalArgumentException(
          "%d images leave no residuals off a chunk of %d".formatted(images, size));
    }
    return Math.sqrt(2 / (Math.PI * freedom));
  }

  /**
   * Measures.
   *
   * @param residuals of a chunk that isn't empty
   * @param images N, at least 2
   */
  static ChunkCorrelation of(Residuals residuals, int width, int images) {
    int size = residuals.eliminated();
    int outside = width - size;
    double[] variances = new double[outside];
    boolean[] usable = new boolean[outside];
    int usableCount = 0;
    int rebuilt = 0;
    for (int i = 0; i < outside; i++) {
      double square = residuals.square(size + i);
      double before = residuals.squareBefore(size + i);
      variances[i] = square / (images - 1);
      usable[i] = before > 0 && square >= ROUNDING * before;
      usableCount += usable[i] ? 1 : 0;
      rebuilt += before > 0 && !usable[i] ? 1 : 0;
    }
    double byCode = 0;
    double byPaper = 0;
    double absolute = 0;
    double square = 0;
    for (int i = 0; i < outside; i++) {
      for (int j = 0; j < i; j++) {
        double covariance = Math.abs(residuals.product(size + i, size + j)) / (images - 1);
        double variance = variances[i] * variances[j];
        double deviations = Math.sqrt(variance);
        byCode += covariance / (deviations + REGULARISATION);
        byPaper += covariance / Math.sqrt(variance + REGULARISATION);
        if (usable[i] && usable[j]) {
          double correlation = covariance / deviations;
          absolute += correlation;
          square += correlation * correlation;
        }
      }
    }
    double allPairs = Math.max(0.5 * width * (width - 1), 1);
    int freedom = images - size - 1;
    double pairs = 0.5 * usableCount * (usableCount - 1);
    Optional<OffChunk> offChunk =
        usableCount < 2 || freedom < 1
            ? Optional.empty()
            : Optional.of(
                new OffChunk(
                    absolute / pairs, square / pairs - 1.0 / freedom, usableCount, rebuilt));
    return new ChunkCorrelation(byCode / allPairs, byPaper / allPairs, offChunk);
  }
}
