package mitosis.evidence;

import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import mitosis.analysis.CloneSign;
import mitosis.analysis.CloneThresholds;
import mitosis.analysis.CriticalWidths;
import mitosis.analysis.ImageWeights;
import mitosis.analysis.Reconstruction;
import mitosis.analysis.ScalingStart;
import mitosis.claim.Estimate;
import mitosis.claim.Interval;
import org.apache.commons.math3.distribution.NormalDistribution;

/**
 * The critical width w* of one network by each sign of a clone, independently (P22 §3, which finds
 * that all set in at about the same width), with intervals over images on logarithmic axes.
 *
 * @param network whose they are
 */
public record CriticalSizesAlone(SingleNetwork network) {

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
    return new CriticalSizeAlone(network).estimate();
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
}
