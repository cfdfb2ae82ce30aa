package mitosis.evidence;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.DoublePredicate;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import mitosis.analysis.Reconstruction;
import mitosis.claim.Beside;
import mitosis.claim.Decimal;
import mitosis.evidence.DoseResponse.Dose;

/**
 * Of networks of one width: how much weight decay it takes until they consist of clones, and how
 * much they bear until they no longer fit their training set (claim C20). Each is one of the doses
 * that were tried, and is read off means over seeds.
 *
 * @param width W
 * @param fitsUpTo the largest dose with which the full layers fit their training set
 * @param rebuiltFrom the smallest with which they do and a chunk rebuilds them
 * @param clonesFrom the smallest with which, besides, two chunks have room in the layer and what
 *     one of twice w* misses is independent noise: all that makes a clone
 */
public record DoseWindow(
    int width, OptionalDouble fitsUpTo, OptionalDouble rebuiltFrom, OptionalDouble clonesFrom) {

  /**
   * By which it is read off.
   *
   * @param critical how w* is found, and what training error counts as none (C05)
   * @param chunk size of the chunks that are to rebuild the layer, or a quarter of it where that is
   *     less
   * @param isRebuilt whether a held-out R² is that of a layer that is rebuilt (C06)
   * @param isIndependent whether an off-chunk correlation is that of independent noise (C07)
   */
  public record Rule(
      CriticalSize critical, int chunk, DoublePredicate isRebuilt, DoublePredicate isIndependent) {

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
          && isIndependent.test(Rebuilding.offChunk(reconstructions(dose), all, clone(dose)));
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
  public static DoseWindow of(List<Dose> doses, Rule rule) {
    return new DoseWindow(
        doses.get(0).subject().width(),
        doses.stream().filter(rule::fits).mapToDouble(Dose::weightDecay).max(),
        smallest(doses, rule::rebuilds),
        smallest(doses, rule::givesClones));
  }

  /** What is said of the windows of networks of several widths beside another number. */
  public static Optional<Beside> beside(List<DoseWindow> windows) {
    return Optional.of(
        new Beside(
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
