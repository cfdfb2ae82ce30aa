package mitosis.claim;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import mitosis.data.DurableFile;

/**
 * What is known of the power of the checks: the content of {@code expected/power.yaml}. Trials are
 * not repeated in a run of the suite; they add up in this file, over as many sittings as it takes.
 */
public final class RecordedPower {

  /** The file's name in {@code expected/}. */
  public static final String FILE = "power.yaml";

  private static final String ABOUT =
      """
      # How often each check says the wrong thing, and how often it says anything: verdicts on made-up subjects, each a fresh one,
      # whose true value is known. Written by `mvn -q test-compile exec:exec@power`, which adds trials to those that are here; not by
      # hand. `band` is that which the verdicts were found against: with another one the trials begin anew.
      """;

  private static final ObjectMapper YAML =
      new ObjectMapper(
              new YAMLFactory()
                  .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
                  .disable(YAMLGenerator.Feature.SPLIT_LINES)
                  .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
                  .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS))
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);

  private static final Comparator<CheckPower.Key> ORDER =
      Comparator.comparing(CheckPower.Key::system)
          .thenComparing(CheckPower.Key::scale)
          .thenComparing(CheckPower.Key::claim)
          .thenComparing(CheckPower.Key::quantity);

  private final Map<CheckPower.Key, CheckPower> checks;

  private RecordedPower(Collection<CheckPower> checks) {
    this.checks = new LinkedHashMap<>();
    checks.stream()
        .sorted(Comparator.comparing(CheckPower::key, ORDER))
        .forEach(check -> this.checks.put(check.key(), check));
  }

  /** Nothing known. */
  public static RecordedPower none() {
    return new RecordedPower(List.of());
  }

  /** What is known of one check. */
  public Optional<CheckPower> of(CheckPower.Key key) {
    return Optional.ofNullable(checks.get(key));
  }

  /** All that is known, by system, scale, claim and quantity. */
  public List<CheckPower> all() {
    return List.copyOf(checks.values());
  }

  /** The same with one check's trials put in place of what was known of it. */
  public RecordedPower with(CheckPower check) {
    Map<CheckPower.Key, CheckPower> all = new LinkedHashMap<>(checks);
    all.put(check.key(), check);
    return new RecordedPower(all.values());
  }

  /**
   * Reads and checks the file.
   *
   * @param folder the folder {@code expected}
   * @return nothing known if there is no such file
   * @throws IllegalArgumentException if its content is refused; the message names file, quantity,
   *     field and value
   */
  public static RecordedPower read(Path folder) {
    Path path = folder.resolve(FILE);
    if (!Files.exists(path)) {
      return none();
    }
    String file = folder.getFileName() + "/" + FILE;
    JsonNode root;
    try {
      root = YAML.readTree(path.toFile());
    } catch (JacksonException e) {
      throw new IllegalArgumentException(file + ": not readable as YAML: " + e.getMessage(), e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    List<CheckPower> checks = new ArrayList<>();
    Section all = Section.root(file, root);
    for (String system : all.names()) {
      Section scales = all.child(system);
      for (String word : scales.names()) {
        Scale scale = scales.checked(() -> Scale.parse(word));
        Section claims = scales.child(word);
        for (String id : claims.names()) {
          ClaimId claim = claims.checked(() -> ClaimId.parse(id));
          Section quantities = claims.child(id);
          for (String quantity : quantities.names()) {
            CheckPower.Key key = new CheckPower.Key(system, scale, claim, quantity);
            checks.add(check(key, quantities.child(quantity).within(key.toString())));
          }
        }
      }
    }
    return new RecordedPower(checks);
  }

  private static CheckPower check(CheckPower.Key key, Section at) {
    at.allow("planted images band commit trials");
    int images = at.child("images").count();
    if (images < 0) {
      throw at.child("images").refused("is " + images + "; give a number of images, or 0 for none");
    }
    List<PowerPosition> positions = new ArrayList<>();
    for (Section item : at.child("trials").items()) {
      PowerPosition position = position(item);
      boolean twice =
          positions.stream()
              .anyMatch(
                  known -> known.truth() == position.truth() && known.seeds() == position.seeds());
      if (twice) {
        throw item.refused(
            "has truth "
                + position.truth()
                + " with "
                + position.seeds()
                + " seeds once more; add the counts up in one place");
      }
      positions.add(position);
    }
    return new CheckPower(
        key,
        at.child("planted").text(),
        images,
        at.child("band").text(),
        at.child("commit").text(),
        positions);
  }

  private static PowerPosition position(Section at) {
    at.allow("truth seeds half_width REPRODUCED NOT_REPRODUCED UNDERPOWERED UNTESTED");
    double truth = at.child("truth").number();
    int seeds = at.child("seeds").count();
    Map<Verdict, Integer> counts = new EnumMap<>(Verdict.class);
    for (Verdict verdict : Verdict.values()) {
      at.optional(verdict.name()).ifPresent(count -> counts.put(verdict, count.count()));
    }
    double halfWidth =
        at.optional("half_width").map(Section::number).orElse(Double.POSITIVE_INFINITY);
    return at.checked(() -> new PowerPosition(truth, seeds, counts, halfWidth));
  }

  /**
   * Writes the file as a whole, or not at all.
   *
   * @param folder the folder {@code expected}
   * @throws UncheckedIOException if it cannot be written
   */
  public void write(Path folder) {
    ObjectNode root = YAML.createObjectNode();
    for (CheckPower check : checks.values()) {
      CheckPower.Key key = check.key();
      ObjectNode node =
          root.withObject("/" + key.system())
              .withObject("/" + key.scale().word())
              .withObject("/" + key.claim())
              .putObject(key.quantity())
              .put("planted", check.planted())
              .put("images", check.images())
              .put("band", check.band())
              .put("commit", check.commit());
      ArrayNode trials = node.putArray("trials");
      for (PowerPosition position : check.positions()) {
        ObjectNode each =
            trials.addObject().put("truth", position.truth()).put("seeds", position.seeds());
        if (Double.isFinite(position.halfWidth())) {
          each.put("half_width", position.halfWidth());
        }
        position.verdicts().forEach((verdict, count) -> each.put(verdict.name(), count));
      }
    }
    try {
      DurableFile.write(
          folder.resolve(FILE),
          (ABOUT + YAML.writeValueAsString(root)).getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + folder.resolve(FILE), e);
    }
  }
}
