package mitosis.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalReportTest {

  @TempDir Path folder;

  @Test
  void scriptsFromElsewhereGoAndThePagesOwnStay() {
    String page =
        """
        <head>
            <script async src="https://example.org/gtag/js?id=1"></script>
            <script>
                window.dataLayer = window.dataLayer || [];
                function gtag(){dataLayer.push(arguments);}
                gtag('js', new Date());
            </script>
            <script src="data:text/javascript;base64,AAAA"></script>
            <script>own();</script>
        </head>
        """;

    assertThat(LocalReport.stripped(page))
        .doesNotContain("https://", "gtag")
        .contains("<script src=\"data:text/javascript;base64,AAAA\"></script>")
        .contains("<script>own();</script>");
  }

  @Test
  void whereNoTestRanThatIsSaidAndNotThatThePageIsMissing() {
    String[] args = {folder.resolve("index.html").toString(), folder.toString()};

    assertThatIllegalArgumentException()
        .isThrownBy(() -> LocalReport.main(args))
        .withMessageContaining("no test ran or Failsafe was stopped")
        .withMessageContaining("-Dgroups");
  }

  @Test
  void aPageThatIsMissingAfterTestsIsRefused() throws IOException {
    Files.writeString(
        folder.resolve("failsafe-summary.xml"),
        "<failsafe-summary timeout='false'><completed>1</completed><failureMessage>gone</failureMessage>"
            + "</failsafe-summary>");
    String[] args = {folder.resolve("index.html").toString(), folder.toString()};

    assertThatIllegalStateException()
        .isThrownBy(() -> LocalReport.main(args))
        .withMessageContaining("index.html: no such file, after 0 tests")
        .withMessageContaining("gone");
  }
}
