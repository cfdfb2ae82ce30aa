package mitosis.suite;

import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import mitosis.claim.ClaimResult;
import mitosis.claim.Expectation;
import mitosis.claim.Expectations;
import mitosis.claim.RecordedPower;
import mitosis.data.BaseFolder;
import mitosis.report.ClaimMatrix;
import mitosis.report.ClaimsJson;
import mitosis.report.ClaimsMarkdown;
import mitosis.report.ClaimsPage;
import mitosis.report.History;
import mitosis.report.PowerTable;

/** The folder that a run of the suite fills, result by result. */
final class Reports {

  private static final Path FOLDER = BaseFolder.SUITE.resolve("reports");

  private final ClaimsJson claims = new ClaimsJson(FOLDER.resolve("claims.json"));
  private final History history = new History(FOLDER.resolve("history"));
  private final Set<String> departures = new LinkedHashSet<>();
  private final List<Expectations> expected;
  private final RecordedPower power;

  /**
   * @param expected what is expected of the systems that a run may measure, in the order in which
   *     they are shown
   * @param power what is known of their checks
   */
  Reports(List<Expectations> expected, RecordedPower power) {
    this.expected = List.copyOf(expected);
    this.power = power;
  }

  /**
   * Adds a result, so that claims.json, claims.md, index.html and the history are whole after every
   * test.
   *
   * @param departure how what is measured departs from the papers; Markdown
   */
  void add(ClaimResult result, String departure) {
    claims.put(result);
    history.keep(result, Instant.now());
    departures.add(departure);
    ClaimMatrix matrix = ClaimMatrix.of(claims.read(), expected, history.read());
    PowerTable checks = PowerTable.of(matrix.columns(), expected, power);
    List<String> texts = List.copyOf(departures);
    ClaimsMarkdown.write(FOLDER.resolve("claims.md"), matrix, texts, checks);
    ClaimsPage.write(FOLDER.resolve("index.html"), matrix, texts, checks);
  }

  /** What is known of a check. */
  PowerTable.Row power(Expectation expectation) {
    return PowerTable.row(expectation, power);
  }

  /** All results so far. */
  List<ClaimResult> results() {
    return claims.read();
  }

  /** Where a file of the folder lies. */
  Path file(String name) {
    return FOLDER.resolve(name);
  }
}
