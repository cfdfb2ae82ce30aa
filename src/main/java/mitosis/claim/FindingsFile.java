package mitosis.claim;

import com.fasterxml.jackson.core.type.TypeReference;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.stream.Collectors;
import mitosis.claim.ClaimsFile.ClaimEntry;
import mitosis.data.DurableFile;

/**
 * The content of {@code expected/findings/<system>.yaml}: what runs found, by claim, quantity and
 * scale, in this order, whatever the order in which it was found. It is written by {@code
 * -Dexpected.record}.
 */
final class FindingsFile {

  private static final String ABOUT =
      """
      # What runs found on %s: written by -Dexpected.record, not by hand. `band` is the one that the verdict was found
      # against: with another one it counts as none. `measured` has the interval where it was kept. `other_seeds` counts the
      # verdicts of groups of seeds that the default run does not use; `baseline` is what these groups measured.
      """;

  /**
   * What was found of a quantity at a scale.
   *
   * @param verdict see {@link Finding}
   * @param band see {@link Finding}
   * @param measured value and interval
   * @param otherSeeds see {@link Finding}
   * @param baseline the quantity as other seeds have it
   */
  record Entry(
      Verdict verdict,
      String band,
      Optional<Measured> measured,
      Optional<Map<Verdict, Integer>> otherSeeds,
      Optional<Baseline> baseline) {

    Entry {
      finding(verdict, band, measured, otherSeeds);
    }

    Finding finding() {
      return finding(verdict, band, measured, otherSeeds);
    }

    private static Finding finding(
        Verdict verdict,
        String band,
        Optional<Measured> measured,
        Optional<Map<Verdict, Integer>> otherSeeds) {
      return new Finding(
          verdict,
          band,
          measured.map(m -> OptionalDouble.of(m.value)).orElse(OptionalDouble.empty()),
          measured.flatMap(Measured::interval),
          otherSeeds.orElse(Map.of()));
    }

    private String text() {
      StringBuilder text = new StringBuilder();
      text.append("      verdict: ").append(verdict).append('\n');
      text.append("      band: \"").append(band).append("\"\n");
      measured.ifPresent(m -> text.append("      measured: {").append(m.text()).append("}\n"));
      otherSeeds
          .filter(counts -> !counts.isEmpty())
          .ifPresent(
              counts ->
                  text.append("      other_seeds: {")
                      .append(
                          new EnumMap<>(counts)
                              .entrySet().stream()
                                  .map(count -> count.getKey() + ": " + count.getValue())
                                  .collect(Collectors.joining(", ")))
                      .append("}\n"));
      baseline.ifPresent(
          b ->
              text.append(
                  "      baseline: {mean: %s, deviation: %s, count: %d, commit: \"%s\"}\n"
                      .formatted(b.mean(), b.deviation(), b.count(), b.commit())));
      return text.toString();
    }
  }

  /**
   * A measured value.
   *
   * @param value finite
   * @param low of its interval
   * @param high of its interval; given exactly if {@code low} is
   */
  record Measured(double value, Optional<ClaimEntry.Edge> low, Optional<ClaimEntry.Edge> high) {

    Measured {
      if (!Double.isFinite(value) || low.isPresent() != high.isPresent()) {
        throw new IllegalArgumentException(
            "give a finite value, and both ends of its interval or none");
      }
      interval(low, high);
    }

    static Measured of(Estimate estimate) {
      return new Measured(
          estimate.value(),
          Optional.of(edge(estimate.interval().low())),
          Optional.of(edge(estimate.interval().high())));
    }

    private static ClaimEntry.Edge edge(double end) {
      return new ClaimEntry.Edge(Double.isFinite(end) ? Optional.of(end) : Optional.empty());
    }

    Optional<Interval> interval() {
      return interval(low, high);
    }

