package mitosis.analysis;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import mitosis.analysis.CriticalWidths.CloneSign;
import mitosis.analysis.CriticalWidths.CloneThresholds;
import mitosis.representation.Representation;

/**
 * All that is measured of the redundancy of one layer (P22 §3, figures 3, 4, 6 and 7; P21 figures 1
 * to 3).
 *
 * @param full the errors of the full layer
 * @param chunks what was measured on chunks, for increasing sizes, two at least
 * @param dimension of the manifold of the test images
 * @param criticalWidths w* by each sign of a clone, with the numbers of all and of live neurons
 */
public record LayerSummary(
    ChunkError.Errors full,
    List<ChunkSummary> chunks,
    IntrinsicDimension dimension,
    CriticalWidths criticalWidths) {

  /** The share of ratios of distances that the dimension is fitted to, as the authors keep. */
  private static final double FRACTION = 0.9;

  /**
   * @throws IllegalArgumentException if there are fewer than two sizes, or they don't increase to
   *     at most W
   */
  public LayerSummary {
    chunks = List.copyOf(chunks);
    int[] sizes = chunks.stream().mapToInt(ChunkSummary::size).toArray();
    ChunkSizes.requireIncreasing(sizes, criticalWidths.width());
    requireTwo(sizes);
  }

  private static void requireTwo(int[] sizes) {
    if (sizes.length < 2) {
      throw new IllegalArgumentException(
          "a layer is summed up at 2 chunk sizes at least, but the only one given is " + sizes[0]);
    }
  }

  /**
   * Measures random chunks, the same for errors as for reconstructions.
   *
   * @param representation a layer of W neurons on at least 10 test images, of which at least 88
   *     differ in the layer; at least one neuron is live on the even-numbered and on the
   *     odd-numbered ones. {@link Reconstruction} and {@link IntrinsicDimension} say what they cost
   * @param sizes increasing chunk sizes, at least two, each from 1 to W; critical widths are found
   *     between them
   * @param errorChunks the number of chunks of each size that errors are measured on, at least 2;
   *     P22 draws 500
   * @param reconstructionChunks the number of those that are made to rebuild the layer, at least 2;
   *     P22 draws 100
   * @param errInf err∞ of these test images, which the scaling of errors is judged by
   * @param thresholds by which clones are told
   * @param seed of the chunks, see {@link Permutations}, and of the dimension's subsamples
   * @throws IllegalArgumentException if an argument is out of its range
   */
  public static LayerSummary measure(
      Representation representation,
      int[] sizes,
      int errorChunks,
      int reconstructionChunks,
      double errInf,
      CloneThresholds thresholds,
      long seed) {
    ChunkSizes.requireIncreasing(sizes, representation.width());
    requireTwo(sizes);
    if (!Double.isFinite(errInf)) {
      throw new IllegalArgumentException("err∞ is " + errInf + ", but must be finite");
    }
    ChunkError error = ChunkError.measure(representation, sizes, errorChunks, seed);
    Reconstruction rebuilt =
        Reconstruction.measure(representation.test(), sizes, reconstructionChunks, seed);
    return new LayerSummary(
        error.full(),
        IntStream.range(0, sizes.length).mapToObj(k -> ofSize(k, error, rebuilt)).toList(),
        IntrinsicDimension.of(representation.test(), FRACTION, seed),
        CriticalWidths.of(error, errInf, rebuilt, thresholds));
  }

  private static ChunkSummary ofSize(int k, ChunkError error, Reconstruction rebuilt) {
    int size = error.sizes()[k];
    return new ChunkSummary(
        size,
        error.test().get(k),
        error.train().get(k),
        rebuilt.r2At(size),
        size <= rebuilt.heldOutR2().size()
            ? Optional.of(rebuilt.heldOutR2At(size))
            : Optional.empty(),
        rebuilt.correlations().get(k),
        rebuilt.otherChunks().stream().filter(other -> other.size() == size).findFirst());
  }

  /** The number W of neurons. */
  public int width() {
    return criticalWidths.width();
  }

  /** The number of neurons that don't have the same activity on every test image. */
  public int liveNeurons() {
    return criticalWidths.liveNeurons();
  }

  /** The sizes of chunks that were measured, increasing. */
  public int[] sizes() {
    return chunks.stream().mapToInt(ChunkSummary::size).toArray();
  }

  /**
   * What was measured on chunks of one size.
   *
   * @throws IllegalArgumentException if it was not measured
   */
  public ChunkSummary at(int size) {
    return chunks.stream()
        .filter(each -> each.size() == size)
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "chunks of %d neurons were not measured, only of %s"
                        .formatted(size, chunks.stream().map(ChunkSummary::size).toList())));
  }

  /**
   * Everything as plain values, always the same ones in the same order for the same sizes. Of the
   * layer: {@code full_test_error}, {@code full_train_error}, {@code live_neurons}, {@code
   * dimension_fitted} and {@code dimension_likeliest}, each followed by its standard error {@code
   * …_error}, and {@code critical_width_} with each {@link CloneSign}. Of each size: {@code
   * test_error}, {@code train_error}, {@code r2}, {@code held_out_r2}; {@code correlation_by_code},
   * {@code correlation_by_paper}, {@code correlation_off_chunk}, {@code correlation_excess_square}
   * and {@code correlation_noise_floor} as {@link ResidualCorrelation} has them; {@code
   * chunk_to_chunk_r2} and {@code chunk_to_chunk_correlation} (mean |ρ|) as {@link OtherChunks} has
   * them.
   */
  public List<LayerValue> values() {
    List<LayerValue> values = new ArrayList<>();
    values.add(ofLayer("full_test_error", full.test()));
    values.add(ofLayer("full_train_error", full.train()));
    values.add(ofLayer("live_neurons", liveNeurons()));
    values.add(ofLayer("dimension_fitted", dimension.fitted().value()));
    values.add(ofLayer("dimension_fitted_error", dimension.fitted().standardError()));
    values.add(ofLayer("dimension_likeliest", dimension.likeliest().value()));
    values.add(ofLayer("dimension_likeliest_error", dimension.likeliest().standardError()));
    Stream.of(CloneSign.values())
        .map(
            sign ->
                LayerValue.ofLayer(
                    "critical_width_" + sign.name().toLowerCase(Locale.ROOT),
                    criticalWidths.width(sign)))
        .forEach(values::add);
    chunks.stream().map(ChunkSummary::values).forEach(values::addAll);
    return List.copyOf(values);
  }

  private static LayerValue ofLayer(String quantity, double value) {
    return LayerValue.ofLayer(quantity, OptionalDouble.of(value));
  }

  /**
   * What was measured on the chunks of one size of one layer.
   *
   * @param size the chunk size w, at least 1
   * @param testError the share of test images misclassified, in [0, 1]
   * @param trainError the share of training images misclassified, in [0, 1]
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
     * @throws IllegalArgumentException if the size is below 1, or correlation or other chunks are
     *     of another
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
              off.map(each -> OptionalDouble.of(each.noiseFloor()))
                  .orElseGet(OptionalDouble::empty)),
          over("chunk_to_chunk_r2", other.map(OtherChunks::r2)),
          over(
              "chunk_to_chunk_correlation",
              other.flatMap(OtherChunks::correlation).map(ResidualCorrelation.OffChunk::absolute)));
    }

    private LayerValue over(String quantity, Optional<MeanOverChunks> chunks) {
      return LayerValue.overChunks(quantity, size, chunks);
    }
  }

  /**
   * One number that was measured on a layer, plain enough for a table.
   *
   * @param quantity what it is, such as {@code held_out_r2}; {@link LayerSummary#values} has the
   *     list
   * @param size the chunk size w that it is of; nothing if it is of the layer as a whole
   * @param mean the number, over chunks the mean; nothing where there is none, such as a critical
   *     width by a sign that does not show
   * @param deviation the standard deviation between chunks, with n−1; nothing if it is not over
   *     chunks
   */
  public record LayerValue(
      String quantity, OptionalInt size, OptionalDouble mean, OptionalDouble deviation) {

    /**
     * @throws IllegalArgumentException if a number is not finite
     */
    public LayerValue {
      requireFinite(quantity, size, "mean", mean);
      requireFinite(quantity, size, "deviation", deviation);
    }

    private static void requireFinite(
        String quantity, OptionalInt size, String what, OptionalDouble number) {
      if (number.isPresent() && !Double.isFinite(number.getAsDouble())) {
        throw new IllegalArgumentException(
            "%s of %s%s is %s, but must be finite; leave it out where there is none"
                .formatted(
                    what,
                    quantity,
                    size.isPresent() ? " at size " + size.getAsInt() : "",
                    number.getAsDouble()));
      }
    }

    /** Of the layer as a whole. */
    static LayerValue ofLayer(String quantity, OptionalDouble value) {
      return new LayerValue(quantity, OptionalInt.empty(), value, OptionalDouble.empty());
    }

    /** The same over all chunks of a size. */
    static LayerValue ofSize(String quantity, int size, OptionalDouble value) {
      return new LayerValue(quantity, OptionalInt.of(size), value, OptionalDouble.empty());
    }

    /** The mean over chunks of a size. */
    static LayerValue overChunks(String quantity, int size, Optional<MeanOverChunks> chunks) {
      return new LayerValue(
          quantity,
          OptionalInt.of(size),
          chunks.map(each -> OptionalDouble.of(each.mean())).orElseGet(OptionalDouble::empty),
          chunks.map(each -> OptionalDouble.of(each.deviation())).orElseGet(OptionalDouble::empty));
    }
  }
}
