package mitosis.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import mitosis.claim.Baseline;
import mitosis.claim.ClaimId;
import mitosis.claim.ClaimResult;
import mitosis.claim.Verdict;
import mitosis.report.AuditFinding.Answer;
import org.junit.jupiter.api.Test;

class AuditFindingTest {

  private static final OptionalDouble CRITICAL = OptionalDouble.of(99.6);

  private static List<ClaimResult> results(ClaimId changed, Verdict verdict) {
    List<ClaimResult> results = new ArrayList<>();
    for (ClaimId claim : List.of(ClaimId.C02, ClaimId.C05, ClaimId.C06, ClaimId.C07, ClaimId.C15)) {
      results.add(
          SampleResults.result(
              claim,
              "a.B#" + claim,
              claim == changed ? verdict : Verdict.REPRODUCED,
              Optional.empty()));
    }
    return results;
  }

  @Test
  void allThreeSignsAndTwoClonesMakeANetworkRedundant() {
    AuditFinding finding = AuditFinding.of(results(null, null), CRITICAL, 512);

    assertThat(finding.answer()).isEqualTo(Answer.REDUNDANT);
    assertThat(finding.sentence()).isEqualTo("wide enough: 5.1 clones of 100 neurons");
  }

  @Test
  void oneSignThatIsMissedMakesItNot() {
    AuditFinding finding =
        AuditFinding.of(results(ClaimId.C06, Verdict.NOT_REPRODUCED), CRITICAL, 512);

    assertThat(finding.answer()).isEqualTo(Answer.NOT_REDUNDANT);
    assertThat(finding.sentence())
        .isEqualTo("not redundant: C06 reconstruction, exponent of -0.47 should be [-0.65, -0.35]");
  }

  @Test
  void theScalingLawIsNoSignOfAClone() {
    assertThat(
            AuditFinding.of(results(ClaimId.C02, Verdict.NOT_REPRODUCED), CRITICAL, 512).answer())
        .isEqualTo(Answer.REDUNDANT);
  }

  @Test
  void whatCannotBeToldLeavesItUndecided() {
    assertThat(
            AuditFinding.of(results(ClaimId.C07, Verdict.UNDERPOWERED), CRITICAL, 512).sentence())
        .isEqualTo(
            "undecided: C07 uncorrelated-residuals, exponent of -0.47 may or may not be [-0.65, -0.35]");
    assertThat(
            AuditFinding.of(results(ClaimId.C05, Verdict.UNTESTED), OptionalDouble.empty(), 512)
                .sentence())
        .isEqualTo("undecided: C05 interpolation, exponent, is untested");
  }

  @Test
  void aMissThatPlantedClonesShareLeavesItUndecided() {
    List<ClaimResult> results = results(ClaimId.C06, Verdict.NOT_REPRODUCED);
    results.replaceAll(
        result ->
            result.claim() == ClaimId.C06
                ? SampleResults.result(
                    ClaimId.C06,
                    result.test(),
                    Verdict.NOT_REPRODUCED,
                    Optional.empty(),
                    Baseline.State.NONE,
                    SampleResults.REJECTED_CLONES)
                : result);

    assertThat(AuditFinding.of(results, CRITICAL, 512).sentence())
        .isEqualTo(
            "undecided: C06 reconstruction, exponent of -0.47 should be [-0.65, -0.35], which so few images or"
                + " neurons cannot show: control 'planted clones' came out REJECTED, must be ACCEPTED");
  }

  @Test
  void aSignThatWasNotCheckedLeavesItUndecided() {
    List<ClaimResult> some =
        results(null, null).stream().filter(r -> r.claim() != ClaimId.C15).toList();

    assertThat(AuditFinding.of(some, CRITICAL, 512).sentence())
        .isEqualTo("undecided: C15 clone-count was not checked");
  }
}
