package mitosis.claim;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import mitosis.claim.ClaimsFile.ClaimEntry;
import mitosis.claim.ClaimsFile.ClaimEntry.QuantityEntry;
import mitosis.claim.ClaimsFile.SystemFile;
import mitosis.claim.Published.PublishedCurve;
import mitosis.claim.Published.PublishedPoints;

/**
 * What is expected of one system: the claims of {@code expected/claims.yaml} that {@code
 * expected/<system>.yaml} names, with what differs there, and the findings of {@code
 * expected/findings/<system>.yaml}.
 *
 * <p>The files are checked as a whole when they are read, so that a slip in one claim does not wait
 * for that claim's test.
 */
public final class Expectations {

  private static final String ENDING = ".yaml";

  private final String file;
  private final SystemFile system;
  private final List<Expectation> expectations;

  private Expectations(String file, SystemFile system, List<Expectation> expectations) {
    this.file = file;
    this.system = system;
    this.expectations = List.copyOf(expectations);
  }

  /**
   * Reads and checks what is expected of a system.
   *
   * @param folder the folder {@code expected}
   * @param system the system, which is also its file's name without {@code .yaml}
   * @throws IllegalArgumentException if there is no such file or the content of one is refused; the
   *     message names file, line, field and what is allowed
   */
  public static Expectations read(Path folder, String system) {
    return new Reader(folder, ClaimsFile.read(folder), SystemFile.read(folder, system)).read();
  }

