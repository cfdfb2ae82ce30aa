package mitosis.claim;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;

/**
 * The JSON form of a {@link ClaimResult}.
 *
 * <p>{@code otherSeeds} lists the verdicts that recorded groups of other seeds came to. Intervals
 * and bands are pairs whose infinite ends are {@code null}. A band that is open at an end or turned
 * inside out carries {@code "bandOpen": "low" | "high" | "both"} or {@code "bandOutside": true}
 * beside it; an ordinary closed band has neither.
 */
public final class ClaimResultJson {

  /** How a claim without a recorded finding is written. */
  public static final String NEW = "NEW";

  private static final ObjectMapper JSON = new ObjectMapper();

  private static final ObjectMapper STRICT = StrictBinding.of(JsonMapper.builder()).build();

  private ClaimResultJson() {}

  /** Writes the entry; fields in a fixed order, provenance sorted by name. */
  public static ObjectNode write(ClaimResult result) {
    ObjectNode node = JSON.createObjectNode();
    node.put("claim", result.claim().name());
    node.put("system", result.system());
    node.put("scale", result.scale().word());
    node.put("test", result.test());
    node.put("verdict", result.verdict().name());
    node.put("finding", result.finding().map(Verdict::name).orElse(NEW));
    if (!result.otherSeeds().isEmpty()) {
      ArrayNode otherSeeds = node.putArray("otherSeeds");
      result.otherSeeds().stream().sorted().map(Verdict::name).forEach(otherSeeds::add);
    }
    node.put("baseline", result.baseline().name());
    node.put("quantity", result.quantity());
    putNumber(node, "measured", result.measured());
    result
        .interval()
        .ifPresentOrElse(
            interval -> putEnds(node, "interval", interval.low(), interval.high()),
            () -> node.putNull("interval"));
    Band band = result.band();
    putEnds(node, "band", band.low(), band.high());
    if (band.lowOpen() || band.highOpen()) {
      node.put("bandOpen", !band.highOpen() ? "low" : !band.lowOpen() ? "high" : "both");
    }
    if (band.outside()) {
      node.put("bandOutside", true);
    }
    putNumber(node, "published", result.published());
    ArrayNode controls = node.putArray("controls");
    for (Control control : result.controls()) {
      controls
          .addObject()
          .put("name", control.name())
          .put("origin", control.origin().name())
          .put("expected", control.expected().name())
          .put("outcome", control.outcome().name());
    }
    node.put("reason", result.reason());
    node.put("rerun", result.rerun());
    node.set("provenance", JSON.valueToTree(new TreeMap<>(result.provenance())));
    return node;
  }

  /**
   * Reads an entry.
   *
   * @param node the entry
   * @param file the file it comes from, for messages
   * @throws IllegalArgumentException if a field is missing, unknown or out of range; the message
   *     names file and field
   */
  public static ClaimResult read(JsonNode node, String file) {
    String place = file + ": test " + node.path("test").asText();
    try {
      return STRICT.treeToValue(node, Entry.class).result();
    } catch (JsonMappingException e) {
      throw new IllegalArgumentException(
          "%s: %s: %s"
              .formatted(place, String.join(".", StrictBinding.path(e)), StrictBinding.why(e)),
          e);
    } catch (JacksonException e) {
      throw new IllegalArgumentException(place + ": " + e.getOriginalMessage(), e);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(place + ": " + e.getMessage(), e);
    }
  }

  private static void putNumber(ObjectNode node, String field, OptionalDouble value) {
    if (value.isPresent()) {
      node.put(field, value.getAsDouble());
    } else {
      node.putNull(field);
    }
  }

  private static void putEnds(ObjectNode node, String field, double low, double high) {
    ArrayNode ends = node.putArray(field);
    for (double end : new double[] {low, high}) {
      if (Double.isFinite(end)) {
        ends.add(end);
      } else {
        ends.addNull();
      }
    }
  }

  /** An entry as it is written; see {@link ClaimResult}. */
  private record Entry(
      ClaimId claim,
      String system,
      Scale scale,
      String test,
      Verdict verdict,
      String finding,
      Optional<Set<Verdict>> otherSeeds,
      Baseline.State baseline,
      String quantity,
      Optional<Double> measured,
      Optional<List<Optional<Double>>> interval,
      List<Optional<Double>> band,
      Optional<String> bandOpen,
      Optional<Boolean> bandOutside,
      Optional<Double> published,
      List<Control> controls,
      String reason,
      String rerun,
      Map<String, Object> provenance) {

    ClaimResult result() {
      return new ClaimResult(
          claim,
          system,
          scale,
          test,
          verdict,
          finding.equals(NEW) ? Optional.empty() : Optional.of(Verdict.parse(finding)),
          otherSeeds.orElse(Set.of()),
          baseline,
          quantity,
          number(measured),
          interval.map(ends -> new Interval(end(ends, 0), end(ends, 1))),
          new Band(
              end(band, 0), end(band, 1), isOpen("low"), isOpen("high"), bandOutside.orElse(false)),
          number(published),
          controls,
          reason,
          rerun,
          provenance);
    }

    private boolean isOpen(String end) {
      return bandOpen.filter(open -> open.equals(end) || open.equals("both")).isPresent();
    }

    private static OptionalDouble number(Optional<Double> value) {
      return value.map(OptionalDouble::of).orElse(OptionalDouble.empty());
    }

    private static double end(List<Optional<Double>> ends, int which) {
      if (ends.size() != 2) {
        throw new IllegalArgumentException(
            "%s has %d ends; give two, null for an infinite one".formatted(ends, ends.size()));
      }
      return ends.get(which)
          .orElse(which == 0 ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY);
    }
  }
}
