package mitosis.evidence;

import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import mitosis.analysis.ChunkError.ChunkMistakes;
import mitosis.analysis.CriticalWidths;
import mitosis.analysis.CriticalWidths.CloneSign;
import mitosis.analysis.CriticalWidths.CloneThresholds;
import mitosis.analysis.CriticalWidths.ScalingStart;
import mitosis.analysis.Crossing;
import mitosis.analysis.ImageWeights;
import mitosis.analysis.Reconstruction;
import mitosis.analysis.ReconstructionJackknife;
import mitosis.claim.Estimate;
import mitosis.claim.Interval;
import mitosis.evidence.ErrorCurve.ErrInf;
import mitosis.evidence.Resampling.Statistic;
import org.apache.commons.math3.distribution.NormalDistribution;

/**
 * The critical width w* of one network by each sign of a clone, independently (P22 §3, which finds
 * that all set in at about the same width), with intervals over images on logarithmic axes.
 *
 * @param network whose they are
 */
public record SingleCriticalSizes(SingleNetwork network) {

  private static final int OCTAVE = 4;

  /**
   * w* by one sign; see {@link CloneSign#rule} for what holds from there on.
   *
   * @throws Unmeasurable if the sign shows at no size, on all images or without some of them, or
   *     what it takes did not come with the network
   */
  public Estimate estimate(CloneSign sign) {
    return switch (sign) {
      case INTERPOLATION -> interpolation();
      case RECONSTRUCTION ->
          jackknifed(sign, layer -> CriticalWidths.byReconstruction(layer, thresholds().r2()));
      case INDEPENDENCE ->
          jackknifed(
              sign, layer -> CriticalWidths.byIndependence(layer, thresholds().correlation()));
      case SCALING -> scaling();
    };
  }

  private CloneThresholds thresholds() {
    return network.thresholds();
  }

  private Estimate interpolation() {
    if (network.trainMistakes().fullError() > thresholds().trainingError()) {
      throw missing(CloneSign.INTERPOLATION);
    }
    return new SingleCriticalSize(network).estimate();
  }

  private Estimate jackknifed(CloneSign sign, Function<Reconstruction, OptionalDouble> widthOf) {
    ToDoubleFunction<Reconstruction> width =
        layer -> widthOf.apply(layer).orElseThrow(() -> missing(sign));
    double value = width.applyAsDouble(network.reconstruction());
    return around(
        value, network.leftOut().standardError(layer -> Math.log(width.applyAsDouble(layer))));
  }

  private Estimate scaling() {
    if (network.limit().isEmpty()) {
      throw new Unmeasurable(
          "err∞, without which no slope of the excess error is known",
          "bring ensemble_logits_test too");
    }
    if (octaves().length < 2) {
      throw missing(CloneSign.SCALING);
    }
    ErrorCurve curve =
        ErrorCurve.of(
                network.testMistakes().sizes(),
                new float[][][] {network.testMistakes().byImage()},
                ErrInf.known(network.limit().orElseThrow()))
            .at(octaves());
    Statistic start =
        (seeds, images) ->
            new ScalingStart(thresholds().slope())
                .of(curve.sizes(), curve.errors(seeds, images), curve.errInf(seeds, images))
                .orElseThrow(() -> missing(CloneSign.SCALING));
    double value = start.of(new int[] {0}, ImageWeights.equal(curve.blocks()));
    return around(
        value,
        Resampling.ofSeedsAndImages(1, curve.blocks())
            .deviation((seeds, images) -> Math.log(start.of(seeds, images))));
  }

  /**
   * W/2 and every fourth size below it: slopes between closer ones would be mostly noise, and of
   * the full layer there is but one, where chunks are averaged.
   */
  private int[] octaves() {
    int[] sizes = network.sizes();
    int last = sizes.length - 1;
    return IntStream.rangeClosed(0, last)
        .filter(k -> k < last && (last - k) % OCTAVE == 0)
        .map(k -> sizes[k])
        .toArray();
  }

  private Estimate around(double value, double deviation) {
    double quantile =
        new NormalDistribution().inverseCumulativeProbability((1 + Resampling.LEVEL) / 2);
    double factor = Math.exp(quantile * deviation);
    return new Estimate(
        value,
        new Interval(Math.min(value, Math.max(1, value / factor)), Math.max(value, value * factor)),
        Resampling.LEVEL);
  }

  private Unmeasurable missing(CloneSign sign) {
    return new Unmeasurable(
        "a width such that %s, on all images and on resamples of them"
            .formatted(sign.rule(thresholds())),
        "bring a wider network or more images");
  }

  /**
   * The critical width w* of one network: the smallest chunk whose mean training error is at most
   * the full layer's plus a tolerance. Where training images or readout are missing it is the
   * smallest chunk whose held-out R² is that of a clone. {@link SingleNetwork#thresholds} has both.
   *
   * @param network whose it is
   */
  public record SingleCriticalSize(SingleNetwork network) {

    /** How w* is found on this network, in words. */
    public String rule() {
      return network.hasTraining()
          ? "the smallest chunk whose training error is at most the full layer's plus %s"
              .formatted(network.thresholds().trainingError())
          : "the smallest chunk that rebuilds the layer with a held-out R² of %s, since training images or readout are missing"
              .formatted(network.thresholds().r2());
    }

    /**
     * w*, from 1 to W.
     *
     * @throws Unmeasurable if no chunk that can be judged is a clone
     */
    public double value() {
      return network.hasTraining() ? ofTraining(all()) : ofRebuilding(network.reconstruction());
    }

    private ImageWeights all() {
      return ImageWeights.equal(ErrorCurve.count(network.trainMistakes().images()));
    }

    private double ofTraining(ImageWeights images) {
      ChunkMistakes mistakes = network.trainMistakes();
      double[] errors =
          IntStream.range(0, mistakes.sizes().length)
              .mapToDouble(k -> images.mean(ErrorCurve.means(mistakes.byImage()[k])))
              .toArray();
      double full = images.mean(ErrorCurve.means(mistakes.full()));
      return new Crossing(full + network.thresholds().trainingError())
          .of(mistakes.sizes(), errors)
          .orElseThrow();
    }

    private double ofRebuilding(Reconstruction layer) {
      return CriticalWidths.byReconstruction(layer, network.thresholds().r2())
          .orElseThrow(
              () -> {
                int most = layer.heldOutR2().size();
                return new Unmeasurable(
                    "w*: chunks of up to %d neurons, a fifth of the images, rebuild the layer with a held-out R² of %.3f at most"
                        .formatted(most, layer.heldOutR2().get(most - 1).mean()),
                    "bring more test images, or the training images and the readout");
              });
    }

    /**
     * w* with its interval over images: a bootstrap of the training images, or a jackknife of the
     * test images where w* comes from R²; on logarithmic axes.
     */
    public Estimate estimate() {
      double value = value();
      double deviation =
          network.hasTraining()
              ? Resampling.ofSeedsAndImages(1, ErrorCurve.count(network.trainMistakes().images()))
                  .deviation((seeds, images) -> Math.log(ofTraining(images)))
              : jackknife();
      double factor =
          Math.exp(
              deviation
                  * new NormalDistribution()
                      .inverseCumulativeProbability((1 + Resampling.LEVEL) / 2));
      return new Estimate(
          value,
          new Interval(Math.max(1, value / factor), Math.min(network.width(), value * factor)),
          Resampling.LEVEL);
    }

    private double jackknife() {
      ReconstructionJackknife leftOut = network.leftOut();
      return leftOut.standardError(layer -> Math.log(ofRebuilding(layer)));
    }
  }
}
