package mitosis.report;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
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

  private static final ObjectMapper JSON = new ObjectMapper();

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

  /**
   * The JSON form, without the commit, which is its file's. Infinite ends of an interval are {@code
   * null}.
   */
  static ObjectNode write(PastResult result) {
    ObjectNode node = JSON.createObjectNode();
    node.put("claim", result.claim().name());
    node.put("system", result.system());
    node.put("scale", result.scale().word());
    node.put("quantity", result.quantity());
    node.set("conditions", JSON.valueToTree(new TreeMap<>(result.conditions())));
    node.put("verdict", result.verdict().name());
    result.measured().ifPresent(value -> node.put("measured", value));
    result
        .interval()
        .ifPresent(
            interval -> {
              ArrayNode ends = node.putArray("interval");
              for (double end : new double[] {interval.low(), interval.high()}) {
                if (Double.isFinite(end)) {
                  ends.add(end);
                } else {
                  ends.addNull();
                }
              }
            });
    node.put("time", result.time().toString());
    return node;
  }

  /**
   * Reads a result. Fields that are not known are left alone, so that later versions may add some.
   *
   * @throws IllegalArgumentException if a field is missing or not what it should be
   */
  static PastResult read(JsonNode node, String commit) {
    return new PastResult(
        ClaimId.parse(text(node, "claim")),
        text(node, "system"),
        Scale.parse(text(node, "scale")),
        text(node, "quantity"),
        conditions(node.path("conditions")),
        Verdict.parse(text(node, "verdict")),
        node.has("measured")
            ? OptionalDouble.of(number(node.get("measured"), "measured"))
            : OptionalDouble.empty(),
        interval(node.path("interval")),
        commit,
        time(text(node, "time")));
  }

  private static String text(JsonNode node, String field) {
    if (!node.path(field).isTextual()) {
      throw new IllegalArgumentException("field " + field + " is no text");
    }
    return node.get(field).asText();
  }

  private static double number(JsonNode node, String field) {
    if (!node.isNumber() || !Double.isFinite(node.doubleValue())) {
      throw new IllegalArgumentException("field " + field + " is no finite number");
    }
    return node.doubleValue();
  }

  private static Map<String, Object> conditions(JsonNode node) {
    if (!node.isObject()) {
      throw new IllegalArgumentException("field conditions has no names");
    }
    return JSON.convertValue(node, new TypeReference<Map<String, Object>>() {});
  }

  private static Optional<Interval> interval(JsonNode ends) {
    if (ends.isMissingNode()) {
      return Optional.empty();
    }
    if (ends.size() != 2) {
      throw new IllegalArgumentException("field interval has " + ends.size() + " ends");
    }
    return Optional.of(
        new Interval(
            ends.get(0).isNull() ? Double.NEGATIVE_INFINITY : number(ends.get(0), "interval"),
            ends.get(1).isNull() ? Double.POSITIVE_INFINITY : number(ends.get(1), "interval")));
  }

  private static Instant time(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("field time is '" + text + "'", e);
    }
  }
}
