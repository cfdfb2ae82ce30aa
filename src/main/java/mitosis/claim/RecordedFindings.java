package mitosis.claim;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import mitosis.data.DurableFile;

/**
 * The last part of a file in {@code expected/}: what earlier runs found, written by {@code
 * -Dexpected.record}. All before it, written by hand, stays as it is to the byte.
 *
 * @param file the system's file
 */
public record RecordedFindings(Path file) {

  private static final String KEY = "recorded";
  private static final String START = "\n" + KEY + ":\n";

  private static final ObjectMapper YAML =
      new ObjectMapper(
          new YAMLFactory()
              .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
              .disable(YAMLGenerator.Feature.SPLIT_LINES)
              .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
              .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS));

  /**
   * Puts in what was found of one quantity, in place of what was recorded before. A reason that
   * somebody wrote for the same verdict is kept.
   *
   * @param expectation which quantity, and what was recorded of it before
   * @param verdict what was found
   * @param otherSeeds how many groups of other seeds came to which verdict; empty to leave what was
   *     recorded of them
   * @param baseline the same quantity from other seeds, or nothing to leave it as it was
   * @return what changed, in words
   * @throws UncheckedIOException if the file cannot be read or written
   */
  public String put(
      Expectation expectation,
      Verdict verdict,
      Map<Verdict, Integer> otherSeeds,
      Optional<Baseline> baseline) {
    try {
      String text = Files.readString(file, StandardCharsets.UTF_8);
      int start = text.indexOf(START);
      String byHand = start < 0 ? text : text.substring(0, start + 1);
      ObjectNode root =
          start < 0
              ? YAML.createObjectNode()
              : (ObjectNode) YAML.readTree(text.substring(start + 1));
      ObjectNode quantity =
          root.withObject("/" + KEY)
              .withObject("/" + expectation.scale().word())
              .withObject("/" + expectation.claim())
              .withObject("/" + expectation.quantity().name());
      Optional<Finding> before = expectation.finding();
      String because =
          before
              .filter(finding -> finding.verdict() == verdict)
              .map(Finding::because)
              .orElse("as measured; nobody has looked into it yet");
      Map<Verdict, Integer> counts =
          otherSeeds.isEmpty() ? before.map(Finding::otherSeeds).orElse(Map.of()) : otherSeeds;
      Finding finding = new Finding(verdict, because, counts);
      ObjectNode node = quantity.putObject("finding");
      node.put("verdict", verdict.name()).put("because", because);
      if (!counts.isEmpty()) {
        ObjectNode others = node.putObject("other_seeds");
        finding.otherSeeds().forEach((each, count) -> others.put(each.name(), count));
      }
      baseline.ifPresent(
          b ->
              quantity
                  .putObject("baseline")
                  .put("mean", b.mean())
                  .put("deviation", b.deviation())
                  .put("count", b.count())
                  .put("commit", b.commit()));
      String whole =
          (start < 0 ? byHand.stripTrailing() + "\n\n" : byHand) + YAML.writeValueAsString(root);
      DurableFile.write(file, whole.getBytes(StandardCharsets.UTF_8));
      return "%s: %s -> %s, baseline %s -> %s"
          .formatted(
              expectation,
              before.map(Finding::toString).orElse("NEW"),
              finding,
              expectation.baseline().map(Baseline::toString).orElse("none"),
              baseline.map(Baseline::toString).orElse("kept"));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot record in " + file, e);
    }
  }
}
