package mitosis.analysis;

import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.DoubleUnaryOperator;
import java.util.function.ToDoubleBiFunction;
import java.util.stream.IntStream;

/**
 * The critical width w* of one layer by each sign of a clone (P22 §3; the papers say that all signs
 * set in at the same width), and the number of clones W/w* that the layer then holds.
 *
 * @param width the number W of neurons
 * @param liveNeurons the number L of them that are live, 1 to W
 * @param widths w* by sign, in (0, W] and interpolated between the sizes measured; signs that show
 *     at none of these sizes are absent
 */
public record CriticalWidths(int width, int liveNeurons, Map<CloneSign, Double> widths) {

  /**
   * @throws IllegalArgumentException if a number is out of its range
   */
  public CriticalWidths {
    if (width < 1 || liveNeurons < 1 || liveNeurons > width) {
      throw new IllegalArgumentException(
          "%d of %d neurons are live, but must be 1 to the width".formatted(liveNeurons, width));
    }
    Map<CloneSign, Double> kept = new EnumMap<>(CloneSign.class);
    kept.putAll(widths);
    for (Map.Entry<CloneSign, Double> entry : kept.entrySet()) {
      if (!(entry.getValue() > 0 && entry.getValue() <= width)) {
        throw new IllegalArgumentException(
            "critical width by %s is %s, but must be above 0 and at most %d"
                .formatted(entry.getKey(), entry.getValue(), width));
      }
    }
    widths = Collections.unmodifiableMap(kept);
  }

  /**
   * Reads them off what was measured on one layer.
   *
   * @param error at two sizes or more
   * @param errInf err∞ of the test images
   * @param reconstruction of the same layer
   * @param thresholds by which clones are told
   * @throws IllegalArgumentException if errors were measured at fewer than two sizes or at chunks
   *     larger than the layer that was reconstructed, or err∞ is not finite
   */
  public static CriticalWidths of(
      ChunkError error, double errInf, Reconstruction reconstruction, CloneThresholds thresholds) {
    int[] sizes = error.sizes();
    int width = reconstruction.width();
    if (sizes[sizes.length - 1] > width) {
      throw new IllegalArgumentException(
          "errors are of chunks of %d neurons, but the layer reconstructed has %d"
              .formatted(sizes[sizes.length - 1], width));
    }
    double[] testErrors = error.test().stream().mapToDouble(MeanOverChunks::mean).toArray();
    Map<CloneSign, Double> widths = new EnumMap<>(CloneSign.class);
    interpolation(sizes, error.trainErrors(), error.full().train(), thresholds.trainingError())
        .ifPresent(size -> widths.put(CloneSign.INTERPOLATION, size));
    byReconstruction(reconstruction, thresholds.r2())
        .ifPresent(size -> widths.put(CloneSign.RECONSTRUCTION, size));
    byIndependence(reconstruction, thresholds.correlation())
        .ifPresent(size -> widths.put(CloneSign.INDEPENDENCE, size));
    new ScalingStart(thresholds.slope())
        .of(sizes, testErrors, errInf)
        .ifPresent(size -> widths.put(CloneSign.SCALING, size));
    return new CriticalWidths(width, reconstruction.liveNeurons(), widths);
  }

  private static OptionalDouble interpolation(
      int[] sizes, double[] errors, double full, double tolerance) {
    return full <= tolerance
        ? new CriticalWidth(tolerance).interpolated(sizes, errors, full)
        : OptionalDouble.empty();
  }

  /**
   * The smallest chunk size, interpolated, at which held-out R² reaches a threshold; nothing if it
   * does at none that was measured.
   *
   * @param r2 the threshold, below 1
   */
  public static OptionalDouble byReconstruction(Reconstruction layer, double r2) {
    return byReconstruction(List.of(layer), r2);
  }

