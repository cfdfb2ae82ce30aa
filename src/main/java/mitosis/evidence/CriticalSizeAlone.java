package mitosis.evidence;

import java.util.Arrays;
import java.util.stream.IntStream;
import mitosis.analysis.ChunkMistakes;
import mitosis.analysis.Crossing;
import mitosis.analysis.ImageWeights;
import mitosis.analysis.ReconstructionJackknife;
import mitosis.claim.Estimate;
import mitosis.claim.Interval;
import org.apache.commons.math3.distribution.NormalDistribution;

/**
 * The critical width w* of one network: the smallest chunk whose mean training error is at most the
 * full layer's plus 0.001. Where training images or readout are missing it is the smallest chunk
 * from which the held-out R² is 0.99.
 *
 * @param network whose it is
 */
public record CriticalSizeAlone(SingleNetwork network) {

  private static final double TOLERANCE = 1e-3;
  private static final double REBUILT = 0.99;

  /** How w* is found on this network, in words. */
  public String rule() {
    return network.hasTraining()
        ? "the smallest chunk whose training error is at most the full layer's plus 0.001"
        : "the smallest chunk that rebuilds the layer with a held-out R² of 0.99, since training"
            + " images or readout are missing";
  }

  /**
   * w*, from 1 to W.
   *
   * @throws Unmeasurable if no chunk that can be judged is a clone
   */
  public double value() {
    return network.hasTraining() ? ofTraining(all()) : ofRebuilding(r2());
  }

  private ImageWeights all() {
    return ImageWeights.equal(ImageBlocks.count(network.trainMistakes().images()));
  }

  private double[] r2() {
    return network.reconstruction().heldOutR2().stream().mapToDouble(r2 -> r2.mean()).toArray();
  }

  private double ofTraining(ImageWeights images) {
    ChunkMistakes mistakes = network.trainMistakes();
    double[] errors =
        IntStream.range(0, mistakes.sizes().length)
            .mapToDouble(k -> images.mean(ImageBlocks.means(mistakes.byImage()[k])))
            .toArray();
    double full = images.mean(ImageBlocks.means(mistakes.full()));
    return new Crossing(full + TOLERANCE).of(mistakes.sizes(), errors).orElseThrow();
  }

  private static double ofRebuilding(double[] r2) {
    double[] unexplained = Arrays.stream(r2).map(CriticalSizeAlone::missed).toArray();
    if (!(unexplained[r2.length - 1] <= 1 - REBUILT)) {
      throw new Unmeasurable(
          "w*: chunks of up to %d neurons, a fifth of the images, rebuild the layer with a held-out R² of %.3f at most"
              .formatted(r2.length, r2[r2.length - 1]),
          "bring more test images, or the training images and the readout");
    }
    int[] sizes = IntStream.rangeClosed(1, r2.length).toArray();
    return new Crossing(1 - REBUILT).of(sizes, unexplained).orElseThrow();
  }

  /** Rounding may bring R² above 1. */
  private static double missed(double r2) {
    return Math.max(1 - r2, 0);
  }

  /**
   * w* with its interval over images: a bootstrap of the training images, or a jackknife of the
   * test images where w* comes from R²; on logarithmic axes.
   */
  public Estimate estimate() {
    double value = value();
    double deviation =
        network.hasTraining()
            ? Resampling.ofSeedsAndImages(1, ImageBlocks.count(network.trainMistakes().images()))
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
    return leftOut.standardError(
        layer ->
            Math.log(
                ofRebuilding(layer.heldOutR2().stream().mapToDouble(r2 -> r2.mean()).toArray())));
  }
}
