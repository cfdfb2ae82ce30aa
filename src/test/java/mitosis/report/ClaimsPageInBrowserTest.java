package mitosis.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whether a page with all that one may have reads in a browser, where there is one. */
@Tag("browser")
class ClaimsPageInBrowserTest {

  @TempDir Path folder;

  @Test
  void a_full_page_reads_by_day_and_night_on_phone_and_desk() throws IOException {
    Path program = Chromium.installed();
    Path page = Files.writeString(folder.resolve("index.html"), SamplePage.text());
    Path faulty =
        Files.writeString(
            folder.resolve("faulty.html"),
            "<script>console.error('a fault')</script><img src='http://127.0.0.1:9/none.png'>");

    try (Chromium browser =
        new Chromium(program, Files.createDirectory(folder.resolve("profile")))) {
      BrowsedPage.check(browser, page.toUri());
      assertThat(
              browser
                  .evaluate("document.querySelectorAll('.matrix[aria-label^=verdicts] td').length")
                  .asInt())
          .isEqualTo(SamplePage.matrix().rows().size() * SamplePage.matrix().columns().size());
      // That faults would have been seen.
      browser.open(faulty.toUri());
      assertThat(browser.problems())
          .anySatisfy(problem -> assertThat(problem).contains("a fault"))
          .anySatisfy(problem -> assertThat(problem).contains("asked for http://127.0.0.1:9"));
    }
  }
}
