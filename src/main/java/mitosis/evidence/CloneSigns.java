package mitosis.evidence;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.IntStream;
import mitosis.analysis.CriticalWidths;
import mitosis.analysis.CriticalWidths.CloneSign;
import mitosis.analysis.CriticalWidths.CloneThresholds;
import mitosis.analysis.CriticalWidths.ScalingStart;
import mitosis.analysis.ImageWeights;
import mitosis.analysis.Reconstruction;
import mitosis.claim.Estimate;
import mitosis.claim.Interval;

/**
 * Whether the signs of a clone set in at the same size (claim C18; P22 §3). {@link CloneSign#rule}
 * says what holds from the w* of each on; every curve is a mean over chunks and seeds.
 */
public final class CloneSigns {

  private CloneSigns() {}

  /**
   * From where on a sign shows.
   *
   * @param size w*, or where the sign shows at no size the largest that was looked at
   * @param shows whether it shows
   */
  private record Onset(double size, boolean shows) {

    static Onset of(OptionalDouble size, double largest) {
      return new Onset(size.orElse(largest), size.isPresent());
    }
  }

  /**
   * Largest ÷ smallest w* of the four signs, at least 1. A sign that shows at no size has a w*
   * beyond the largest that was looked at: that is then taken for a largest one, and the interval
   * has no upper end. On logarithmic axes the interval is over seeds, by the jackknife, and for the
   * errors over test images, by the bootstrap; how R² and correlations move with the images is not
   * in it.
   *
   * @param thresholds by which clones are told
   * @param correlationSizes where residual correlations are measured
   * @param errors of chunks of a subject, at two sizes or more, each twice the one before
   * @return refuses a subject on which no sign shows, of which too few images are there to tell
   *     correlations from noise, or whose error is not above err∞
   */
  public static Measurement<Subject> spread(
      CloneThresholds thresholds, int[] correlationSizes, Function<Subject, ErrorCurve> errors) {
    return subject -> {
      List<Reconstruction> layers = subject.reconstructions(correlationSizes);
      requireAboveNoise(layers, thresholds.correlation());
      ErrorCurve curve = errors.apply(subject);
      Signs signs = new Signs(subject, thresholds, layers, curve, new ConcurrentHashMap<>());
      Map<CloneSign, Onset> all =
          signs.of(
              IntStream.range(0, subject.seeds()).toArray(), ImageWeights.equal(curve.blocks()));
      if (all.values().stream().noneMatch(Onset::shows)) {
        throw new Unmeasurable(
            "a width from which on %s shows any sign of a clone".formatted(subject.name()),
            "train wider networks, or longer, with -Dscale=extended or -Dscale=full");
      }
      Estimate log =
          Resampling.ofSeedsAndImages(subject.seeds(), curve.blocks())
              .estimate((seeds, images) -> Math.log(spread(signs.of(seeds, images))));
      boolean bounded = all.values().stream().allMatch(Onset::shows);
      return new Estimate(
          Math.exp(log.value()),
          new Interval(
              Math.max(1, Math.exp(log.interval().low())),
              bounded ? Math.exp(log.interval().high()) : Double.POSITIVE_INFINITY),
          log.level());
    };
  }

  private static void requireAboveNoise(List<Reconstruction> layers, double ofClones) {
    int[] sizes = CriticalWidths.correlatedSizes(layers);
    if (sizes.length == 0) {
      throw new Unmeasurable(
          "two neurons outside a chunk that differ from image to image, in every layer",
          "train wider networks, with a larger -Dscale");
    }
    double floor = layers.get(0).offChunkAt(sizes[0]).orElseThrow().noiseFloor();
    if (floor >= ofClones) {
      throw new Unmeasurable(
          "test images enough to tell correlations from noise: with %d of them independent noise alone makes %.3f of them, and clones have %s"
              .formatted(layers.get(0).images(), floor, ofClones),
          "measure on more test images, with a larger -Dscale");
    }
  }

  private static double spread(Map<CloneSign, Onset> onsets) {
    double largest = onsets.values().stream().mapToDouble(Onset::size).max().orElseThrow();
    return onsets.values().stream()
        .filter(Onset::shows)
        .mapToDouble(onset -> largest / onset.size())
        .max()
        .orElse(1);
  }

  /**
   * @param ofSeeds what was found of seeds before, whatever the images: all signs but the scaling's
   */
  private record Signs(
      Subject subject,
      CloneThresholds thresholds,
      List<Reconstruction> layers,
      ErrorCurve curve,
      Map<List<Integer>, Map<CloneSign, Onset>> ofSeeds) {

    Map<CloneSign, Onset> of(int[] seeds, ImageWeights images) {
      Map<CloneSign, Onset> onsets =
          new EnumMap<>(ofSeeds.computeIfAbsent(Arrays.stream(seeds).boxed().toList(), this::of));
      onsets.put(CloneSign.SCALING, scaling(seeds, images));
      return onsets;
    }

    private Map<CloneSign, Onset> of(List<Integer> seeds) {
      List<Reconstruction> chosen = seeds.stream().map(layers::get).toList();
      int[] sizes = CriticalWidths.correlatedSizes(chosen);
      return Map.of(
          CloneSign.INTERPOLATION,
          interpolation(seeds.stream().mapToInt(Integer::intValue).toArray()),
          CloneSign.RECONSTRUCTION,
          Onset.of(
              CriticalWidths.byReconstruction(chosen, thresholds.r2()),
              chosen.get(0).heldOutR2().size()),
          CloneSign.INDEPENDENCE,
          Onset.of(
              CriticalWidths.byIndependence(chosen, thresholds.correlation()),
              sizes[sizes.length - 1]));
    }

    private Onset interpolation(int[] seeds) {
      double size = new CriticalSize(thresholds.trainingError()).of(subject, seeds);
      return Double.isInfinite(size) ? new Onset(subject.width(), false) : new Onset(size, true);
    }

    private Onset scaling(int[] seeds, ImageWeights images) {
      int[] sizes = curve.sizes();
      double[] excess = curve.excess(seeds, images);
      for (int k = sizes.length - 2; k < sizes.length; k++) {
        if (!(excess[k] > 0)) {
          throw new Unmeasurable(
              "the slope of the largest chunks: on these test images, or a resample of them, the error at %d is not above err∞"
                  .formatted(sizes[k]),
              "measure on more test images, with a larger -Dscale");
        }
      }
      return Onset.of(
          new ScalingStart(thresholds.slope())
              .of(sizes, curve.errors(seeds, images), curve.errInf(seeds, images)),
          sizes[sizes.length - 1]);
    }
  }
}
