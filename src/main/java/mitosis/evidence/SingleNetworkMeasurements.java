package mitosis.evidence;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import mitosis.analysis.ChunkError.ChunkMistakes;
import mitosis.analysis.ClopperPearson;
import mitosis.analysis.FreePowerLaw;
import mitosis.analysis.ImageWeights;
import mitosis.analysis.IntrinsicDimension;
import mitosis.analysis.Reconstruction;
import mitosis.claim.Decimal;
import mitosis.claim.Estimate;
import mitosis.claim.Estimates;
import mitosis.claim.Interval;
import mitosis.evidence.ErrorCurve.ErrInf;
import mitosis.evidence.SingleCriticalSizes.SingleCriticalSize;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.apache.commons.math3.distribution.TDistribution;

/**
 * What claims C02, C03, C05 to C08 and C15 measure on one network alone. Intervals are over images;
 * they say nothing of other seeds.
 */
public final class SingleNetworkMeasurements {

  private static final String MORE_WIDTH = "bring a wider network";
  private static final String MORE_IMAGES = "bring more test images";
  private static final int LEAST_SIZES = 3;

  /** Sizes of the grid to a factor of two. */
  private static final int OCTAVE = 4;

  /** By this much the published chunk sizes of R², 64, 128 and 256, exceed w*, 50, 100 and 200. */
  private static final double BEYOND = 1.28;

  private SingleNetworkMeasurements() {}

  /**
   * The exponent of the chunks' excess error over all sizes from w* to W (C02). err∞ is the error
   * of the ensemble where one is known. Else it is fitted too, and the interval then takes in all
   * exponents that fit as well.
   */
  public static Measurement<SingleNetwork> exponent() {
    return network -> {
      ErrorCurve curve = curve(network, sizesBeyond(network));
      return network.limit().isPresent() ? Scaling.exponent().of(curve) : freeExponent(curve);
    };
  }

  private static Estimate freeExponent(ErrorCurve curve) {
    FreePowerLaw law = free(curve, ImageWeights.equal(curve.blocks()));
    if (law.best().amplitude() <= 0) {
      throw new Unmeasurable(
          "an exponent: the error of chunks does not fall with their size, from %d to %d neurons"
              .formatted(curve.sizes()[0], curve.sizes()[curve.sizes().length - 1]),
          MORE_IMAGES);
    }
    double reach =
        normal()
            * Resampling.ofSeedsAndImages(1, curve.blocks())
                .deviation((seeds, images) -> free(curve, images).best().exponent());
    double exponent = law.best().exponent();
    return new Estimate(
        exponent,
        new Interval(
            Math.min(exponent - reach, law.steepest().exponent()),
            Math.max(exponent + reach, law.shallowest().exponent())),
        Resampling.LEVEL);
  }

  private static FreePowerLaw free(ErrorCurve curve, ImageWeights images) {
    int[] sizes = curve.sizes();
    double[] errors = curve.errors(new int[] {0}, images);
    if (Arrays.stream(errors).allMatch(error -> error == errors[0])) {
      throw new Unmeasurable(
          "an exponent: on these test images, or a resample of them, the error is %s at every size from %d to %d"
              .formatted(errors[0], sizes[0], sizes[sizes.length - 1]),
          MORE_IMAGES);
    }
    double[] scales = Arrays.stream(sizes).mapToDouble(size -> 1 / Math.sqrt(size)).toArray();
    return FreePowerLaw.fit(sizes, errors, scales);
  }

  private static int[] sizesBeyond(SingleNetwork network) {
    double critical = new SingleCriticalSize(network).value();
    int[] sizes = Arrays.stream(network.sizes()).filter(size -> size >= critical).toArray();
    if (sizes.length <= LEAST_SIZES || network.width() < 2 * critical) {
      throw new Unmeasurable(
          "chunk sizes beyond w*: it is %.0f of %d neurons, and an exponent takes at least a factor of two"
              .formatted(critical, network.width()),
          MORE_WIDTH);
    }
    return sizes;
  }

  /** With err∞ of the ensemble, or fitted to the sizes from w* on. */
  private static ErrorCurve curve(SingleNetwork network, int[] some) {
    ChunkMistakes mistakes = network.testMistakes();
    float[][][] byImage = {mistakes.byImage()};
    ErrInf errInf =
        network
            .limit()
            .map(ErrInf::known)
            .orElseGet(
                () -> {
                  ErrorCurve beyond =
                      ErrorCurve.of(mistakes.sizes(), byImage, (seeds, images) -> 0)
                          .at(sizesBeyond(network));
                  return (seeds, images) -> free(beyond, images).best().errInf();
                });
    return ErrorCurve.of(mistakes.sizes(), byImage, errInf).at(some);
  }

