package mitosis.claim;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/**
 * What is expected of one system: the content of {@code expected/<system>.yaml}.
 *
 * <p>The file is checked as a whole when it is read, so that a slip in one claim does not wait for
 * that claim's test.
 */
public final class Expectations {

  private static final ObjectMapper YAML =
      new ObjectMapper(new YAMLFactory()).enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);

  private final String file;
  private final String system;
  private final List<Expectation> expectations;
  private final Map<PublishedCurve, PublishedPoints> points;

  private Expectations(
      String file,
      String system,
      List<Expectation> expectations,
      Map<PublishedCurve, PublishedPoints> points) {
    this.file = file;
    this.system = system;
    this.expectations = List.copyOf(expectations);
    this.points = Map.copyOf(points);
  }

  /**
   * Reads and checks the file.
   *
   * @param folder the folder {@code expected}
   * @param system the system, which is also the file's name without {@code .yaml}
   * @throws IllegalArgumentException if there is no such file or its content is refused; the
   *     message names file, claim, quantity and field
   */
  public static Expectations read(Path folder, String system) {
    Path path = folder.resolve(system + ".yaml");
    if (!Files.isRegularFile(path)) {
      throw new IllegalArgumentException(
          path + ": no such file; write it, or name a system that has one in " + folder);
    }
    String file = folder.getFileName() + "/" + system + ".yaml";
    JsonNode root;
    try {
      root = YAML.readTree(path.toFile());
    } catch (JacksonException e) {
      throw new IllegalArgumentException(file + ": not readable as YAML: " + e.getMessage(), e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Reader(Section.root(file, root), system).read();
  }

  /** The system that the file is about. */
  public String system() {
    return system;
  }

  /** The points of a curve of the papers' figures; nothing if none were read for this system. */
  public Optional<PublishedPoints> points(PublishedCurve curve) {
    return Optional.ofNullable(points.get(curve));
  }

  /** The expectations of all quantities of all claims at one scale, in the file's order. */
  public List<Expectation> at(Scale scale) {
    return expectations.stream().filter(e -> e.scale() == scale).toList();
  }

  /**
   * The expectation of one quantity.
   *
   * @throws IllegalArgumentException if the file has no such claim or quantity; the message lists
   *     those it has
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

  /** Turns the file's content into expectations. */
  private record Reader(Section root, String system) {

    Expectations read() {
      root.allow("system papers points claims recorded");
      String named = root.child("system").text();
      if (!named.equals(system)) {
        throw root.child("system")
            .refused("is '" + named + "'; the file's name says " + system + ", make them agree");
      }
      Map<String, Paper> papers = papers(root.child("papers"));
      List<Expectation> expectations = new ArrayList<>();
      Section claims = root.child("claims");
      for (String id : claims.names()) {
        ClaimId claim = claims.checked(() -> ClaimId.parse(id));
        expectations.addAll(claim(claim, claims.child(id).within("claim " + claim), papers));
      }
      refuseUnknownRecords(expectations);
      return new Expectations(root.file(), system, expectations, points(root.optional("points")));
    }

    private Map<String, Paper> papers(Section at) {
      Map<String, Paper> papers = new HashMap<>();
      for (String key : at.names()) {
        Section paper = at.child(key);
        paper.allow("title authors year link link_name");
        papers.put(
            key,
            new Paper(
                key,
                paper.child("title").text(),
                paper.child("authors").text(),
                paper.child("year").count(),
                paper.child("link").text(),
                paper.child("link_name").text()));
      }
      return papers;
    }

    private static Map<PublishedCurve, PublishedPoints> points(Optional<Section> at) {
      Map<PublishedCurve, PublishedPoints> points = new EnumMap<>(PublishedCurve.class);
      at.ifPresent(
          curves ->
              curves
                  .names()
                  .forEach(
                      name ->
                          points.put(
                              curves.checked(() -> PublishedCurve.parse(name)),
                              pointsOf(curves.child(name)))));
      return points;
    }

    private static PublishedPoints pointsOf(Section at) {
      at.allow("figure read sizes values");
      String figure = at.child("figure").text();
      String read = at.child("read").text();
      List<Double> sizes = numbers(at.child("sizes"));
      List<Double> values = numbers(at.child("values"));
      return at.checked(() -> new PublishedPoints(figure, read, sizes, values));
    }

    private static List<Double> numbers(Section at) {
      return at.items().stream().map(Section::number).toList();
    }

    private List<Expectation> claim(ClaimId claim, Section at, Map<String, Paper> papers) {
      at.allow("statement paper section figure also quantities");
      String key = at.child("paper").text();
      if (!papers.containsKey(key)) {
        throw at.child("paper")
            .refused("is '" + key + "'; use one of " + papers.keySet() + " or add it to papers");
      }
      Statement statement =
          new Statement(
              claim,
              at.child("statement").text(),
              papers.get(key),
              at.child("section").text(),
              at.child("figure").text(),
              at.optional("also").map(Section::text).orElse(""));
      List<Expectation> expectations = new ArrayList<>();
      Section quantities = at.child("quantities");
      if (quantities.names().isEmpty()) {
        throw quantities.refused("is empty; name at least one quantity");
      }
      for (String name : quantities.names()) {
        expectations.addAll(
            quantity(name, statement, quantities.child(name).within("quantity " + name)));
      }
      return expectations;
    }

    private List<Expectation> quantity(String name, Statement statement, Section at) {
      at.allow("meaning band published rule settings first_look");
      Section band = at.child("band");
      Quantity quantity =
          new Quantity(
              name,
              at.child("meaning").text(),
              band(band),
              band.child("because").text(),
              published(at.child("published")),
              at.child("rule").text(),
              at.child("first_look").text(),
              settings(at.optional("settings")));
      List<Expectation> expectations = new ArrayList<>();
      for (Scale scale : Scale.values()) {
        Optional<Section> recorded = recorded(scale, statement.claim(), name);
        recorded.ifPresent(r -> r.allow("finding baseline"));
        expectations.add(
            new Expectation(
                system,
                scale,
                statement,
                quantity,
                recorded.flatMap(r -> r.optional("finding")).map(Reader::finding),
                recorded.flatMap(r -> r.optional("baseline")).map(Reader::baseline)));
      }
      return expectations;
    }

    private static Band band(Section at) {
      at.allow("low high open outside because");
      double low = at.child("low").edge(Double.NEGATIVE_INFINITY);
      double high = at.child("high").edge(Double.POSITIVE_INFINITY);
      String open = at.optional("open").map(Section::openEnd).orElse("none");
      boolean outside = at.optional("outside").map(Section::flag).orElse(false);
      return at.checked(() -> Section.band(low, high, open, outside));
    }

    private static Published published(Section at) {
      at.allow("value read");
      Section value = at.child("value");
      return new Published(
          value.isNull() ? OptionalDouble.empty() : OptionalDouble.of(value.number()),
          at.child("read").text());
    }

    private static Map<String, Double> settings(Optional<Section> at) {
      Map<String, Double> settings = new LinkedHashMap<>();
      at.ifPresent(
          section ->
              section.names().forEach(name -> settings.put(name, section.child(name).number())));
      return settings;
    }

    /** What earlier runs left: {@code recorded.scale.claim.quantity}. */
    private Optional<Section> recorded(Scale scale, ClaimId claim, String quantity) {
      return root.optional("recorded")
          .flatMap(section -> section.optional(scale.word()))
          .flatMap(section -> section.optional(claim.name()))
          .flatMap(section -> section.optional(quantity));
    }

    /** A record of something that is not in the file would be a verdict that nobody checks. */
    private void refuseUnknownRecords(List<Expectation> known) {
      root.optional("recorded")
          .ifPresent(
              recorded -> {
                for (String word : recorded.names()) {
                  Scale scale = recorded.checked(() -> Scale.parse(word));
                  Section claims = recorded.child(word);
                  for (String claim : claims.names()) {
                    ClaimId id = claims.checked(() -> ClaimId.parse(claim));
                    Section quantities = claims.child(claim);
                    quantities.allow(
                        known.stream()
                            .filter(e -> e.scale() == scale && e.claim() == id)
                            .map(e -> e.quantity().name())
                            .collect(Collectors.joining(" ")));
                  }
                }
              });
    }

    private static Finding finding(Section at) {
      at.allow("verdict because other_seeds");
      Verdict verdict = at.child("verdict").parsed(Verdict::parse);
      String because = at.child("because").text();
      Map<Verdict, Integer> otherSeeds = new LinkedHashMap<>();
      Optional<Section> recorded = at.optional("other_seeds");
      recorded.ifPresent(
          counts ->
              counts
                  .names()
                  .forEach(
                      name ->
                          otherSeeds.put(
                              counts.checked(() -> Verdict.parse(name)),
                              counts.child(name).count())));
      return recorded.orElse(at).checked(() -> new Finding(verdict, because, otherSeeds));
    }

    private static Baseline baseline(Section at) {
      at.allow("mean deviation count commit");
      double mean = at.child("mean").number();
      double deviation = at.child("deviation").number();
      int count = at.child("count").count();
      String commit = at.child("commit").text();
      return at.checked(() -> new Baseline(mean, deviation, count, commit));
    }
  }
}
