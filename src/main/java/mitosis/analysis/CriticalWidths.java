package mitosis.analysis;

import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.DoubleUnaryOperator;
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

  /** By how much the training error of clones may exceed the full layer's, and that 0 (C05). */
  public static final double TOLERANCE = 1e-3;

  /** The least held-out R² of clones (C06). */
  public static final double REBUILT = 0.99;

  /** The largest mean |ρ| of residuals off a clone (C07). */
  public static final double UNCORRELATED = 0.03;

  /** The slope of the excess error that beyond the critical width is not reached (C03). */
  public static final double SLOPE = -0.65;

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
   * @throws IllegalArgumentException if errors were measured at fewer than two sizes or at chunks
   *     larger than the layer that was reconstructed, or err∞ is not finite
   */
  public static CriticalWidths of(ChunkError error, double errInf, Reconstruction reconstruction) {
    int[] sizes = error.sizes();
    int width = reconstruction.width();
    if (sizes[sizes.length - 1] > width) {
      throw new IllegalArgumentException(
          "errors are of chunks of %d neurons, but the layer reconstructed has %d"
              .formatted(sizes[sizes.length - 1], width));
    }
    double[] testErrors = error.test().stream().mapToDouble(MeanOverChunks::mean).toArray();
    Map<CloneSign, Double> widths = new EnumMap<>(CloneSign.class);
    interpolation(sizes, error.trainErrors(), error.full().train())
        .ifPresent(size -> widths.put(CloneSign.INTERPOLATION, size));
    byReconstruction(reconstruction).ifPresent(size -> widths.put(CloneSign.RECONSTRUCTION, size));
    byIndependence(reconstruction).ifPresent(size -> widths.put(CloneSign.INDEPENDENCE, size));
    new ScalingStart(SLOPE)
        .of(sizes, testErrors, errInf)
        .ifPresent(size -> widths.put(CloneSign.SCALING, size));
    return new CriticalWidths(width, reconstruction.liveNeurons(), widths);
  }

  private static OptionalDouble interpolation(int[] sizes, double[] errors, double full) {
    return full <= TOLERANCE
        ? CriticalWidth.standard().interpolated(sizes, errors, full)
        : OptionalDouble.empty();
  }

  /**
   * The smallest chunk size, interpolated, at which held-out R² is {@link #REBUILT}; nothing if it
   * is at none that was measured.
   */
  public static OptionalDouble byReconstruction(Reconstruction layer) {
    List<MeanOverChunks> heldOutR2 = layer.heldOutR2();
    // Rounding may bring R² above 1.
    double[] missed = heldOutR2.stream().mapToDouble(r2 -> Math.max(1 - r2.mean(), 0)).toArray();
    return new Crossing(1 - REBUILT).of(IntStream.rangeClosed(1, missed.length).toArray(), missed);
  }

  /**
   * The smallest chunk size, interpolated, at which mean |ρ| off the chunk is {@link
   * #UNCORRELATED}; nothing if it is at none that was measured.
   */
  public static OptionalDouble byIndependence(Reconstruction layer) {
    List<ResidualCorrelation> some =
        layer.correlations().stream().filter(size -> size.offChunk().isPresent()).toList();
    return some.isEmpty()
        ? OptionalDouble.empty()
        : new Crossing(UNCORRELATED)
            .of(
                some.stream().mapToInt(ResidualCorrelation::size).toArray(),
                some.stream()
                    .mapToDouble(size -> size.offChunk().orElseThrow().absolute().mean())
                    .toArray());
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
