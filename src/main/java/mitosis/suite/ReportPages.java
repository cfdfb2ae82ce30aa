package mitosis.suite;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import mitosis.claim.ClaimResult;
import mitosis.claim.Expectations;
import mitosis.claim.RecordedPower;
import mitosis.report.ClaimMatrix;
import mitosis.report.ClaimsJson;
import mitosis.report.ClaimsMarkdown;
import mitosis.report.ClaimsPage;
import mitosis.report.History;
import mitosis.report.PowerTable;

/**
 * Makes the pages of a run, claims.md and index.html: once, in a step of its own, from the results
 * that its tests left. So there are pages of what was measured also where the tests' process died.
 */
public final class ReportPages {

  private ReportPages() {}

  /**
   * @param args the folder of the reports; does nothing if no claim left a result there
   * @throws IllegalArgumentException if the results or what is expected cannot be read
   * @throws java.io.UncheckedIOException if a page cannot be written
   */
  public static void main(String[] args) {
    Path folder = Path.of(args[0]);
    Path claims = folder.resolve("claims.json");
    if (!Files.exists(claims)) {
      return;
    }
    List<ClaimResult> results = new ClaimsJson(claims).read();
    boolean audit = results.stream().anyMatch(each -> each.system().equals(Options.SUBJECT));
    List<Expectations> expected =
        (audit ? Stream.of(Options.SUBJECT) : Systems.names().stream())
            .map(system -> Expectations.read(ClaimSession.EXPECTED, system))
            .toList();
    ClaimMatrix matrix =
        ClaimMatrix.of(results, expected, new History(folder.resolve("history")).read());
    PowerTable checks =
        PowerTable.of(matrix.columns(), expected, RecordedPower.read(ClaimSession.EXPECTED));
    List<String> departures = departures(results);
    ClaimsMarkdown.write(folder.resolve("claims.md"), matrix, departures, checks);
    ClaimsPage.write(folder.resolve("index.html"), matrix, departures, checks);
  }

  /** How what was measured departs from the papers, one text a system. */
  private static List<String> departures(List<ClaimResult> results) {
    return results.stream()
        .flatMap(
            result ->
                result
                    .departure()
                    .map(
                        text ->
                            result.system().equals(Options.SUBJECT)
                                ? text
                                : "%s, %s scale: %s"
                                    .formatted(result.system(), result.scale().word(), text))
                    .stream())
        .distinct()
        .toList();
  }
}
