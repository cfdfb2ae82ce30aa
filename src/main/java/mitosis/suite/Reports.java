package mitosis.suite;

import java.nio.file.Path;
import java.util.List;
import mitosis.claim.ClaimResult;
import mitosis.report.ClaimsJson;
import mitosis.report.ClaimsMarkdown;

/** The folder that a run of the suite fills, result by result. */
final class Reports {

  private static final Path FOLDER = Path.of("reports");

  private final ClaimsJson claims = new ClaimsJson(FOLDER.resolve("claims.json"));

  /**
   * Adds a result, so that claims.json and claims.md are whole after every test.
   *
   * @param departure how what is measured departs from the papers; Markdown
   */
  void add(ClaimResult result, String departure) {
    claims.put(result);
    ClaimsMarkdown.write(FOLDER.resolve("claims.md"), claims.read(), departure);
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