  /**
   * The systems that have a file.
   *
   * @param folder the folder {@code expected}
   * @return by name
   */
  public static List<String> systems(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(each -> each.getFileName().toString())
          .filter(name -> name.endsWith(ENDING) && !name.equals(ClaimsFile.NAME))
          .map(name -> name.substring(0, name.length() - ENDING.length()))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Refuses claims and quantities that are tested on no system.
   *
   * @param folder the folder {@code expected}
   * @throws IllegalArgumentException naming the first, with its line in {@code claims.yaml}; or if
   *     a file is refused
   */
  public static void requireTested(Path folder) {
    List<SystemFile> systems =
        systems(folder).stream().map(name -> SystemFile.read(folder, name).content()).toList();
    ExpectedFile<ClaimsFile> claims = ClaimsFile.read(folder);
    claims
        .content()
        .claims()
        .forEach(
            (claim, entry) ->
                entry
                    .quantities()
                    .keySet()
                    .forEach(
                        quantity -> {
                          if (systems.stream().noneMatch(each -> each.tests(claim, quantity))) {
                            throw claims.refused(
                                "no system is tested on it; name it in a system's file, or take it"
                                    + " out",
                                "claims",
                                claim,
                                "quantities",
                                quantity);
                          }
                        }));
  }

  /** The system that it is about. */
  public String system() {
    return system.system();
  }

  /** The points of a curve of the papers' figures; nothing if none were read for this system. */
  public Optional<PublishedPoints> points(PublishedCurve curve) {
    return system.points().map(points -> points.get(curve));
  }

  /** What else was seen on the system, in Markdown; nothing if nothing was. */
  public Optional<String> observations() {
    return system.observations();
  }

  /** The expectations of all quantities of all claims at one scale, by claim. */
  public List<Expectation> at(Scale scale) {
    return expectations.stream().filter(e -> e.scale() == scale).toList();
  }

  /**
   * The expectation of one quantity.
   *
   * @throws IllegalArgumentException if no such claim or quantity is tested on the system; the
   *     message lists those that are
   */
  public Expectation of(ClaimId claim, String quantity, Scale scale) {
    return at(scale).stream()
        .filter(e -> e.claim() == claim && e.quantity().name().equals(quantity))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    file
                        + ": no quantity '"
                        + quantity
                        + "' of claim "
                        + claim
                        + "; there are "
                        + at(scale).stream()
                            .map(e -> e.claim() + " " + e.quantity().name())
                            .collect(Collectors.joining(", "))));
  }

  /** Puts the files of one system together. */
  private record Reader(
      Path folder, ExpectedFile<ClaimsFile> general, ExpectedFile<SystemFile> own) {

    private static final Pattern SETTING = Pattern.compile("\\{(\\w+)}");

    Expectations read() {
      SystemFile system = own.content();
      system.claims().forEach(this::requireKnown);
      Map<ClaimId, ClaimEntry> like = like();
      FindingsFile findings = FindingsFile.read(folder, system.system(), system.claims());
      List<Expectation> expectations = new ArrayList<>();
      system
          .claims()
          .forEach(
              (claim, entry) -> {
                ClaimEntry base = general.content().claims().get(claim);
                ClaimEntry here = like.containsKey(claim) ? entry.over(like.get(claim)) : entry;
                Statement statement = statement(claim, here.over(base));
                here.over(base)
                    .quantities()
                    .forEach(
                        (name, each) ->
                            expectations.addAll(
                                atAllScales(
                                    statement, quantity(claim, name, each), each, findings)));
              });
      return new Expectations(own.name(), system, expectations);
    }

    /** What another system has that this one is like. */
    private Map<ClaimId, ClaimEntry> like() {
      Optional<String> other = own.content().like();
      if (other.isEmpty()) {
        return Map.of();
      }
      if (!systems(folder).contains(other.get())) {
        throw own.refused("'%s' is none of %s".formatted(other.get(), systems(folder)), "like");
      }
      SystemFile file = SystemFile.read(folder, other.get()).content();
      if (file.like().isPresent()) {
        throw own.refused(
            "%s is itself like %s; name that one".formatted(other.get(), file.like().get()),
            "like");
      }
      return file.claims();
    }

    private void requireKnown(ClaimId claim, ClaimEntry entry) {
      ClaimEntry base = general.content().claims().get(claim);
      if (base == null) {
        throw own.refused(
            "%s has no such claim; add it there, or use one of %s"
                .formatted(general.name(), general.content().claims().keySet()),
            "claims",
            claim);
      }
      for (String name : entry.quantities().keySet()) {
        if (!base.quantities().containsKey(name)) {
          throw own.refused(
              "%s has no such quantity of %s; add it there, or use one of %s"
                  .formatted(general.name(), claim, base.quantities().keySet()),
              "claims",
              claim,
              "quantities",
              name);
        }
      }
    }

    private Statement statement(ClaimId claim, ClaimEntry entry) {
      String key = given(entry.paper(), "paper", claim);
      if (!general.content().papers().containsKey(key)) {
        boolean here = own.content().claims().get(claim).paper().isPresent();
        throw (here ? own : general)
            .refused(
                "'%s' is none of the papers %s; use one, or add it to them in %s"
                    .formatted(
                        key, new TreeSet<>(general.content().papers().keySet()), general.name()),
                "claims",
                claim,
                "paper");
      }
      return new Statement(
          claim,
          given(entry.statement(), "statement", claim),
          general.content().paper(key),
          given(entry.section(), "section", claim),
          given(entry.figure(), "figure", claim),
          entry.also().orElse(""));
    }

    private Quantity quantity(ClaimId claim, String name, QuantityEntry entry) {
      Object[] at = {claim, "quantities", name};
      return new Quantity(
          name,
          withSettings(given(entry.meaning(), "meaning", at), entry, at),
          given(entry.band(), "band", at).band(),
          given(entry.because(), "because", at),
          new Published(
              entry.published().map(OptionalDouble::of).orElse(OptionalDouble.empty()),
              given(entry.read(), "read", at)),
          withSettings(given(entry.rule(), "rule", at), entry, at),
          given(entry.firstLook(), "first_look", at),
          entry.settings().orElse(Map.of()));
    }

    private String withSettings(String text, QuantityEntry entry, Object... at) {
      Map<String, Double> settings = entry.settings().orElse(Map.of());
      return SETTING
          .matcher(text)
          .replaceAll(
              named -> {
                Double value = settings.get(named.group(1));
                if (value == null) {
                  throw refused(
                      "its text names the setting '%s'; it has %s, add it to the settings"
                          .formatted(named.group(1), new TreeSet<>(settings.keySet())),
                      at);
                }
                return Matcher.quoteReplacement(Decimal.text(value));
              });
    }

    private <T> T given(Optional<T> field, String name, Object... at) {
      return field.orElseThrow(
          () -> refused("%s is missing; add it here or in %s".formatted(name, general.name()), at));
    }

    private IllegalArgumentException refused(String why, Object... at) {
      return own.refused(why, Stream.concat(Stream.of("claims"), Stream.of(at)).toArray());
    }

    private List<Expectation> atAllScales(
        Statement statement, Quantity quantity, QuantityEntry entry, FindingsFile findings) {
      List<Expectation> expectations = new ArrayList<>();
      for (Scale scale : Scale.values()) {
        Optional<FindingsFile.Entry> found = findings.of(statement.claim(), quantity.name(), scale);
        expectations.add(
            new Expectation(
                own.content().system(),
                scale,
                statement,
                quantity,
                found.map(FindingsFile.Entry::finding),
                found.flatMap(each -> note(entry, scale, each.verdict())),
                found.flatMap(FindingsFile.Entry::baseline)));
      }
      return expectations;
    }

    private static Optional<String> note(QuantityEntry entry, Scale scale, Verdict verdict) {
      return entry.notes().map(notes -> notes.get(scale)).map(notes -> notes.get(verdict));
    }
  }
}
