package mitosis.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import mitosis.claim.Baseline;
import mitosis.claim.ClaimResultJson;
import mitosis.claim.Decimal;
import mitosis.claim.Expectation;
import mitosis.claim.Expectations;
import mitosis.claim.Finding;
import mitosis.claim.Scale;
import mitosis.data.DurableFile;

/**
 * The recorded findings of all systems as tables, {@code expected/README.md}: a table for each
 * system and scale, and what else was seen on the system.
 */
public final class FindingsMarkdown {

  /** The file's name in {@code expected/}. */
  public static final String FILE = "README.md";

  private static final String PREAMBLE =
      """
      # What was found

      This page is made of the files beside it, by `mvn -q process-classes exec:java@findings` and whenever findings are
      recorded with `-Dexpected.record`; it is not written by hand.

      - [claims.yaml](claims.yaml): the claims, each once, with what is measured and the band that it is held against;
      - `<system>.yaml`: what is tested on a system, what differs there, and what lies behind its verdicts;
      - [findings](findings): what runs found, machine-written;
      - [power.csv](power.csv): trials of how often the checks are wrong, machine-written.

      `REPRODUCED`: the whole 95 % interval lies in the band; `NOT_REPRODUCED`: all of it lies outside; `UNDERPOWERED`: it
      straddles an edge; `UNTESTED`: nothing was measured. In brackets stands what groups of other seeds came to. A value
      is followed by its interval where that was kept, and by mean ± deviation over the groups of other seeds.
      """;

  private FindingsMarkdown() {}

  /**
   * Writes the page anew.
   *
   * @param args the folder {@code expected}
   */
  public static void main(String[] args) {
    write(Path.of(args[0]));
  }

  /**
   * Writes the page anew.
   *
   * @param folder the folder {@code expected}
   * @throws IllegalArgumentException if a file in it is refused
   * @throws UncheckedIOException if the page cannot be written
   */
  public static void write(Path folder) {
    List<Expectations> expected =
        Expectations.systems(folder).stream()
            .map(system -> Expectations.read(folder, system))
            .toList();
    try {
      DurableFile.write(folder.resolve(FILE), text(expected).getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + folder.resolve(FILE), e);
    }
  }

  /** The page on these systems. */
  static String text(List<Expectations> expected) {
    StringBuilder page = new StringBuilder(PREAMBLE);
    for (Expectations system : expected) {
      for (Scale scale : Scale.values()) {
        List<Expectation> recorded =
            system.at(scale).stream().filter(each -> each.recorded().isPresent()).toList();
        if (!recorded.isEmpty()) {
          page.append("\n## %s, %s scale\n\n".formatted(system.system(), scale.word()))
              .append("| claim | quantity | verdict | measured | band | published | note |\n")
              .append("|---|---|---|---|---|---|---|\n");
          recorded.forEach(each -> page.append(row(each)));
        }
      }
      system
          .observations()
          .ifPresent(
              text ->
                  page.append("\n## %s: what else was seen\n\n".formatted(system.system()))
                      .append(text)
                      .append('\n'));
    }
    return page.toString();
  }

  private static String row(Expectation expectation) {
    OptionalDouble published = expectation.quantity().published().value();
    return List.of(
            expectation.claim().title(),
            "`" + expectation.quantity().name() + "`",
            verdict(expectation),
            measured(expectation),
            expectation.band().toString(),
            published.isPresent() ? Decimal.text(published.getAsDouble()) : "",
            expectation.finding().flatMap(finding -> expectation.note()).orElse(""))
        .stream()
        .map(cell -> cell.replace("|", "\\|"))
        .collect(Collectors.joining(" | ", "| ", " |\n"));
  }

  private static String verdict(Expectation expectation) {
    return expectation
        .findingOfAnotherBand()
        .map(
            finding ->
                "%s: was %s with the band %s"
                    .formatted(ClaimResultJson.NEW, finding.verdict(), finding.band()))
        .orElseGet(
            () ->
                expectation
                    .finding()
                    .map(finding -> finding.verdict() + otherSeeds(finding))
                    .orElse(ClaimResultJson.NEW));
  }

  private static String otherSeeds(Finding finding) {
    return finding.otherSeeds().isEmpty()
        ? ""
        : finding.otherSeeds().entrySet().stream()
            .map(count -> count.getValue() + " " + count.getKey())
            .collect(Collectors.joining(", ", " (", ")"));
  }

  private static String measured(Expectation expectation) {
    Finding finding = expectation.recorded().orElseThrow();
    String value =
        finding.measured().isPresent()
            ? Decimal.text(finding.measured().getAsDouble())
                + finding.interval().map(interval -> " " + interval).orElse("")
            : "";
    String others = expectation.baseline().map(FindingsMarkdown::others).orElse("");
    return value.isEmpty() || others.isEmpty() ? value + others : value + "; " + others;
  }

  private static String others(Baseline baseline) {
    return "%s ± %s (%d groups)"
        .formatted(
            Decimal.text(baseline.mean()), Decimal.text(baseline.deviation()), baseline.count());
  }
}
