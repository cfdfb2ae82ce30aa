package mitosis.analysis;

import java.util.List;
import java.util.Optional;

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
}
