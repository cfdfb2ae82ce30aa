package mitosis.analysis;

import java.util.Optional;
import java.util.OptionalDouble;

/**
 * How well one chunk rebuilds its layer, and how what it misses is correlated.
 *
 * @param size the chunk size w
 * @param r2 explained variance on the images that the map was fitted to, in [0, 1]
 * @param heldOutR2 explained variance on images that it wasn't fitted to, at most 1; nothing if w
 *     is more than a fifth of the images
 * @param correlation of the residuals
 * @param other how well it rebuilds another chunk of its size: of the neurons outside it, the first
 *     w; nothing if there are not so many
 */
public record ChunkReconstruction(
    int size,
    double r2,
    OptionalDouble heldOutR2,
    ChunkCorrelation correlation,
    Optional<OtherChunk> other) {}
