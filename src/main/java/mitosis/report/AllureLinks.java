package mitosis.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import mitosis.data.DurableFile;

/**
 * Leads the first page's links to the very tests in the Allure report. Allure draws a new address
 * for each test whenever it makes a report, so they are only known afterwards.
 */
public final class AllureLinks {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** How a report that is one file carries what else were a file for each test. */
  private static final Pattern TEST =
      Pattern.compile("d\\('data/test-cases/[^']+\\.json','([^']+)'\\)");

  private static final Pattern LINK =
      Pattern.compile(Pattern.quote(ClaimsPage.LINK_BY_NAME) + "([^\"]*)\"");

  private AllureLinks() {}

  /**
   * @param args the first page, changed in place, and the Allure report; does nothing if there is
   *     no page, as where no claim left a result
   * @throws UncheckedIOException if one cannot be read or written
   */
  public static void main(String[] args) {
    Path page = Path.of(args[0]);
    Path report = Path.of(args[1]);
    if (!Files.exists(page) || !Files.exists(report)) {
      return;
    }
    try {
      String linked = linked(Files.readString(page), addresses(Files.readString(report)));
      DurableFile.write(page, linked.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot link " + page + " to " + report, e);
    }
  }

  /** The address of each test in a report, by the test's name: {@code testresult/…}. */
  static Map<String, String> addresses(String report) throws IOException {
    Map<String, String> addresses = new HashMap<>();
    Matcher test = TEST.matcher(report);
    while (test.find()) {
      JsonNode content = JSON.readTree(Base64.getDecoder().decode(test.group(1)));
      addresses.put(
          content.path("fullName").asText(), "testresult/" + content.path("uid").asText());
    }
    return addresses;
  }

  /** The page with addresses for names; a test that the report lacks leads to the report. */
  static String linked(String page, Map<String, String> addresses) {
    return LINK.matcher(page)
        .replaceAll(
            link ->
                Matcher.quoteReplacement(
                    "allure/index.html#" + addresses.getOrDefault(link.group(1), "") + "\""));
  }
}
