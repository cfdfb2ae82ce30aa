package mitosis.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import mitosis.claim.ClaimResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whether the first page of the report that a run has just made leads to its tests. */
class FirstPageIT {

  private static final Path REPORTS = Path.of("reports").toAbsolutePath();

  @TempDir Path profile;

  @Test
  void every_cell_leads_to_the_test_of_its_name() throws IOException {
    Path program = Chromium.installed();
    Path page = REPORTS.resolve("index.html");
    assumeTrue(Files.exists(page), "no claim left a result, so there is no first page");
    List<ClaimResult> results = new ClaimsJson(REPORTS.resolve("claims.json")).read();

    try (Chromium browser = new Chromium(program, profile)) {
      BrowsedPage.check(browser, page.toUri());
      Map<String, String> links = links(browser);
      assertThat(links).hasSameSizeAs(results);
      // One page with many addresses: only the first of them loads it.
      browser.open(page.resolveSibling("allure/index.html").toUri());
      for (ClaimResult result : results) {
        String link = links.get(result.claim() + " " + result.system() + " " + result.quantity());
        assertThat(link).as(result.name()).startsWith("allure/index.html#testresult/");
        browser.evaluate("location.hash = '" + link.substring(link.indexOf('#')) + "'");
        browser.await(
            "document.querySelector('.fullname__body')?.textContent === '"
                + ClaimsPage.testName(result)
                + "'");
        browser.await("document.body.textContent.includes('all claims and systems')");
      }
      // The claim report's own script complains where an address changes before it has drawn the
      // last; what it may not do is ask for something from elsewhere.
      assertThat(browser.problems()).noneMatch(problem -> problem.startsWith("asked for "));
    }
  }

  /** Where the cells lead, by claim, system and quantity. */
  private static Map<String, String> links(Chromium browser) {
    JsonNode found =
        browser.evaluate(
            """
            [...document.querySelectorAll('td a')].map(a => [
              a.closest('tr').querySelector('.claim b').textContent + ' '
                  + a.closest('td').querySelector('.system').textContent.split(' (')[0] + ' '
                  + a.querySelector('code').textContent,
              a.getAttribute('href')])
            """);
    Map<String, String> links = new HashMap<>();
    found.forEach(link -> links.put(link.get(0).asText(), link.get(1).asText()));
    return links;
  }
}
