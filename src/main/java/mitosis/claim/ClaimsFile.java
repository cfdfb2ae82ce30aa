package mitosis.claim;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.type.TypeReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import mitosis.claim.Published.PublishedCurve;
import mitosis.claim.Published.PublishedPoints;
import mitosis.claim.Statement.Paper;

/**
 * The content of {@code expected/claims.yaml}: each claim once.
 *
 * @param papers by key
 * @param claims what the papers say, what is measured of it, and what agrees with it
 */
record ClaimsFile(Map<String, PaperEntry> papers, Map<ClaimId, ClaimEntry> claims) {

  /** The file's name in {@code expected/}. */
  static final String NAME = "claims.yaml";

  /** A paper without its key, see {@link Paper}. */
  record PaperEntry(String title, String authors, int year, String link, String linkName) {}

  static ExpectedFile<ClaimsFile> read(Path folder) {
    ExpectedFile<ClaimsFile> file =
        ExpectedFile.read(folder, NAME, new TypeReference<ClaimsFile>() {});
    file.content()
        .claims
        .forEach(
            (claim, entry) ->
                entry
                    .quantities()
                    .forEach(
                        (name, quantity) -> {
                          if (quantity.notes().isPresent()) {
                            throw file.refused(
                                "is of one system; write it in that system's file",
                                "claims",
                                claim,
                                "quantities",
                                name,
                                "notes");
                          }
                        }));
    return file;
  }

  /**
   * @param key one of {@link #papers}
   */
  Paper paper(String key) {
    PaperEntry paper = papers.get(key);
    return new Paper(key, paper.title, paper.authors, paper.year, paper.link, paper.linkName);
  }

  /**
   * The content of {@code expected/<system>.yaml}: which claims and quantities are tested on a
   * system, and what differs there from {@code claims.yaml}.
   *
   * @param system the system's name, which is also the file's
   * @param like another system; what differs there, differs here too, unless this file says
   *     otherwise
   * @param points points of the papers' figures
   * @param claims what is tested
   * @param observations Markdown for the tables of findings
   */
  record SystemFile(
      String system,
      Optional<String> like,
      Optional<Map<PublishedCurve, PublishedPoints>> points,
      Map<ClaimId, ClaimEntry> claims,
      Optional<String> observations) {

    static ExpectedFile<SystemFile> read(Path folder, String system) {
      Path path = folder.resolve(system + ".yaml");
      if (!Files.isRegularFile(path)) {
        throw new IllegalArgumentException(
            path + ": no such file; write it, or name a system that has one in " + folder);
      }
      ExpectedFile<SystemFile> file =
          ExpectedFile.read(folder, system + ".yaml", new TypeReference<SystemFile>() {});
      if (!file.content().system.equals(system)) {
        throw file.refused(
            "'%s' is not %s, as the file's name says; make them agree"
                .formatted(file.content().system, system),
            "system");
      }
      return file;
    }

    /** Whether a quantity of a claim is tested on the system. */
    boolean tests(ClaimId claim, String quantity) {
      return claims.containsKey(claim) && claims.get(claim).quantities().containsKey(quantity);
    }
  }

