package mitosis.analysis;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What was measured on the chunks of one size of one layer.
 *
 * @param size the chunk size w, at least 1
 * @param testError the share of test images misread, in [0, 1]
 * @param trainError the share of training images misread, in [0, 1]
 * @param r2 of the reconstruction of the full layer, in sample, in [0, 1]
 * @param heldOutR2 the same held out, at most 1; nothing if w is more than a fifth of the images
 * @param correlation of what the chunks miss, in its three forms
 * @param otherChunks how well they rebuild other chunks; nothing if w is more than W/2
 */
public record ChunkSummary(
    int size,
    MeanOverChunks testError,
    MeanOverChunks trainError,
    MeanOverChunks r2,
    Optional<MeanOverChunks> heldOutR2,
    ResidualCorrelation correlation,
    Optional<OtherChunks> otherChunks) {

  /**
   * @throws IllegalArgumentException if the size is below 1, or correlation or other chunks are of
   *     another
   */
  public ChunkSummary {
    if (size < 1) {
      throw new IllegalArgumentException(
          "chunk size is %d, but must be at least 1".formatted(size));
    }
    requireSize(size, "correlation", correlation.size());
    otherChunks.ifPresent(other -> requireSize(size, "reconstruction of others", other.size()));
  }

  private static void requireSize(int size, String what, int found) {
    if (found != size) {
      throw new IllegalArgumentException(
          "%s is of chunks of %d neurons, but errors are of chunks of %d"
              .formatted(what, found, size));
    }
  }

  List<LayerValue> values() {
    Optional<ResidualCorrelation.OffChunk> off = correlation.offChunk();
    Optional<OtherChunks> other = otherChunks;
    return List.of(
        over("test_error", Optional.of(testError)),
        over("train_error", Optional.of(trainError)),
        over("r2", Optional.of(r2)),
        over("held_out_r2", heldOutR2),
        over("correlation_by_code", Optional.of(correlation.byCode())),
        over("correlation_by_paper", Optional.of(correlation.byPaper())),
        over("correlation_off_chunk", off.map(ResidualCorrelation.OffChunk::absolute)),
        over("correlation_excess_square", off.map(ResidualCorrelation.OffChunk::excessSquare)),
        LayerValue.ofSize(
            "correlation_noise_floor",
            size,
            off.map(each -> OptionalDouble.of(each.noiseFloor())).orElseGet(OptionalDouble::empty)),
        over("chunk_to_chunk_r2", other.map(OtherChunks::r2)),
        over(
            "chunk_to_chunk_correlation",
            other.flatMap(OtherChunks::correlation).map(ResidualCorrelation.OffChunk::absolute)));
  }

  private LayerValue over(String quantity, Optional<MeanOverChunks> chunks) {
    return LayerValue.overChunks(quantity, size, chunks);
  }
}
