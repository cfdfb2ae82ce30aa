package mitosis.analysis;

import java.util.List;
import java.util.Optional;
import mitosis.analysis.ResidualCorrelation.ChunkCorrelation;

/**
 * How well chunks of one size rebuild other chunks of that size, over many pairs of chunks.
 *
 * @param size the chunk size w, at most W/2
 * @param r2 explained variance of the other chunk, in sample
 * @param correlation of what is missed of the other chunk; nothing if fewer than two pairs have it
 */
public record OtherChunks(
    int size, MeanOverChunks r2, Optional<ResidualCorrelation.OffChunk> correlation) {

  /**
   * Averages over pairs of chunks of one size.
   *
   * @return nothing if there are fewer than two
   */
  static Optional<OtherChunks> over(List<OtherChunk> pairs, int images, int size) {
    return pairs.size() < 2
        ? Optional.empty()
        : Optional.of(
            new OtherChunks(
                size,
                ResidualCorrelation.mean(pairs, OtherChunk::r2),
                ResidualCorrelation.OffChunk.over(
                    pairs.stream().flatMap(pair -> pair.correlation().stream()).toList(),
                    images,
                    size)));
  }

  /**
   * How well one chunk rebuilds another of its size, drawn from the neurons outside it (P22 §3:
   * chunks beyond w* rebuild the full layer "and any other such chunk").
   *
   * @param r2 explained variance of the other chunk's neurons, in sample, in [0, 1]
   * @param correlation of what is missed of them; nothing if fewer than two of them can be used
   */
  public record OtherChunk(double r2, Optional<ChunkCorrelation.OffChunk> correlation) {

    /**
     * Measures the neurons that come after the chunk.
     *
     * @param residuals of a chunk of at least one neuron
     * @return nothing if there are not as many neurons outside the chunk as in it, or all of those
     *     are dead
     */
    static Optional<OtherChunk> of(Elimination residuals, int images) {
      int size = residuals.eliminated();
      if (2 * size > residuals.width()) {
        return Optional.empty();
      }
      double left = 0;
      double before = 0;
      for (int position = size; position < 2 * size; position++) {
        left += residuals.square(position);
        before += residuals.squareBefore(position);
      }
      return before > 0
          ? Optional.of(
              new OtherChunk(1 - left / before, ChunkCorrelation.ofNext(residuals, images)))
          : Optional.empty();
    }
  }
}
