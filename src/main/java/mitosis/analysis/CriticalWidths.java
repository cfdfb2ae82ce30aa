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

  /**
   * The signs by which a chunk is known for a clone: P22's three conditions (§3) and the scaling
   * that sets in with them (figure 3). The papers give no thresholds for them, see {@link
   * CloneThresholds}.
   */
  public enum CloneSign {
    /** It fits the training set as well as the full layer does, which must fit it too. */
    INTERPOLATION,

    /** It rebuilds the full layer. */
    RECONSTRUCTION,

    /** What it misses is independent noise. */
    INDEPENDENCE,

    /** Errors fall as w^-½ from here on, and not faster. */
    SCALING;

    /** What holds from the critical width on, in words. */
    public String rule(CloneThresholds thresholds) {
      return switch (this) {
        case INTERPOLATION ->
            "the full layer misclassifies at most %s of the training images and chunks at most %s more than it"
                .formatted(thresholds.trainingError(), thresholds.trainingError());
        case RECONSTRUCTION -> "held-out R² of chunks is at least %s".formatted(thresholds.r2());
        case INDEPENDENCE ->
            "mean |ρ| of the residuals off the chunk is at most %s"
                .formatted(thresholds.correlation());
        case SCALING ->
            "from here on no local slope of the chunks' excess error is %s or steeper"
                .formatted(thresholds.slope());
      };
    }
  }

  /**
   * Where the fall as w^-½ begins: the size from which on no local slope of the excess error is
   * steeper than a limit (P22 §3, figure 3: below w* the error falls faster). It says where the
   * steep fall ends, not that an exponent of −½ follows, which is another claim's to find.
   *
   * @param limit the slope d log(excess) / d log(w) that must be exceeded, negative
   */
  public record ScalingStart(double limit) {

    /**
     * @throws IllegalArgumentException if the limit is not negative or not finite
     */
    public ScalingStart {
      if (!(limit < 0 && limit >= -Double.MAX_VALUE)) {
        throw new IllegalArgumentException("limit of slopes is %s, not negative".formatted(limit));
      }
    }

    /**
     * Finds it. The slope between two sizes is taken for that at their geometric mean, and between
     * those for linear in log w, so that with many sizes this is where the slope is at the limit.
     *
     * @param sizes S increasing sizes, at least two
     * @param errors S errors
     * @param errInf err∞
     * @return the first size if all slopes exceed the limit; nothing if the last one does not, or
     *     is not known because an error is not above err∞
     * @throws IllegalArgumentException as {@link PowerLaw#localSlopes}
     */
    public OptionalDouble of(int[] sizes, double[] errors, double errInf) {
      List<OptionalDouble> slopes = PowerLaw.localSlopes(sizes, errors, errInf);
      int first = slopes.size();
      while (first > 0 && exceeds(slopes.get(first - 1))) {
        first--;
      }
      if (first == slopes.size()) {
        return OptionalDouble.empty();
      }
      if (first == 0 || slopes.get(first - 1).isEmpty()) {
        return OptionalDouble.of(sizes[first]);
      }
      double steep = slopes.get(first - 1).getAsDouble();
      double shallow = slopes.get(first).getAsDouble();
      double share = (limit - steep) / (shallow - steep);
      double from = Math.sqrt((double) sizes[first - 1] * sizes[first]);
      double to = Math.sqrt((double) sizes[first] * sizes[first + 1]);
      return OptionalDouble.of(from * Math.pow(to / from, share));
    }

    private boolean exceeds(OptionalDouble slope) {
      return slope.isPresent() && slope.getAsDouble() > limit;
    }
  }

  /**
   * The numbers by which a chunk is told to be a clone. The papers give none; whoever asks takes
   * them from the bands that the claims are held against.
   *
   * @param trainingError by how much the training error of clones may exceed the full layer's, and
   *     that 0 (C05)
   * @param r2 the least held-out R² of clones (C06)
   * @param correlation the largest mean |ρ| of the residuals off a clone (C07)
   * @param slope the slope of the excess error that from the critical width on is not reached (C03)
   */
  public record CloneThresholds(double trainingError, double r2, double correlation, double slope) {

    /**
     * @throws IllegalArgumentException if the training error is not in (0, 1), the R² not in (0,
     *     1), the correlation not in (0, 1] or the slope not negative
     */
    public CloneThresholds {
      require("training error", trainingError, trainingError > 0 && trainingError < 1, "in (0, 1)");
      require("R²", r2, r2 > 0 && r2 < 1, "in (0, 1)");
      require("correlation", correlation, correlation > 0 && correlation <= 1, "in (0, 1]");
      require("slope", slope, slope < 0 && slope >= -Double.MAX_VALUE, "negative");
    }

    private static void require(String what, double value, boolean holds, String range) {
      if (!holds) {
        throw new IllegalArgumentException(
            "threshold of the %s of clones is %s, but must be %s".formatted(what, value, range));
      }
    }
  }
}
