package mitosis.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import mitosis.claim.ClaimId;
import mitosis.claim.ClaimResult;
import mitosis.claim.Scale;
import mitosis.claim.Verdict;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AllureHistoryTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;

  private final ClaimResult now = result("exponent", Verdict.NOT_REPRODUCED);

  private static ClaimResult result(String quantity, Verdict verdict) {
    return SampleResults.on("pmnist-fc5", ClaimId.C02, quantity, verdict, -0.5, "why");
  }

  private static PastResult past(String commit, int time, String quantity, Verdict verdict) {
    PastResult found = PastResult.of(result(quantity, verdict), Instant.ofEpochSecond(time));
    return new PastResult(
        found.claim(),
        found.system(),
        Scale.QUICK,
        found.quantity(),
        found.conditions(),
        found.verdict(),
        found.measured(),
        found.interval(),
        commit,
        found.time());
  }

  @BeforeEach
  void run() throws IOException {
    Files.createDirectories(folder.resolve("results"));
    Files.writeString(
        folder.resolve("results/1-result.json"),
        "{\"uuid\":\"u\",\"historyId\":\"h\",\"fullName\":\"a.B$On.exponent\"}");
    Files.writeString(folder.resolve("index.html"), SamplePage.text());
    new ClaimsJson(folder.resolve("claims.json")).put(now);
  }

  private AllureHistory history(PastResult... past) {
    return new AllureHistory(List.of(now), new History.Past(List.of(past), List.of()));
  }

  @Test
  void the_trend_counts_the_endings_of_this_runs_tests_commit_by_commit() {
    JsonNode trend =
        history(
                past("first", 1, "exponent", Verdict.REPRODUCED),
                past("second", 2, "exponent", Verdict.UNDERPOWERED),
                past("second", 2, "another", Verdict.REPRODUCED),
                past("abc123", 3, "exponent", Verdict.NOT_REPRODUCED))
            .trend();

    // The present commit, abc123, is counted by Allure itself.
    assertThat(trend).hasSize(2);
    assertThat(trend.get(0).path("reportName").asText()).isEqualTo("second");
    assertThat(trend.get(0).path("data"))
        .hasToString(
            "{\"failed\":0,\"broken\":0,\"skipped\":1,\"passed\":0,\"unknown\":0,\"total\":1}");
    assertThat(trend.get(1).path("data").path("passed").asInt()).isEqualTo(1);
  }

  @Test
  void each_test_has_its_earlier_results_under_its_name_in_allure() throws IOException {
    history(
            past("first", 1, "exponent", Verdict.REPRODUCED),
            past("second", 2, "exponent", Verdict.UNTESTED))
        .write(folder.resolve("results"));

    JsonNode items =
        JSON.readTree(folder.resolve("results/history/history.json").toFile())
            .path("h")
            .path("items");
    assertThat(items).hasSize(2);
    assertThat(items.get(0).path("status").asText()).isEqualTo("skipped");
    assertThat(items.get(1).path("statusDetails").asText())
        .isEqualTo("REPRODUCED: -0.5 [-0.6, -0.4] at commit first");
    assertThat(items.get(1).path("time").path("start").asLong()).isEqualTo(1000);
  }

  @Test
  void the_first_page_is_attached_to_all_tests() throws IOException {
    run("claims.json");

    Path container;
    try (var files = Files.newDirectoryStream(folder.resolve("results"), "*-container.json")) {
      container = files.iterator().next();
    }
    JsonNode content = JSON.readTree(container.toFile());
    JsonNode attachment = content.path("afters").path(0).path("attachments").path(0);
    assertThat(content.path("children").path(0).asText()).isEqualTo("u");
    assertThat(attachment.path("type").asText()).isEqualTo("text/html");
    assertThat(folder.resolve("results").resolve(attachment.path("source").asText()))
        .hasContent(ClaimsPage.withoutLinks(SamplePage.text()));
  }

  @Test
  void allure_finds_the_categories_among_the_results() {
    run("claims.json");

    assertThat(folder.resolve("results/categories.json"))
        .hasSameTextualContentAs(Path.of("src/test/resources/categories.json"));
  }

  @Test
  void where_no_claim_left_a_result_nothing_is_written() {
    run("none.json");

    assertThat(folder.resolve("results").toFile().list()).containsExactly("1-result.json");
  }

  private void run(String claims) {
    AllureHistory.main(
        new String[] {
          folder.resolve(claims).toString(),
          folder.resolve("history").toString(),
          folder.resolve("results").toString(),
          folder.resolve("index.html").toString(),
          "src/test/resources/categories.json"
        });
  }
}
