package mitosis.suite;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import mitosis.claim.ClaimResult;
import mitosis.claim.Expectation;
import mitosis.claim.RecordedPower;
import mitosis.data.BaseFolder;
import mitosis.report.ClaimsJson;
import mitosis.report.History;
import mitosis.report.PowerTable;

/** The folder that a run of the suite fills, result by result. */
final class Reports {

  static final Path FOLDER = BaseFolder.SUITE.resolve("reports");

  private final ClaimsJson claims = new ClaimsJson(FOLDER.resolve("claims.json"));
  private final History history = new History(FOLDER.resolve("history"));
  private final RecordedPower power;

  /**
   * @param power what is known of the checks of the systems that a run may measure
   */
  Reports(RecordedPower power) {
    this.power = power;
  }

  /**
   * Adds a result, so that claims.json and the history are whole after every test. {@link
   * ReportPages} makes pages of them after the last.
   */
  void add(ClaimResult result) {
    claims.put(result);
    history.keep(result, Instant.now());
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
