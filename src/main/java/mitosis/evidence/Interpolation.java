package mitosis.evidence;

import java.util.Optional;
import java.util.stream.IntStream;
import mitosis.analysis.ImageWeights;
import mitosis.claim.Decimal;
import mitosis.claim.Judgement.SideNote;

/** Whether networks fit their training set (claims C05 and C11). */
public final class Interpolation {

  private Interpolation() {}

  /** The share of the training set that the full layers misclassify, mean over seeds. */
  public static Measurement<Subject> fullTrainingError() {
    return subject ->
        Resampling.ofSeeds(subject.seeds())
            .estimate((seeds, images) -> subject.fullTrainError(seeds));
  }

  /**
   * Training and test error of the full layers, means over seeds: P22 stops training early where
   * they are about equal.
   */
  public static Optional<SideNote> errors(Subject network) {
    int[] all = IntStream.range(0, network.seeds()).toArray();
    return Optional.of(
        new SideNote(
            "training and test error there",
            "%s and %s"
                .formatted(
                    Decimal.text(network.fullTrainError(all)),
                    Decimal.text(
                        network.fullTestError(all, ImageWeights.equal(network.testBlocks()))))));
  }

  /**
   * By how much networks and their chunks miss the training set (C11): the larger of the full
   * layers' training error and w*, each divided by the most that C05 allows it. Above 1 C05 does
   * not hold. The w* of layers that do not fit is known only to be beyond their width, which is
   * taken for it.
   *
   * @param mostError that C05 allows the full layer, above 0; also the tolerance of w*
   * @param mostWidth the largest w* that C05 allows
   */
  public static Measurement<Subject> misfit(double mostError, double mostWidth) {
    CriticalSize rule = new CriticalSize(mostError);
    return subject ->
        Resampling.ofSeeds(subject.seeds())
            .estimate(
                (seeds, images) ->
                    Math.max(
                        subject.fullTrainError(seeds) / mostError,
                        Math.min(rule.of(subject, seeds), subject.width()) / mostWidth));
  }
}