    private static Optional<Interval> interval(
        Optional<ClaimEntry.Edge> low, Optional<ClaimEntry.Edge> high) {
      return low.map(
          from ->
              new Interval(
                  from.number().orElse(Double.NEGATIVE_INFINITY),
                  high.orElseThrow().number().orElse(Double.POSITIVE_INFINITY)));
    }

    private String text() {
      return "value: "
          + value
          + low.map(end -> ", low: " + word(end)).orElse("")
          + high.map(end -> ", high: " + word(end)).orElse("");
    }

    private static String word(ClaimEntry.Edge end) {
      return end.number().map(String::valueOf).orElse("none");
    }
  }

  private final Path folder;
  private final String system;
  private final Map<ClaimId, Map<String, Map<Scale, Entry>>> entries;

  private FindingsFile(
      Path folder, String system, Map<ClaimId, Map<String, Map<Scale, Entry>>> entries) {
    this.folder = folder;
    this.system = system;
    this.entries = entries;
  }

  private static String name(String system) {
    return "findings/" + system + ".yaml";
  }

  /**
   * Reads the findings of a system; there are none if it has no such file.
   *
   * @param folder the folder {@code expected}
   * @param tested what is tested on the system
   * @throws IllegalArgumentException if the content is refused, as that of a claim or quantity that
   *     is not tested: it would be a verdict that nobody checks
   */
  static FindingsFile read(Path folder, String system, Map<ClaimId, ClaimEntry> tested) {
    Map<ClaimId, Map<String, Map<Scale, Entry>>> sorted = new EnumMap<>(ClaimId.class);
    if (Files.exists(folder.resolve(name(system)))) {
      ExpectedFile<Map<ClaimId, Map<String, Map<Scale, Entry>>>> file =
          ExpectedFile.read(folder, name(system), new TypeReference<>() {});
      file.content()
          .forEach(
              (claim, quantities) -> {
                if (!tested.containsKey(claim)) {
                  throw file.refused(
                      "not tested on %s; there are %s".formatted(system, tested.keySet()), claim);
                }
                quantities.forEach(
                    (quantity, scales) -> {
                      Map<String, ?> known = tested.get(claim).quantities();
                      if (!known.containsKey(quantity)) {
                        throw file.refused(
                            "not tested on %s; there are %s".formatted(system, known.keySet()),
                            claim,
                            quantity);
                      }
                      scales.forEach(
                          (scale, entry) -> at(sorted, claim, quantity).put(scale, entry));
                    });
              });
    }
    return new FindingsFile(folder, system, sorted);
  }

  private static Map<Scale, Entry> at(
      Map<ClaimId, Map<String, Map<Scale, Entry>>> entries, ClaimId claim, String quantity) {
    return entries
        .computeIfAbsent(claim, each -> new TreeMap<>())
        .computeIfAbsent(quantity, each -> new EnumMap<>(Scale.class));
  }

  /** What was found of a quantity. */
  Optional<Entry> of(ClaimId claim, String quantity, Scale scale) {
    return Optional.ofNullable(entries.getOrDefault(claim, Map.of()).get(quantity))
        .map(scales -> scales.get(scale));
  }

  /**
   * Puts in what was found, in place of what was there, and writes the file as a whole or not at
   * all.
   *
   * @throws UncheckedIOException if it cannot be written
   */
  void put(ClaimId claim, String quantity, Scale scale, Entry entry) {
    at(entries, claim, quantity).put(scale, entry);
    StringBuilder text = new StringBuilder(ABOUT.formatted(system));
    entries.forEach(
        (id, quantities) -> {
          text.append(id).append(":\n");
          quantities.forEach(
              (name, scales) -> {
                text.append("  ").append(name).append(":\n");
                scales.forEach(
                    (at, each) ->
                        text.append("    ").append(at.word()).append(":\n").append(each.text()));
              });
        });
    Path file = folder.resolve(name(system));
    try {
      Files.createDirectories(file.getParent());
      DurableFile.write(file, text.toString().getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot record in " + file, e);
    }
  }
}