  /**
   * The smallest chunk size, interpolated, at which held-out R², averaged over the layers of
   * several networks, reaches a threshold; nothing if it does at none that was measured.
   *
   * @param layers at least one, as wide and on as many images as each other
   * @param r2 the threshold, below 1
   */
  public static OptionalDouble byReconstruction(List<Reconstruction> layers, double r2) {
    int[] sizes = IntStream.rangeClosed(1, layers.get(0).heldOutR2().size()).toArray();
    // Rounding may bring R² above 1.
    return new Crossing(1 - r2)
        .of(
            sizes,
            means(layers, sizes, (layer, w) -> Math.max(1 - layer.heldOutR2At(w).mean(), 0)));
  }

  /**
   * The smallest chunk size, interpolated, at which mean |ρ| off the chunk comes down to a
   * threshold; nothing if it does at none that was measured.
   *
   * @param correlation the threshold, above 0
   */
  public static OptionalDouble byIndependence(Reconstruction layer, double correlation) {
    return byIndependence(List.of(layer), correlation);
  }

  /**
   * The smallest chunk size, interpolated, at which mean |ρ| off the chunk, averaged over the
   * layers of several networks, comes down to a threshold; nothing if it does at none that was
   * measured.
   *
   * @param layers at least one, with correlations measured at the same sizes
   * @param correlation the threshold, above 0
   */
  public static OptionalDouble byIndependence(List<Reconstruction> layers, double correlation) {
    int[] sizes = correlatedSizes(layers);
    return sizes.length == 0
        ? OptionalDouble.empty()
        : new Crossing(correlation)
            .of(
                sizes,
                means(
                    layers,
                    sizes,
                    (layer, w) -> layer.offChunkAt(w).orElseThrow().absolute().mean()));
  }

  /**
   * The sizes at which all layers have correlations off the chunk.
   *
   * @param layers as for {@link #byIndependence(List, double)}
   * @return increasing, perhaps none
   */
  public static int[] correlatedSizes(List<Reconstruction> layers) {
    return layers.get(0).correlations().stream()
        .mapToInt(ResidualCorrelation::size)
        .filter(w -> layers.stream().allMatch(layer -> layer.offChunkAt(w).isPresent()))
        .toArray();
  }

  private static double[] means(
      List<Reconstruction> layers,
      int[] sizes,
      ToDoubleBiFunction<Reconstruction, Integer> quantity) {
    return IntStream.of(sizes)
        .mapToDouble(
            w ->
                layers.stream()
                    .mapToDouble(layer -> quantity.applyAsDouble(layer, w))
                    .average()
                    .orElseThrow())
        .toArray();
  }

  /** w* by a sign; nothing if it shows at none of the sizes. */
  public OptionalDouble width(CloneSign sign) {
    Double size = widths.get(sign);
    return size == null ? OptionalDouble.empty() : OptionalDouble.of(size);
  }

  /**
   * Largest ÷ smallest w* of the four signs, at least 1 (C18).
   *
   * @return nothing unless all four show
   */
  public OptionalDouble spread() {
    return widths.size() < CloneSign.values().length
        ? OptionalDouble.empty()
        : OptionalDouble.of(Collections.max(widths.values()) / Collections.min(widths.values()));
  }

  /**
   * The number of clones, W/w*. Counted in live neurons it is the same if a chunk of w* needs no
   * more than the {@link #liveWidth} that it holds on average: L/(w*·L/W).
   */
  public OptionalDouble clones(CloneSign sign) {
    return read(sign, size -> width / size);
  }

  /** w* in live neurons: those that a random chunk of w* holds on average, w*·L/W. */
  public OptionalDouble liveWidth(CloneSign sign) {
    return read(sign, size -> size * liveNeurons / width);
  }

  /**
   * The number of clones that the live neurons make if each takes w* live ones, L/w*. No fewer can
   * be there: a chunk of w* live neurons has all that one with dead ones among them has.
   */
  public OptionalDouble liveClones(CloneSign sign) {
    return read(sign, size -> liveNeurons / size);
  }

  private OptionalDouble read(CloneSign sign, DoubleUnaryOperator quantity) {
    OptionalDouble size = width(sign);
    return size.isPresent() ? OptionalDouble.of(quantity.applyAsDouble(size.getAsDouble())) : size;
  }
}
