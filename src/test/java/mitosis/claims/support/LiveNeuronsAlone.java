package mitosis.claims.support;

import java.util.List;
import java.util.Optional;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import mitosis.analysis.ChunkSizes;
import mitosis.claim.Decimal;
import mitosis.claim.Estimate;
import mitosis.claim.Judgement.SideNote;
import mitosis.evidence.CriticalSize;
import mitosis.evidence.Measurement;
import mitosis.evidence.ReconstructionMeasurements;
import mitosis.evidence.Subject;

/**
 * What is said of live neurons beside a number of the whole layer. The papers count all neurons,
 * and so do the verdicts; but a neuron that weight decay has switched off adds nothing to a chunk,
 * so that w* counts it and the number of clones does too.
 */
public final class LiveNeuronsAlone {

  /** For a chunk of half of them and two neurons outside it. */
  private static final int LEAST = 4;

  private LiveNeuronsAlone() {}

  /** w* among them. */
  public static Optional<SideNote> criticalWidth(Subject whole, CriticalSize rule) {
    return of(whole, "w* among the %d live neurons", live -> live.width(), rule::estimate);
  }

  /** R² of chunks of a quarter of them, or of the size that is judged if that is smaller. */
  public static Optional<SideNote> heldOutR2(Subject whole, int chunk) {
    ToIntFunction<Subject> size = live -> Math.max(1, Math.min(chunk, live.width() / 4));
    return of(
        whole,
        "chunks of %d of the live neurons",
        size,
        live -> ReconstructionMeasurements.heldOutR2(size.applyAsInt(live), sizes(live)).of(live));
  }

  /** Correlation off chunks of half of them. */
  public static Optional<SideNote> correlation(Subject whole) {
    return of(
        whole,
        "off chunks of %d of the live neurons",
        live -> live.width() / 2,
        live -> ReconstructionMeasurements.correlation(live.width() / 2, sizes(live)).of(live));
  }

  /** How many clones they make, by width, where they fit the training set. */
  public static Optional<SideNote> clones(List<Subject> networks, CriticalSize rule) {
    if (networks.stream().allMatch(whole -> whole.live().width() == whole.width())) {
      return Optional.empty();
    }
    String byWidth =
        networks.stream()
            .filter(whole -> Double.isFinite(rule.of(whole.live())))
            .map(whole -> "W = %d: %s".formatted(whole.width(), clones(whole.live(), rule)))
            .collect(Collectors.joining("; "));
    return Optional.of(
        new SideNote("clones among live neurons", byWidth.isEmpty() ? "none" : byWidth));
  }

  private static String clones(Subject live, CriticalSize rule) {
    double number = live.width() / rule.of(live);
    return "%s of %d neurons".formatted(Decimal.text(number), live.width());
  }

  private static int[] sizes(Subject live) {
    return ChunkSizes.halvings(live.width());
  }

  private static Optional<SideNote> of(
      Subject whole, String name, ToIntFunction<Subject> number, Measurement<Subject> measurement) {
    Subject live = whole.live();
    if (live.width() == whole.width()) {
      return Optional.empty();
    }
    if (live.width() < LEAST) {
      return Optional.of(new SideNote("live neurons", live.width() + ", too few to take apart"));
    }
    Estimate estimate = measurement.of(live);
    return Optional.of(new SideNote(name.formatted(number.applyAsInt(live)), estimate));
  }
}
