package mitosis.report;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import mitosis.claim.ClaimId;
import mitosis.claim.ClaimResult;
import mitosis.claim.Interval;
import mitosis.claim.Scale;
import mitosis.claim.Verdict;

/**
 * What a run found of one quantity, as the history keeps it.
 *
 * @param claim which claim
 * @param system the system measured
 * @param scale the scale of the run
 * @param quantity the measured quantity's name
 * @param conditions what makes the same quantity another number by choice of the user, such as the
 *     seeds; by name
 * @param verdict whether the claim held
 * @param measured the value; empty if the verdict is {@code UNTESTED}
 * @param interval its interval; present exactly if the value is
 * @param commit the commit that ran
 * @param time when the result was known
 */
record PastResult(
    ClaimId claim,
    String system,
    Scale scale,
    String quantity,
    Map<String, Object> conditions,
    Verdict verdict,
    OptionalDouble measured,
    Optional<Interval> interval,
    String commit,
    Instant time) {

  /** What of a result's provenance the user chooses, and a new commit does not change. */
  private static final Set<String> CHOSEN = Set.of("seeds", "widths", "precision", "subject");

  private static final String UNKNOWN_COMMIT = "unknown";

  /** Keeps a copy of the conditions. */
  PastResult {
    conditions = Map.copyOf(conditions);
  }

  static PastResult of(ClaimResult result, Instant time) {
    return new PastResult(
        result.claim(),
        result.system(),
        result.scale(),
        result.quantity(),
        conditions(result),
        result.verdict(),
        result.measured(),
        result.interval(),
        commit(result),
        time);
  }

  /** The commit that a result comes from; {@code unknown} if it does not say. */
  static String commit(ClaimResult result) {
    return String.valueOf(result.provenance().getOrDefault("commit", UNKNOWN_COMMIT));
  }

  /** Whether both are of one quantity, measured under the same conditions. */
  boolean repeats(PastResult other) {
    return claim == other.claim
        && system.equals(other.system)
        && scale == other.scale
        && quantity.equals(other.quantity)
        && conditions.equals(other.conditions);
  }

  private static Map<String, Object> conditions(ClaimResult result) {
    Map<String, Object> conditions = new HashMap<>(result.provenance());
    conditions.keySet().retainAll(CHOSEN);
    return conditions;
  }
}
