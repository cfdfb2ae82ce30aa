package mitosis.evidence;

import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;
import mitosis.claim.Band;
import mitosis.claim.Estimate;
import mitosis.claim.Verdict;

/** Of several estimates that must all agree with a band, the one that does so least. */
final class Worst {

  private Worst() {}

  /**
   * The one with the worst verdict, and among equals the one furthest out.
   *
   * @param estimates at least one
   * @param distance how far out one is
   */
  static Estimate of(List<Estimate> estimates, Band band, ToDoubleFunction<Estimate> distance) {
    return estimates.stream()
        .max(
            Comparator.<Estimate>comparingInt(estimate -> badness(band.judge(estimate)))
                .thenComparingDouble(distance))
        .orElseThrow();
  }

  private static int badness(Verdict verdict) {
    return switch (verdict) {
      case REPRODUCED -> 0;
      case UNDERPOWERED, UNTESTED -> 1;
      case NOT_REPRODUCED -> 2;
    };
  }
}
