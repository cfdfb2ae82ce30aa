package mitosis.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import mitosis.claim.Baseline;
import mitosis.claim.ClaimId;
import mitosis.claim.ClaimResult;
import mitosis.claim.Verdict;
import mitosis.report.ClaimsPage.Theme;
import mitosis.report.History.Past;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ClaimsPageTest {

  private final String page = SamplePage.text();

  private static String pageOf(ClaimResult... results) {
    return ClaimsPage.text(
        ClaimMatrix.of(List.of(results), List.of(), Past.none()),
        List.of("nothing"),
        PowerTable.none());
  }

  @Test
  void texts_from_elsewhere_are_shown_and_not_run() {
    assertThat(page)
        .contains("&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp; &lt;b&gt;'bold'")
        .doesNotContain("<script")
        .doesNotContain("<b>'bold'");
  }

  @Test
  void names_are_escaped_too() {
    String named =
        pageOf(
            SampleResults.on(
                "a\"><i>", ClaimId.C01, "q<i>", Verdict.REPRODUCED, -0.5, "REPRODUCED: x"));

    assertThat(named)
        .doesNotContain("<i>")
        .contains("a&quot;&gt;&lt;i&gt; (quick)")
        .contains("href=\"allure/index.html#test=a.B$On.q&lt;i&gt;\"");
  }

  @Test
  void nothing_is_asked_for_from_elsewhere() {
    assertThat(page)
        .doesNotContain("http:", "https:", "url(", "@import", "src=")
        .contains("href=\"data:,\"");
  }

  @Test
  void a_verdict_is_told_by_word_and_shape() {
    for (Verdict verdict : Verdict.values()) {
      assertThat(page)
          .contains("<symbol id=\"mark-" + verdict + "\"")
          .contains("<use href=\"#mark-" + verdict + "\"/></svg>" + verdict + "</span>");
    }
  }

  @Test
  void a_cell_has_the_value_its_interval_and_band() {
    assertThat(
            pageOf(
                SampleResults.on(
                    "pmnist-fc5", ClaimId.C01, "exponent", Verdict.REPRODUCED, -0.5, "why")))
        .contains("<b>-0.5</b> <span>[-0.6, -0.4]</span>")
        .contains("band [-0.65, -0.35]")
        .doesNotContain("To decide it");
  }

  @Test
  void an_undecided_cell_says_what_it_would_take() {
    assertThat(
            pageOf(
                SampleResults.on(
                    "pmnist-fc5", ClaimId.C01, "exponent", Verdict.UNDERPOWERED, -0.31, "why")))
        // Half-width 0.1, distance to -0.35 is 0.04: (0.1 / 0.04)² = 6.25, rounded up.
        .contains("<b>To decide it:</b> about 7 times as many seeds or images");
    assertThat(
            pageOf(
                SampleResults.on(
                    "pmnist-fc5",
                    ClaimId.C01,
                    "exponent",
                    Verdict.UNTESTED,
                    0,
                    "UNTESTED: C01\nmissing: its data\nto get it: add -Pgpu")))
        .contains(
            "<b>To decide it:</b> its data. To get it: add <span class=\"option\">-Pgpu</span>.");
  }

  @Test
  void a_control_that_came_out_wrong_is_what_keeps_a_claim_undecided() {
    assertThat(
            pageOf(
                SampleResults.result(
                    ClaimId.C02,
                    "a.B#c",
                    Verdict.UNDERPOWERED,
                    Optional.empty(),
                    Baseline.State.NONE,
                    SampleResults.WRONG)))
        .contains(
            "<b>To decide it:</b> a check that can be relied on: control 'Gaussian layer' came out"
                + " ACCEPTED, must be REJECTED.");
  }

  @Test
  void what_two_quantities_would_take_alike_is_said_once() {
    String reason = "UNTESTED: x\nmissing: its data\nto get it: download it";
    String two =
        pageOf(
            SampleResults.on("pmnist-fc5", ClaimId.C01, "a", Verdict.UNTESTED, 0, reason),
            SampleResults.on("pmnist-fc5", ClaimId.C01, "b", Verdict.UNTESTED, 0, reason));

    assertThat(two).containsOnlyOnce("To decide it").contains("<code>a</code>", "<code>b</code>");
  }

  @Test
  void headers_say_what_they_head() {
    assertThat(page)
        .contains("<th scope=\"col\" role=\"columnheader\">pmnist-fc5 (quick)</th>")
        .contains("<th scope=\"row\" role=\"rowheader\">")
        .contains("<span class=\"unseen\">not asked for in this run</span>")
        .contains("<span class=\"unseen\">not tested on this system</span>");
  }

  @Test
  void an_attachment_keeps_no_link_that_leads_nowhere() {
    String attached = ClaimsPage.withoutLinks(page);

    assertThat(attached)
        .doesNotContain("allure/index.html", "claims.md", "<nav>")
        .contains("<use href=\"#mark-REPRODUCED\"/>")
        .contains("REPRODUCED</span> <code>");
  }

  @Test
  void links_by_name_become_those_of_the_report(@TempDir Path folder) throws IOException {
    Path first = folder.resolve("index.html");
    Path report = folder.resolve("allure.html");
    Files.writeString(
        first,
        pageOf(
            SampleResults.on("x", ClaimId.C01, "known", Verdict.REPRODUCED, -0.5, "why"),
            SampleResults.on("x", ClaimId.C02, "lost", Verdict.REPRODUCED, -0.5, "why")));
    // As in a report that Allure 2.34.0 wrote: {"uid":"1f","fullName":"a.B$On.known"}
    Files.writeString(
        report,
        "d('data/test-cases/1f.json','eyJ1aWQiOiIxZiIsImZ1bGxOYW1lIjoiYS5CJE9uLmtub3duIn0='),");

    AllureLinks.main(new String[] {first.toString(), report.toString()});

    assertThat(first)
        .content()
        .contains("href=\"allure/index.html#testresult/1f\"")
        .contains("href=\"allure/index.html#\"")
        .doesNotContain("#test=");
  }

  static Stream<Theme> themes() {
    return Stream.of(Theme.LIGHT, Theme.DARK);
  }

  @ParameterizedTest
  @MethodSource("themes")
  void text_has_a_contrast_of_four_and_a_half_on_every_ground(Theme theme) {
    for (Map.Entry<String, Color> text : theme.texts().entrySet()) {
      for (Color ground : theme.grounds()) {
        assertThat(contrast(text.getValue(), ground)).as(text.getKey()).isGreaterThan(4.5);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("themes")
  void a_trend_has_a_contrast_of_three_on_its_band(Theme theme) {
    assertThat(contrast(theme.quiet(), theme.band())).isGreaterThan(3);
    theme
        .verdicts()
        .forEach(
            (verdict, color) ->
                assertThat(contrast(color, theme.band())).as(verdict.name()).isGreaterThan(3));
  }

  @Test
  void the_contrast_is_that_of_wcag() {
    // WCAG 2.1's extremes, and its well-known lightest grey that passes on white.
    assertThat(contrast(Color.BLACK, Color.WHITE)).isEqualTo(21);
    assertThat(contrast(new Color(0x767676), Color.WHITE)).isBetween(4.5, 4.6);
  }

  /** Contrast ratio of two colours (WCAG 2.1). */
  private static double contrast(Color one, Color other) {
    double a = luminance(one);
    double b = luminance(other);
    return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
  }

  private static double luminance(Color color) {
    return 0.2126 * linear(color.getRed())
        + 0.7152 * linear(color.getGreen())
        + 0.0722 * linear(color.getBlue());
  }

  private static double linear(int channel) {
    double value = channel / 255.0;
    return value <= 0.03928 ? value / 12.92 : Math.pow((value + 0.055) / 1.055, 2.4);
  }
}
