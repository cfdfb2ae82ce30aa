package mitosis.data;

/**
 * How images are read ahead of their use.
 *
 * @param batchSize images per batch, at least 1; the last batch of an order may have fewer
 * @param threads how many threads decode, at least 1; one image at a time each
 * @param ahead how many batches, at least 1, may be decoded before they are asked for
 */
public record Prefetch(int batchSize, int threads, int ahead) {

  /**
   * @throws IllegalArgumentException if a number is below 1
   */
  public Prefetch {
    if (batchSize < 1 || threads < 1 || ahead < 1) {
      throw new IllegalArgumentException(
          "a batch of %d, %d threads and %d batches ahead; expected at least 1 of each"
              .formatted(batchSize, threads, ahead));
    }
  }
}