  /** The local slopes between chunk sizes near w*&#47;8, w*&#47;4, w*&#47;2 and w* (C03). */
  public static Function<SingleNetwork, Estimates> localSlopes() {
    return network -> {
      double critical = new SingleCriticalSize(network).value();
      int[] grid = network.sizes();
      int last = (int) Arrays.stream(grid).filter(size -> size <= critical).count() - 1;
      int[] sizes =
          IntStream.of(3, 2, 1, 0)
              .map(halvings -> last - halvings * OCTAVE)
              .filter(at -> at >= 0)
              .map(at -> grid[at])
              .distinct()
              .toArray();
      if (sizes.length < 2 || 2 * sizes[0] > sizes[sizes.length - 1]) {
        throw new Unmeasurable(
            "chunk sizes below w*, which is %.1f".formatted(critical), "there is nothing to do");
      }
      return Scaling.localSlopes().apply(curve(network, sizes));
    };
  }

  /**
   * The share of training images that the full layer misclassifies, with Clopper's interval (C05).
   */
  public static Measurement<SingleNetwork> fullTrainingError() {
    return network -> {
      ChunkMistakes mistakes = network.trainMistakes();
      return new Estimate(
          mistakes.fullError(),
          clopperPearson(mistakes.fullMistakes(), mistakes.images()),
          Resampling.LEVEL);
    };
  }

  /** Clopper and Pearson 1934: exact for a binomial count. */
  private static Interval clopperPearson(int count, int of) {
    double tail = (1 - Resampling.LEVEL) / 2;
    ClopperPearson bounds = new ClopperPearson(count, of);
    return new Interval(bounds.lower(tail), bounds.upper(tail));
  }

  /** By how much chunks of half the neurons misclassify more of the training set (C05). */
  public static Measurement<SingleNetwork> halfLayerExcess() {
    return network -> {
      ChunkMistakes mistakes = network.trainMistakes();
      int[] sizes = mistakes.sizes();
      int half = Math.max(1, network.width() / 2);
      int at =
          IntStream.range(0, sizes.length).filter(k -> sizes[k] >= half).findFirst().orElseThrow();
      float[] chunks = ErrorCurve.means(mistakes.byImage()[at]);
      float[] full = ErrorCurve.means(mistakes.full());
      double excess = mistakes.errors().get(at).mean() - mistakes.fullError();
      double reach =
          normal()
              * Resampling.ofSeedsAndImages(1, chunks.length)
                  .deviation((seeds, images) -> images.mean(chunks) - images.mean(full));
      // If no image differs, so few images still leave this much open.
      double unseen = clopperPearson(0, mistakes.images()).high();
      return new Estimate(
          excess,
          new Interval(excess - reach, excess + (reach > 0 ? reach : unseen)),
          Resampling.LEVEL);
    };
  }

  /**
   * The chunk size at which C06 is judged: 1.28·w*, or W/4 where w* comes from R² itself. Where the
   * layer has no room for 1.28·w*, it is W/2, the largest chunk of which it has two.
   */
  public static int rebuildingSize(SingleNetwork network) {
    double size =
        network.hasTraining()
            ? BEYOND * new SingleCriticalSize(network).value()
            : network.width() / 4.0;
    return (int) Math.max(1, Math.round(size < network.width() ? size : network.width() / 2.0));
  }

  /** Held-out R² at {@link #rebuildingSize} (C06). */
  public static Measurement<SingleNetwork> heldOutR2() {
    return network -> {
      int size = rebuildingSize(network);
      int most = network.reconstruction().heldOutR2().size();
      if (size > most) {
        throw new Unmeasurable(
            "chunks of %d neurons, which rebuild the other neurons from at most %d, a fifth of the images"
                .formatted(size, most),
            MORE_IMAGES);
      }
      return jackknifed(network, layer -> layer.heldOutR2At(size).mean());
    };
  }

  /**
   * Mean absolute off-chunk correlation of the residuals at 2·w* (C07).
   *
   * @param most the largest correlation that is looked for; nothing is measured on so few images
   *     that independent noise makes a larger one
   */
  public static Measurement<SingleNetwork> correlation(double most) {
    return network -> {
      double size = within(network, 2 * new SingleCriticalSize(network).value());
      requireAboveNoise(network, size, 1, most);
      return jackknifed(network, layer -> correlation(layer, size));
    };
  }

  /**
   * The correlation at 2·w* divided by that at w*&#47;4 (C07).
   *
   * @param most the largest ratio that is looked for; nothing is measured on so few images that a
   *     fall to independent noise makes a larger one
   */
  public static Measurement<SingleNetwork> correlationDrop(double most) {
    return network -> {
      double critical = new SingleCriticalSize(network).value();
      double large = within(network, 2 * critical);
      double small = Math.max(1, critical / 4);
      requireAboveNoise(network, large, correlation(network.reconstruction(), small), most);
      return jackknifed(network, layer -> correlation(layer, large) / correlation(layer, small));
    };
  }

