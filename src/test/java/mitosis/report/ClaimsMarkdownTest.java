package mitosis.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import mitosis.claim.Baseline;
import mitosis.claim.ClaimId;
import mitosis.claim.ClaimResult;
import mitosis.claim.Expectations;
import mitosis.claim.Verdict;
import mitosis.report.History.Past;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClaimsMarkdownTest {

  private static final List<ClaimResult> RESULTS =
      List.of(
          SampleResults.result(ClaimId.C01, "a.B#c", Verdict.REPRODUCED, Optional.empty()),
          SampleResults.result(
              ClaimId.C02,
              "a.B#d",
              Verdict.NOT_REPRODUCED,
              Optional.of(Verdict.NOT_REPRODUCED),
              Baseline.State.NONE,
              SampleResults.WRONG),
          SampleResults.result(ClaimId.C07, "a.B#e", Verdict.UNTESTED, Optional.empty()));

  private static final ClaimMatrix MATRIX =
      ClaimMatrix.of(
          RESULTS, List.of(Expectations.read(Path.of("expected"), "pmnist-fc5")), Past.none());

  private static final List<String> DEPARTURES = List.of("300 epochs instead of 5,000.");

  private final String page = ClaimsMarkdown.text(MATRIX, DEPARTURES, SamplePower.table());

  @Test
  void the_two_questions_and_the_departure_come_first() {
    assertThat(page.substring(0, page.indexOf("| claim |")))
        .contains("Does the claim hold?")
        .contains("Is the suite the same as last time?")
        .contains("departs from the papers' recipe.** 300 epochs instead of 5,000.");
  }

  @Test
  void the_matrix_shows_verdict_and_number_for_each_claim_and_system() {
    assertThat(page)
        .contains("| claim | pmnist-fc5 (quick) |\n| --- | --- |\n")
        .contains("| C01 width-scaling | **REPRODUCED** `exponent` -0.47 |")
        .contains("| C07 uncorrelated-residuals | **UNTESTED** `exponent` –: UNTESTED: C07");
  }

  @Test
  void a_claim_that_no_test_was_asked_for_has_a_dash() {
    assertThat(page).contains("| C10 needs-weight-decay | – |");
  }

  @Test
  void each_claim_has_its_numbers_reason_and_rerun_line() {
    assertThat(page)
        .contains("## C02 chunk-scaling")
        .contains(
            "| pmnist-fc5 | quick | `exponent` | **NOT_REPRODUCED** | -0.47 | [-0.52, -0.41] |"
                + " [-0.65, -0.35] | -0.5 | NOT_REPRODUCED | NONE | control 'Gaussian layer' came out"
                + " ACCEPTED, must be REJECTED |")
        .contains(
            "- NOT_REPRODUCED: C02 chunk-scaling and why.  \n  rerun: `mvn verify -Dgroups=C02`")
        .contains("| NEW | STABLE | all 1 right |");
  }

  @Test
  void all_rows_of_a_table_have_the_same_number_of_cells() {
    for (String table : page.split("\n\n")) {
      if (table.startsWith("| ")) {
        assertThat(table.lines().filter(l -> l.startsWith("| ")).map(l -> l.split(" \\| ").length))
            .containsOnly(table.lines().findFirst().orElseThrow().split(" \\| ").length);
      }
    }
  }

  @Test
  void a_file_holds_the_same(@TempDir Path folder) {
    Path file = folder.resolve("reports/claims.md");
    ClaimsMarkdown.write(file, MATRIX, DEPARTURES, SamplePower.table());

    assertThat(file).hasContent(page);
  }
}
