package mitosis.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import mitosis.claim.CheckPower;
import mitosis.claim.ClaimId;
import mitosis.claim.Expectations;
import mitosis.claim.RecordedPower;
import mitosis.claim.Scale;
import mitosis.report.History.Past;
import mitosis.report.PowerTable.Line;
import mitosis.report.PowerTable.Row;
import org.junit.jupiter.api.Test;

class PowerTableTest {

  private static final Expectations EXPECTED = Expectations.read(Path.of("expected"), "pmnist-fc5");

  private static Row row(PowerTable table, ClaimId claim) {
    return table.rows().stream()
        .filter(row -> row.expectation().claim() == claim)
        .findFirst()
        .orElseThrow();
  }

  private static Line line(double truth) {
    return row(SamplePower.table(), ClaimId.C01).lines().stream()
        .filter(line -> line.position().truth() == truth)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void a_wrong_verdict_is_a_failure_inside_the_band_and_a_pass_outside() {
    // 1 - 0.05^(1/3000) of none in 3,000; 30 of them by scipy 1.17.1, beta.ppf(0.95, 31, 2970) =
    // 0.013539.
    assertThat(line(-0.5).wrong()).isEqualTo("fails 0 of 3,000, at most 0.0009981");
    assertThat(line(-0.5).place()).isEqualTo("0.15 inside");
    assertThat(line(-0.3).wrong()).startsWith("passes 30 of 3,000, at most 0.01354");
    assertThat(line(-0.3).place()).isEqualTo("0.05 outside");
    assertThat(line(-1).place()).isEqualTo("0.35 outside");
  }

  @Test
  void what_would_reach_the_goal_is_the_fewest_seeds_that_did() {
    assertThat(line(-1).remedy()).isEmpty();
    assertThat(line(-0.5).remedy()).isEqualTo("8 seeds");
    assertThat(line(-0.5).decided()).isEqualTo("33.3 %");
    assertThat(line(-0.3).remedy())
        // Intervals of ±0.09 at 8 seeds, 0.05 from the edge: (0.09 / 0.05)² = 3.2.
        .isEqualTo("about 4 times 8 seeds, or the images");
    assertThat(line(-0.25).remedy()).isEqualTo("more trials");
  }

  @Test
  void a_test_has_its_own_check_as_a_table() {
    assertThat(row(SamplePower.table(), ClaimId.C01).csv())
        .startsWith("truth,seeds,trials,wrong,chance_at_most,decided\n-1.0,4,3000,0,9.98")
        .contains("\n-0.25,4,20,0,0.13910")
        .endsWith(",1.0\n");
    assertThat(row(SamplePower.table(), ClaimId.C02).csv()).isEmpty();
  }

  @Test
  void a_check_without_trials_says_so() {
    assertThat(row(SamplePower.table(), ClaimId.C02).lines()).isEmpty();
    assertThat(ClaimsPage.text(none(), List.of(), SamplePower.table()))
        .contains("band [-0.65, -0.35]: not tried</span>");
    assertThat(ClaimsMarkdown.text(none(), List.of(), SamplePower.table()))
        .contains(
            "| C02 on pmnist-fc5 | `exponent` | [-0.65, -0.35] | – | – | not tried | – | – | – |")
        .contains(
            "| C01 on pmnist-fc5 | `exponent` | [-0.65, -0.35] | -0.5 | 0.15 inside | fails 0 of"
                + " 3,000, at most 0.0009981 | 33.3 % | 4 | 8 seeds |");
  }

  private static ClaimMatrix none() {
    return ClaimMatrix.of(List.of(), List.of(EXPECTED), Past.none());
  }

  @Test
  void trials_against_another_band_do_not_count() {
    CheckPower known =
        SamplePower.recorded()
            .of(new CheckPower.Key("pmnist-fc5", Scale.QUICK, ClaimId.C01, "exponent"))
            .orElseThrow();
    CheckPower ofAnother =
        new CheckPower(
            known.key(),
            known.planted(),
            known.images(),
            "[-1, 0]",
            known.commit(),
            known.positions());

    PowerTable table =
        PowerTable.of(
            List.of(new ClaimMatrix.Column("pmnist-fc5", Scale.QUICK)),
            List.of(EXPECTED),
            RecordedPower.none().with(ofAnother));

    assertThat(row(table, ClaimId.C01).lines()).isEmpty();
    assertThat(ClaimsMarkdown.text(none(), List.of(), table))
        .contains("– | – | not tried for this band |");
  }

  @Test
  void what_is_recorded_is_read() {
    RecordedPower recorded = RecordedPower.read(Path.of("expected"));
    PowerTable table =
        PowerTable.of(
            List.of(new ClaimMatrix.Column("pmnist-fc5", Scale.QUICK)),
            List.of(EXPECTED),
            recorded);

    assertThat(row(table, ClaimId.C06).lines()).isNotEmpty();
  }
}