  /** What noise shows at the largest size measured that is no larger, in units of a correlation. */
  private static void requireAboveNoise(
      SingleNetwork network, double size, double unit, double most) {
    double floor =
        network.reconstruction().correlations().stream()
            .filter(each -> each.size() <= size)
            .flatMap(each -> each.offChunk().stream())
            .mapToDouble(each -> each.noiseFloor() / unit)
            .max()
            .orElse(0);
    if (floor > most) {
      throw new Unmeasurable(
          "correlations that stand out: with %,d test images independent noise alone makes it %.3f, and it is to be at most %s"
              .formatted(network.test().images(), floor, Decimal.text(most)),
          MORE_IMAGES);
    }
  }

  private static double within(SingleNetwork network, double size) {
    // Beyond, so few neurons are left outside the chunk that one pair may decide.
    if (size > network.width() / 1.5) {
      throw new Unmeasurable(
          "neurons outside chunks of 2·w* = %.0f, of %d in all".formatted(size, network.width()),
          MORE_WIDTH);
    }
    return size;
  }

  /** Between the sizes measured it is interpolated on logarithmic axes. */
  private static double correlation(Reconstruction layer, double size) {
    int[] sizes =
        layer.correlations().stream()
            .filter(each -> each.offChunk().isPresent())
            .mapToInt(each -> each.size())
            .toArray();
    if (sizes.length == 0) {
      throw new Unmeasurable(
          "two neurons outside a chunk that differ from image to image and that it does not rebuild exactly, of %d live ones"
              .formatted(layer.liveNeurons()),
          MORE_WIDTH);
    }
    int above = 0;
    while (above < sizes.length - 1 && sizes[above] < size) {
      above++;
    }
    double high = ReconstructionMeasurements.offChunk(layer, sizes[above]);
    if (above == 0 || sizes[above] <= size) {
      return high;
    }
    double low = ReconstructionMeasurements.offChunk(layer, sizes[above - 1]);
    double share =
        Math.log(size / sizes[above - 1]) / Math.log((double) sizes[above] / sizes[above - 1]);
    return low * Math.pow(high / low, share);
  }

  /**
   * What is read off the layer's reconstruction, with its interval over groups of images, for
   * figures.
   *
   * @param quantity NaN where the layer has none, as it may without one of the groups: then there
   *     is no interval
   */
  public static CurvePoint overImages(
      SingleNetwork network, ToDoubleFunction<Reconstruction> quantity) {
    return network.leftOut().leftOut().stream().mapToDouble(quantity).allMatch(Double::isFinite)
        ? CurvePoint.of(jackknifed(network, quantity))
        : CurvePoint.of(quantity.applyAsDouble(network.reconstruction()));
  }

  /** The mean error of chunks of each size, with its interval over images, for figures. */
  public static List<CurvePoint> errors(ChunkMistakes mistakes) {
    return IntStream.range(0, mistakes.sizes().length)
        .mapToObj(
            k -> {
              float[] blocks = ErrorCurve.means(mistakes.byImage()[k]);
              return CurvePoint.of(
                  within(
                      mistakes.errors().get(k).mean(),
                      normal()
                          * Resampling.ofSeedsAndImages(1, blocks.length)
                              .deviation((one, images) -> images.mean(blocks))));
            })
        .toList();
  }

  /** The layer's dimension, with its interval over subsamples of the images, for figures. */
  public static CurvePoint dimension(IntrinsicDimension.Dimension dimension) {
    return CurvePoint.of(within(dimension.value(), normal() * dimension.standardError()));
  }

  private static Estimate within(double value, double reach) {
    return new Estimate(value, new Interval(value - reach, value + reach), Resampling.LEVEL);
  }

  private static Estimate jackknifed(
      SingleNetwork network, ToDoubleFunction<Reconstruction> quantity) {
    double value = quantity.applyAsDouble(network.reconstruction());
    double reach =
        new TDistribution(network.workload().groups() - 1.0)
                .inverseCumulativeProbability((1 + Resampling.LEVEL) / 2)
            * network.leftOut().standardError(quantity);
    return within(value, reach);
  }

  /** The intrinsic dimension divided by w* (C08). */
  public static Measurement<SingleNetwork> dimensionShare() {
    return network -> {
      IntrinsicDimension.Dimension dimension = network.dimension().fitted();
      Estimate critical = new SingleCriticalSize(network).estimate();
      double share = dimension.value() / critical.value();
      double relative =
          Math.hypot(
              dimension.standardError() / dimension.value(),
              Math.log(critical.interval().high() / critical.interval().low()) / (2 * normal()));
      double factor = Math.exp(normal() * relative);
      return new Estimate(share, new Interval(share / factor, share * factor), Resampling.LEVEL);
    };
  }

  /** How many clones there are, W/w* (C15). */
  public static Measurement<SingleNetwork> clones() {
    return network -> {
      Estimate critical = new SingleCriticalSize(network).estimate();
      double width = network.width();
      return new Estimate(
          width / critical.value(),
          new Interval(width / critical.interval().high(), width / critical.interval().low()),
          Resampling.LEVEL);
    };
  }

  private static double normal() {
    return new NormalDistribution().inverseCumulativeProbability((1 + Resampling.LEVEL) / 2);
  }
}
