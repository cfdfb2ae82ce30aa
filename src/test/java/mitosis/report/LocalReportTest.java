package mitosis.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LocalReportTest {

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
}
