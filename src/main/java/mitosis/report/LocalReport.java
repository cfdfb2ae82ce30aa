package mitosis.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import mitosis.report.FailsafeReports.FailsafeRun;

/**
 * Takes out of the Allure page what would be fetched from elsewhere: its usage statistics. The page
 * is read on machines without a network, and whom it is read by is nobody's business.
 */
public final class LocalReport {

  /** The script that is fetched, and the lines behind it that set it up. */
  private static final Pattern STATISTICS =
      Pattern.compile(
          "<script[^>]*src=\"https?://[^\"]*\"[^>]*></script>"
              + "(\\s*<script>(?:(?!</script>).){0,1000}?gtag\\((?:(?!</script>).)*</script>)?",
          Pattern.DOTALL);

  private LocalReport() {}

  /**
   * @param args the page, changed in place, and the folder of Failsafe's reports
   * @throws IllegalArgumentException if there is no page since no test ran, as Failsafe's reports
   *     say
   * @throws IllegalStateException if tests ran and there is no page
   * @throws UncheckedIOException if it cannot be read or written
   */
  public static void main(String[] args) {
    Path page = Path.of(args[0]);
    if (!Files.exists(page)) {
      FailsafeRun run = FailsafeReports.read(Path.of(args[1]));
      throw new IllegalStateException(
          "%s: no such file, after %d tests; see what Allure and Failsafe said above %s"
              .formatted(page, run.cases().size(), run.crash()));
    }
    try {
      Files.writeString(
          page, stripped(Files.readString(page, StandardCharsets.UTF_8)), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot take remote scripts out of " + page, e);
    }
  }

  /** The page without scripts from elsewhere. */
  static String stripped(String page) {
    return STATISTICS.matcher(page).replaceAll("");
  }
}
