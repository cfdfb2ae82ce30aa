package mitosis.evidence;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.DoublePredicate;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import mitosis.analysis.Reconstruction;
import mitosis.claim.Decimal;
import mitosis.claim.Judgement.SideNote;
import mitosis.evidence.DoseResponse.Dose;
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

  /**
   * Of networks of one width: how much weight decay it takes until they consist of clones, and how
   * much they bear until they no longer fit their training set (claim C20). Each is one of the
   * doses that were tried, and is read off means over seeds.
   *
   * @param width W
   * @param fitsUpTo the largest dose with which the full layers fit their training set
   * @param rebuiltFrom the smallest with which they do and a chunk rebuilds them
   * @param clonesFrom the smallest with which, besides, two chunks have room in the layer and what
   *     one of twice w* misses is independent noise: all that makes a clone
   */
  public record WeightDecayWindow(
      int width, OptionalDouble fitsUpTo, OptionalDouble rebuiltFrom, OptionalDouble clonesFrom) {

    /**
     * By which it is read off.
     *
     * @param critical how w* is found, and what training error counts as none (C05)
     * @param chunk size of the chunks that are to rebuild the layer, or a quarter of it where that
     *     is less
     * @param isRebuilt whether a held-out R² is that of a layer that is rebuilt (C06)
     * @param isIndependent whether an off-chunk correlation is that of independent noise (C07)
     */
    public record Rule(
        CriticalSize critical,
        int chunk,
        DoublePredicate isRebuilt,
        DoublePredicate isIndependent) {

      boolean fits(Dose dose) {
        return Double.isFinite(critical.of(dose.subject()));
      }

      boolean rebuilds(Dose dose) {
        int size = dose.chunk(chunk);
        return fits(dose)
            && isRebuilt.test(
                reconstructions(dose).stream()
                    .mapToDouble(layer -> layer.heldOutR2At(size).mean())
                    .average()
                    .orElseThrow());
      }

      boolean givesClones(Dose dose) {
        int[] all = IntStream.range(0, dose.subject().seeds()).toArray();
        return rebuilds(dose)
            && clone(dose) <= mostOf(dose)
            && reconstructions(dose).stream()
                .allMatch(layer -> layer.offChunkAt(clone(dose)).isPresent())
            && isIndependent.test(
                ReconstructionMeasurements.offChunk(reconstructions(dose), all, clone(dose)));
      }

      private List<Reconstruction> reconstructions(Dose dose) {
        return dose.subject().reconstructions(new int[] {Math.min(clone(dose), mostOf(dose))});
      }

      private int clone(Dose dose) {
        return (int) Math.round(2 * critical.of(dose.subject()));
      }

      /** Two neurons have to be left outside a chunk for their residuals to be correlated. */
      private static int mostOf(Dose dose) {
        return dose.subject().width() - 2;
      }
    }

    /**
     * @param doses of networks of one width, in increasing order, at least one
     */
    public static WeightDecayWindow of(List<Dose> doses, Rule rule) {
      return new WeightDecayWindow(
          doses.get(0).subject().width(),
          doses.stream().filter(rule::fits).mapToDouble(Dose::weightDecay).max(),
          smallest(doses, rule::rebuilds),
          smallest(doses, rule::givesClones));
    }

    /** What is said of the windows of networks of several widths beside another number. */
    public static Optional<SideNote> beside(List<WeightDecayWindow> windows) {
      return Optional.of(
          new SideNote(
              "by width",
              windows.stream()
                  .map(window -> "W = %d %s".formatted(window.width(), window))
                  .collect(Collectors.joining("; "))));
    }

    /**
     * As in {@code fits up to weight decay 0.025, rebuilt from 0.0025 on, clones with none tried}.
     */
    @Override
    public String toString() {
      return "fits %s, rebuilt %s, clones %s"
          .formatted(
              words("up to weight decay %s", fitsUpTo),
              words("from %s on", rebuiltFrom),
              words("from %s on", clonesFrom));
    }

    private static String words(String bound, OptionalDouble dose) {
      return dose.isEmpty() ? "with none tried" : bound.formatted(Decimal.text(dose.getAsDouble()));
    }

    private static OptionalDouble smallest(List<Dose> doses, Predicate<Dose> condition) {
      return doses.stream().filter(condition).mapToDouble(Dose::weightDecay).min();
    }
  }
}
