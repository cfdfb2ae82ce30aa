package mitosis.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import mitosis.claim.Baseline;
import mitosis.claim.ClaimId;
import mitosis.claim.Verdict;
import mitosis.report.Gate.GateClosed;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditGateTest {

  @TempDir Path folder;

  private Path claims;

  @BeforeEach
  void anAudit() throws IOException {
    claims = folder.resolve("claims.json");
    new ClaimsJson(claims)
        .put(
            SampleResults.result(
                ClaimId.C06,
                "a.B#c",
                Verdict.NOT_REPRODUCED,
                Optional.empty(),
                Baseline.State.NONE,
                SampleResults.WRONG));
    Path reports = Files.createDirectories(folder.resolve("failsafe"));
    Files.writeString(
        reports.resolve("TEST-a.B.xml"),
        """
        <testsuite name="a.B" tests="1"><testcase name="c" classname="a.B">
        <failure message="m" type="mitosis.claim.ClaimMissed"/></testcase></testsuite>
        """);
    Files.writeString(
        reports.resolve("failsafe-summary.xml"),
        """
        <failsafe-summary result="255" timeout="false"><completed>1</completed><errors>0</errors>
        <failures>1</failures><skipped>0</skipped><flakes>0</flakes><failureMessage/></failsafe-summary>
        """);
    Files.writeString(
        folder.resolve("audit.json"),
        """
        {"finding": "not redundant: C06", "redundant": "NOT_REDUNDANT"}
        """);
  }

  private String decide(boolean mustBeRedundant) {
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    AuditGate.decide(
        claims,
        folder.resolve("failsafe"),
        mustBeRedundant,
        new PrintStream(printed, true, StandardCharsets.UTF_8));
    return printed.toString(StandardCharsets.UTF_8);
  }

  @Test
  void anAuditThatWasMadePassesWhateverItFound() {
    assertThat(decide(false)).contains("not redundant: C06").contains("NOT_REPRODUCED");
  }

  @Test
  void unlessRedundancyIsRequired() {
    assertThatExceptionOfType(GateClosed.class)
        .isThrownBy(() -> decide(true))
        .withMessageContaining("-Dsubject.require=redundant: the network is not redundant: C06");
  }

  @Test
  void aNetworkThatIsRedundantMeetsTheRequirement() throws IOException {
    Files.writeString(
        folder.resolve("audit.json"),
        """
        {"finding": "wide enough: 5.1 clones of 100 neurons", "redundant": "REDUNDANT"}
        """);

    assertThat(decide(true)).contains("wide enough");
  }

  @Test
  void anAuditThatWasNotMadeFails() throws IOException {
    Files.delete(folder.resolve("audit.json"));

    assertThatExceptionOfType(GateClosed.class)
        .isThrownBy(() -> decide(false))
        .withMessageContaining("the audit was not made");
  }
}
