package mitosis.evidence;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import mitosis.analysis.Reconstruction;
import org.apache.commons.math3.stat.correlation.SpearmansCorrelation;

/** Whether a layer is the more redundant the more weight decay it was trained with (claim C20). */
public final class DoseResponse {

  private static final int LEAST_DOSES = 4;

  private DoseResponse() {}

  /**
   * Networks that differ in their weight decay alone.
   *
   * @param weightDecay at least 0
   * @param subject trained with it
   */
  public record Dose(double weightDecay, Subject subject) {

    /**
     * Size of the chunks that are to rebuild the layer: a quarter of it at most.
     *
     * @param most what it is in a wide layer
     */
    public int chunk(int most) {
      return Math.max(1, Math.min(most, subject.width() / 4));
    }
  }

  /**
   * Spearman's rank correlation of the held-out R² of chunks with weight decay, over all doses up
   * to the largest at which the full layers err on at most a share of their training set. Refuses
   * fewer than four of them.
   *
   * @param most size of the chunks, or a quarter of the layers where that is less
   * @param tolerance the largest mean training error of a network that interpolates
   * @return for doses in increasing order, with as many seeds each
   */
  public static Measurement<List<Dose>> ofReconstruction(int most, double tolerance) {
    return doses -> {
      List<Dose> interpolating = doses.subList(0, interpolating(doses, tolerance));
      if (interpolating.size() < LEAST_DOSES) {
        throw new Unmeasurable(
            "a response to weight decay needs at least %d of them at which the network interpolates, but there are only %s"
                .formatted(LEAST_DOSES, interpolating.stream().map(Dose::weightDecay).toList()),
            "train with more and smaller weight decays, or longer");
      }
      int chunk = interpolating.get(0).chunk(most);
      int[] sizes = {chunk};
      double[] decays = interpolating.stream().mapToDouble(Dose::weightDecay).toArray();
      List<List<Reconstruction>> layers =
          interpolating.stream().map(dose -> dose.subject().reconstructions(sizes)).toList();
      return Resampling.ofSeeds(layers.get(0).size())
          .estimate(
              (seeds, images) ->
                  new SpearmansCorrelation()
                      .correlation(
                          decays,
                          layers.stream().mapToDouble(layer -> r2(layer, seeds, chunk)).toArray()));
    };
  }

  private static double r2(List<Reconstruction> layers, int[] seeds, int chunk) {
    return Arrays.stream(seeds)
        .mapToDouble(seed -> layers.get(seed).heldOutR2At(chunk).mean())
        .average()
        .orElseThrow();
  }

  /** How many doses, from the smallest on, go up to the largest that interpolates. */
  private static int interpolating(List<Dose> doses, double tolerance) {
    int last = 0;
    for (int k = 0; k < doses.size(); k++) {
      Subject subject = doses.get(k).subject();
      int[] all = IntStream.range(0, subject.seeds()).toArray();
      if (subject.fullTrainError(all) <= tolerance) {
        last = k + 1;
      }
    }
    return last;
  }
}
