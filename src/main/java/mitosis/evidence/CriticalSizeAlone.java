package mitosis.evidence;

import java.util.stream.IntStream;
import mitosis.analysis.ChunkMistakes;
import mitosis.analysis.CriticalWidths;
import mitosis.analysis.Crossing;
import mitosis.analysis.ImageWeights;
import mitosis.analysis.Reconstruction;
import mitosis.analysis.ReconstructionJackknife;
import mitosis.claim.Estimate;
import mitosis.claim.Interval;
import org.apache.commons.math3.distribution.NormalDistribution;

/**
 * The critical width w* of one network: the smallest chunk whose mean training error is at most the
 * full layer's plus a tolerance. Where training images or readout are missing it is the smallest
 * chunk whose held-out R² is that of a clone. {@link SingleNetwork#thresholds} has both.
 *
 * @param network whose it is
 */
public record CriticalSizeAlone(SingleNetwork network) {

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
    return ImageWeights.equal(ImageBlocks.count(network.trainMistakes().images()));
  }

  private double ofTraining(ImageWeights images) {
    ChunkMistakes mistakes = network.trainMistakes();
    double[] errors =
        IntStream.range(0, mistakes.sizes().length)
            .mapToDouble(k -> images.mean(ImageBlocks.means(mistakes.byImage()[k])))
            .toArray();
    double full = images.mean(ImageBlocks.means(mistakes.full()));
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
    return leftOut.standardError(layer -> Math.log(ofRebuilding(layer)));
  }
}