  /**
   * A claim as {@code expected/claims.yaml} has it; in the file of a system, what is otherwise on
   * that system, and which quantities are tested on it.
   *
   * @param statement see {@link Statement}
   * @param paper the paper's key
   * @param section see {@link Statement}
   * @param figure see {@link Statement}
   * @param also see {@link Statement}
   * @param quantities by name
   */
  record ClaimEntry(
      Optional<String> statement,
      Optional<String> paper,
      Optional<String> section,
      Optional<String> figure,
      Optional<String> also,
      Map<String, QuantityEntry> quantities) {

    /**
     * @throws IllegalArgumentException if there is no quantity
     */
    ClaimEntry {
      if (quantities.isEmpty()) {
        throw new IllegalArgumentException("quantities is empty; name at least one quantity");
      }
    }

    /** What stands here, and for what does not, what stands there; with these quantities alone. */
    ClaimEntry over(ClaimEntry there) {
      Map<String, QuantityEntry> both = new LinkedHashMap<>();
      quantities.forEach(
          (name, quantity) ->
              both.put(
                  name,
                  there.quantities.containsKey(name)
                      ? quantity.over(there.quantities.get(name))
                      : quantity));
      return new ClaimEntry(
          statement.or(there::statement),
          paper.or(there::paper),
          section.or(there::section),
          figure.or(there::figure),
          also.or(there::also),
          both);
    }

    /**
     * A quantity, in the same two places.
     *
     * @param meaning see {@link Quantity}
     * @param band the values that agree with the claim
     * @param because why the band is that wide; given wherever a band is
     * @param published the papers' number, if they give one
     * @param read where it was read, or why there is none; given wherever a number is
     * @param settings numbers of the rule by name
     * @param rule see {@link Quantity}; {@code {name}} in it, as in the meaning, stands for a
     *     setting
     * @param firstLook see {@link Quantity}
     * @param notes what lies behind a recorded verdict, by scale and verdict; in a system's file
     */
    record QuantityEntry(
        Optional<String> meaning,
        Optional<BandEntry> band,
        Optional<String> because,
        Optional<Double> published,
        Optional<String> read,
        Optional<Map<String, Double>> settings,
        Optional<String> rule,
        Optional<String> firstLook,
        Optional<Map<Scale, Map<Verdict, String>>> notes) {

      /**
       * @throws IllegalArgumentException if a band has no reason, or a published number no source
       */
      QuantityEntry {
        if (band.isPresent() && because.isEmpty()) {
          throw new IllegalArgumentException("because is missing; say why the band is that wide");
        }
        if (published.isPresent() && read.isEmpty()) {
          throw new IllegalArgumentException("read is missing; say where the number was published");
        }
      }

      private QuantityEntry over(QuantityEntry there) {
        return new QuantityEntry(
            meaning.or(there::meaning),
            band.or(there::band),
            because.or(there::because),
            // Both or none, as text and number belong together.
            read.isPresent() ? published : there.published,
            read.or(there::read),
            settings.or(there::settings),
            rule.or(there::rule),
            firstLook.or(there::firstLook),
            notes);
      }
    }

    /**
     * A band.
     *
     * @param low a number, or {@code none} for no edge
     * @param high likewise
     * @param open which edges the band leaves out
     * @param outside whether the claim asks for the values outside
     */
    record BandEntry(Edge low, Edge high, Optional<Ends> open, Optional<Boolean> outside) {

      /**
       * @throws IllegalArgumentException if no {@link Band} has these edges
       */
      BandEntry {
        band(low, high, open, outside);
      }

      Band band() {
        return band(low, high, open, outside);
      }

      private static Band band(
          Edge low, Edge high, Optional<Ends> open, Optional<Boolean> outside) {
        return new Band(
            low.number().orElse(Double.NEGATIVE_INFINITY),
            high.number().orElse(Double.POSITIVE_INFINITY),
            open.map(ends -> ends != Ends.HIGH).orElse(false),
            open.map(ends -> ends != Ends.LOW).orElse(false),
            outside.orElse(false));
      }
    }

    /** Which edges of a band are left out. */
    enum Ends {
      @JsonProperty("low")
      LOW,
      @JsonProperty("high")
      HIGH,
      @JsonProperty("both")
      BOTH
    }

    /**
     * The end of a band or an interval.
     *
     * @param number nothing for no end
     */
    record Edge(Optional<Double> number) {

      @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
      static Edge of(double number) {
        if (!Double.isFinite(number)) {
          throw new IllegalArgumentException(
              number + " is no finite number; write none for no edge");
        }
        return new Edge(Optional.of(number));
      }

      @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
      static Edge of(String word) {
        if (!word.equals("none")) {
          throw new IllegalArgumentException(
              "'" + word + "' is no edge; give a number, or none for no edge");
        }
        return new Edge(Optional.empty());
      }
    }
  }
}
