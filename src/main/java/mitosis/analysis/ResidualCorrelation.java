package mitosis.analysis;

import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * The correlation of the residuals of reconstructions from chunks of one size, over many chunks
 * (P22 §2.2 equation 2, figure 4d-f; P21 §2, figure 3). See {@link ChunkCorrelation} for the three
 * forms.
 *
 * @param size the chunk size w
 * @param byCode over all pairs, as the authors' code computes it
 * @param byPaper over all pairs, P22 equation 2
 * @param offChunk over pairs outside the chunk; nothing if fewer than two chunks have such pairs,
 *     as at w = W
 */
public record ResidualCorrelation(
    int size, MeanOverChunks byCode, MeanOverChunks byPaper, Optional<OffChunk> offChunk) {

  /**
   * Pairs of usable neurons outside the chunk.
   *
   * @param absolute mean |ρ|, over the chunks that have usable pairs
   * @param excessSquare mean ρ² − 1/(N−w−1): zero on average for independent noise
   * @param noiseFloor the mean |ρ| that independent Gaussian residuals show: √(2/(π(N−w−1)))
   * @param usable the number of neurons in the pairs
   * @param rebuilt the number of live neurons left out because a chunk rebuilds them to rounding
   */
  public record OffChunk(
      MeanOverChunks absolute,
      MeanOverChunks excessSquare,
      double noiseFloor,
      MeanOverChunks usable,
      MeanOverChunks rebuilt) {

    /** Averages over the chunks of one size that have usable pairs. */
    static Optional<OffChunk> over(List<ChunkCorrelation.OffChunk> chunks, int images, int size) {
      return chunks.size() < 2
          ? Optional.empty()
          : Optional.of(
              new OffChunk(
                  mean(chunks, ChunkCorrelation.OffChunk::absolute),
                  mean(chunks, ChunkCorrelation.OffChunk::excessSquare),
                  ChunkCorrelation.noiseFloor(images, size),
                  mean(chunks, ChunkCorrelation.OffChunk::usable),
                  mean(chunks, ChunkCorrelation.OffChunk::rebuilt)));
    }
  }

  /** Averages over chunks of one size. */
  static ResidualCorrelation over(List<ChunkCorrelation> chunks, int images, int size) {
    return new ResidualCorrelation(
        size,
        mean(chunks, ChunkCorrelation::byCode),
        mean(chunks, ChunkCorrelation::byPaper),
        OffChunk.over(
            chunks.stream().flatMap(chunk -> chunk.offChunk().stream()).toList(), images, size));
  }

  static <T> MeanOverChunks mean(List<T> chunks, ToDoubleFunction<T> quantity) {
    return MeanOverChunks.of(chunks.stream().mapToDouble(quantity).toArray());
  }
}
