package mitosis.analysis;

import java.util.Arrays;

/**
 * A quantity's mean over chunks and its spread.
 *
 * @param mean the arithmetic mean
 * @param deviation the standard deviation between chunks, with n−1
 * @param chunks the number n of chunks that it was measured on, at least 2
 */
public record MeanOverChunks(double mean, double deviation, int chunks) {

  /**
   * The standard error of the mean over all chunks that could be drawn from this layer. It knows
   * nothing of other images or seeds.
   */
  public double standardError() {
    return deviation / Math.sqrt(chunks);
  }

  /** In two passes, so that a deviation far below the mean is still exact. */
  static MeanOverChunks of(double[] values) {
    ChunkSizes.requireSpread(values.length);
    double mean = Arrays.stream(values).sum() / values.length;
    double squares = Arrays.stream(values).map(value -> (value - mean) * (value - mean)).sum();
    return new MeanOverChunks(mean, Math.sqrt(squares / (values.length - 1)), values.length);
  }
}
