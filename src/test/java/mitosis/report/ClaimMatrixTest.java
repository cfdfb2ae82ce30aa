package mitosis.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import mitosis.claim.ClaimId;
import mitosis.claim.ClaimResult;
import mitosis.claim.Expectations;
import mitosis.claim.Verdict;
import mitosis.report.ClaimMatrix.Cell;
import mitosis.report.ClaimMatrix.Row;
import mitosis.report.History.Past;
import org.junit.jupiter.api.Test;

class ClaimMatrixTest {

  private static final List<Expectations> EXPECTED =
      Stream.of("pmnist-fc5", "pmnist-fc5-free", "cifar10-wr28")
          .map(system -> Expectations.read(Path.of("expected"), system))
          .toList();

  private static ClaimResult result(
      String system, ClaimId claim, String quantity, Verdict verdict) {
    return SampleResults.on(system, claim, quantity, verdict, -0.5, verdict + ": why");
  }

  private static Row row(ClaimMatrix matrix, ClaimId claim) {
    return matrix.rows().stream().filter(r -> r.claim() == claim).findFirst().orElseThrow();
  }

  @Test
  void columns_are_in_the_given_order_and_strangers_come_last() {
    ClaimMatrix matrix =
        ClaimMatrix.of(
            List.of(
                result("a-stranger", ClaimId.C02, "exponent", Verdict.REPRODUCED),
                result("cifar10-wr28", ClaimId.C02, "exponent", Verdict.REPRODUCED),
                result("pmnist-fc5", ClaimId.C02, "exponent", Verdict.REPRODUCED)),
            EXPECTED,
            Past.none());

    assertThat(matrix.columns())
        .extracting(Object::toString)
        .containsExactly("pmnist-fc5 (quick)", "cifar10-wr28 (quick)", "a-stranger (quick)");
  }

  @Test
  void how_many_results_an_earlier_run_measured_is_said_if_there_are_any() {
    ClaimResult measured = result("pmnist-fc5", ClaimId.C02, "exponent", Verdict.REPRODUCED);
    ClaimResult loaded = SampleResults.loaded(measured, "runs/pmnist-fc5/measured/C02-exponent");

    assertThat(ClaimMatrix.of(List.of(measured), EXPECTED, Past.none()).loaded()).isEmpty();
    assertThat(ClaimMatrix.of(List.of(measured, loaded), EXPECTED, Past.none()).loaded())
        .get()
        .asString()
        .startsWith("1 of 2 results were measured by an earlier run");
  }

  @Test
  void rows_are_all_claims_that_a_file_or_a_result_knows() {
    ClaimMatrix matrix =
        ClaimMatrix.of(
            List.of(result("pmnist-fc5", ClaimId.C17, "slope", Verdict.REPRODUCED)),
            EXPECTED,
            Past.none());

    assertThat(matrix.rows())
        .extracting(Row::claim)
        .containsSubsequence(ClaimId.C01, ClaimId.C06, ClaimId.C10, ClaimId.C17);
    assertThat(row(matrix, ClaimId.C01).statement()).get().asString().contains("W^-1/2");
    assertThat(row(matrix, ClaimId.C17).statement()).isEmpty();
  }

  @Test
  void an_empty_cell_says_whether_it_could_have_been_measured() {
    ClaimMatrix matrix =
        ClaimMatrix.of(
            List.of(result("pmnist-fc5-free", ClaimId.C02, "exponent", Verdict.REPRODUCED)),
            EXPECTED,
            Past.none());
    Cell elsewhere = row(matrix, ClaimId.C06).cells().get(0);

    assertThat(elsewhere.entries()).isEmpty();
    assertThat(elsewhere.absence()).isEqualTo("not tested on this system");
    assertThat(new Cell(true, List.of()).absence()).isEqualTo("not asked for in this run");
  }

  @Test
  void all_quantities_of_a_claim_are_kept_and_the_most_telling_comes_first() {
    ClaimMatrix matrix =
        ClaimMatrix.of(
            List.of(
                result("pmnist-fc5", ClaimId.C10, "a", Verdict.REPRODUCED),
                result("pmnist-fc5", ClaimId.C10, "b", Verdict.UNTESTED),
                result("pmnist-fc5", ClaimId.C10, "c", Verdict.UNDERPOWERED),
                result("pmnist-fc5", ClaimId.C10, "d", Verdict.NOT_REPRODUCED)),
            EXPECTED,
            Past.none());

    assertThat(row(matrix, ClaimId.C10).cells().get(0).entries())
        .extracting(entry -> entry.result().verdict())
        .containsExactly(
            Verdict.NOT_REPRODUCED, Verdict.UNDERPOWERED, Verdict.UNTESTED, Verdict.REPRODUCED);
    assertThat(matrix.results()).hasSize(4);
  }

  @Test
  void each_entry_has_its_own_past() {
    ClaimResult exponent = result("pmnist-fc5", ClaimId.C02, "exponent", Verdict.REPRODUCED);
    PastResult own = PastResult.of(exponent, Instant.EPOCH);
    PastResult other =
        PastResult.of(
            result("pmnist-fc5", ClaimId.C01, "exponent", Verdict.REPRODUCED), Instant.EPOCH);
    ClaimMatrix matrix =
        ClaimMatrix.of(
            List.of(exponent), EXPECTED, new Past(List.of(other, own), List.of("x is damaged")));

    assertThat(row(matrix, ClaimId.C02).cells().get(0).entries().get(0).past())
        .containsExactly(own);
    assertThat(matrix.unread()).containsExactly("x is damaged");
  }
}
