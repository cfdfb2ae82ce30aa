package mitosis.claim;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

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
    Section entry = Section.root(file, node);
    Section at = entry.within("test " + entry.child("test").text());
    at.allow(
        "claim system scale test verdict finding otherSeeds baseline quantity measured interval"
            + " band bandOpen bandOutside published controls reason rerun provenance");
    String finding = at.child("finding").text();
    return at.checked(
        () ->
            new ClaimResult(
                at.child("claim").parsed(ClaimId::parse),
                at.child("system").text(),
                at.child("scale").parsed(Scale::parse),
                at.child("test").text(),
                at.child("verdict").parsed(Verdict::parse),
                finding.equals(NEW)
                    ? Optional.empty()
                    : Optional.of(at.child("finding").parsed(Verdict::parse)),
                otherSeeds(at),
                at.child("baseline").parsed(Baseline.State::parse),
                at.child("quantity").text(),
                number(at.child("measured")),
                interval(at.child("interval")),
                band(at),
                number(at.child("published")),
                controls(at.child("controls")),
                at.child("reason").text(),
                at.child("rerun").text(),
                provenance(at.child("provenance"))));
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

  private static Set<Verdict> otherSeeds(Section entry) {
    return entry.optional("otherSeeds").stream()
        .flatMap(verdicts -> verdicts.items().stream())
        .map(item -> item.parsed(Verdict::parse))
        .collect(Collectors.toSet());
  }

  private static OptionalDouble number(Section at) {
    return at.isNull() ? OptionalDouble.empty() : OptionalDouble.of(at.number());
  }

  private static Optional<Interval> interval(Section at) {
    if (at.isNull()) {
      return Optional.empty();
    }
    double[] ends = ends(at);
    return Optional.of(at.checked(() -> new Interval(ends[0], ends[1])));
  }

  private static Band band(Section entry) {
    double[] ends = ends(entry.child("band"));
    String open = entry.optional("bandOpen").map(Section::openEnd).orElse("none");
    boolean outside = entry.optional("bandOutside").map(Section::flag).orElse(false);
    return entry.child("band").checked(() -> Section.band(ends[0], ends[1], open, outside));
  }

  private static double[] ends(Section at) {
    List<Section> ends = at.items();
    if (ends.size() != 2) {
      throw at.refused("has " + ends.size() + " ends; give two, null for an infinite one");
    }
    return new double[] {
      ends.get(0).isNull() ? Double.NEGATIVE_INFINITY : ends.get(0).number(),
      ends.get(1).isNull() ? Double.POSITIVE_INFINITY : ends.get(1).number()
    };
  }

  private static List<Control> controls(Section at) {
    List<Control> controls = new ArrayList<>();
    for (Section item : at.items()) {
      item.allow("name origin expected outcome");
      controls.add(
          item.checked(
              () ->
                  new Control(
                      item.child("name").text(),
                      item.child("origin").parsed(Control.Origin::parse),
                      item.child("expected").parsed(Control.Outcome::parse),
                      item.child("outcome").parsed(Control.Outcome::parse))));
    }
    return controls;
  }

  private static Map<String, Object> provenance(Section at) {
    at.names();
    return JSON.convertValue(at.node(), new TypeReference<Map<String, Object>>() {});
  }
}
