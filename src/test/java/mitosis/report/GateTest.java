package mitosis.report;

import static mitosis.report.SampleResults.GOOD;
import static mitosis.report.SampleResults.WRONG;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import mitosis.claim.Baseline;
import mitosis.claim.ClaimId;
import mitosis.claim.ClaimResult;
import mitosis.claim.Verdict;
import mitosis.report.FailsafeReports.FailsafeRun;
import mitosis.report.FailsafeReports.FailsafeRun.Ending;
import mitosis.report.FailsafeReports.FailsafeRun.TestCase;
import mitosis.report.Gate.GateClosed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GateTest {

  /**
   * After the files that Failsafe 3.6.1 wrote for a class with a pass, a miss and an aborted test.
   */
  private static final String REPORT =
      """
      <?xml version="1.0" encoding="UTF-8"?>
      <testsuite version="3.0.2" name="a.B$On" time="0.087" tests="3" errors="0" skipped="1" failures="1" flakes="0">
        <properties><property name="java.version" value="17"/></properties>
        <testcase name="aborts" classname="a.B$On" time="0.0">
          <skipped type="org.opentest4j.TestAbortedException"><![CDATA[org.opentest4j.TestAbortedException: UNDERPOWERED: y
      	at a.B.aborts(B.java:8)
      ]]></skipped>
        </testcase>
        <testcase name="misses(Evidence, Expected)" classname="a.B$On" time="0.012">
          <failure message="NOT_REPRODUCED: x" type="mitosis.claim.ClaimMissed"><![CDATA[trace]]></failure>
        </testcase>
        <testcase name="holds" classname="a.B$On" time="0.001"/>
      </testsuite>
      """;

  private static final String ERROR =
      """
        <testcase name="errs" classname="a.B$On" time="0.005">
          <error message="boom" type="java.lang.IllegalStateException"><![CDATA[trace]]></error>
        </testcase>
      </testsuite>
      """;

  private static final List<ClaimResult> RESULTS =
      List.of(
          SampleResults.result(ClaimId.C01, "a.B$On#holds", Verdict.REPRODUCED, Optional.empty()),
          SampleResults.result(
              ClaimId.C02,
              "a.B$On#misses",
              Verdict.NOT_REPRODUCED,
              Optional.of(Verdict.NOT_REPRODUCED)),
          SampleResults.result(
              ClaimId.C07,
              "a.B$On#aborts",
              Verdict.UNDERPOWERED,
              Optional.of(Verdict.UNDERPOWERED)));

  @TempDir Path folder;

  private static String summary(int completed, boolean timeout, String failure) {
    return """
        <?xml version="1.0" encoding="UTF-8"?>
        <failsafe-summary xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" result="255" timeout="%s">
            <completed>%d</completed>
            <errors>0</errors>
            <failures>1</failures>
            <skipped>1</skipped>
            <flakes>0</flakes>
            <failureMessage>%s</failureMessage>
        </failsafe-summary>
        """
        .formatted(timeout, completed, failure);
  }

  private void write(String report, String summary, List<ClaimResult> results) throws IOException {
    Files.createDirectories(folder.resolve("reports"));
    Files.writeString(folder.resolve("reports/TEST-a.B$On.xml"), report);
    Files.writeString(folder.resolve("reports/failsafe-summary.xml"), summary);
    ClaimsJson claims = new ClaimsJson(folder.resolve("claims.json"));
    results.forEach(claims::put);
  }

  private String decide() {
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    Gate.decide(
        new ClaimsJson(folder.resolve("claims.json")),
        folder.resolve("reports"),
        new PrintStream(printed, true, StandardCharsets.UTF_8));
    return printed.toString(StandardCharsets.UTF_8);
  }

  @Test
  void a_recorded_miss_and_a_new_claim_leave_the_gate_open() throws IOException {
    write(REPORT, summary(3, false, ""), RESULTS);

    assertThat(decide())
        .contains("1 REPRODUCED, 1 NOT_REPRODUCED, 1 UNDERPOWERED, 0 UNTESTED; 1 of them NEW")
        .contains("Green means that the suite works");
  }

  @Test
  void all_reasons_are_listed_together() throws IOException {
    write(
        REPORT.replace("</testsuite>\n", ERROR),
        summary(4, false, ""),
        List.of(
            SampleResults.result(
                ClaimId.C02,
                "a.B$On#misses",
                Verdict.NOT_REPRODUCED,
                Optional.of(Verdict.REPRODUCED))));

    assertThatExceptionOfType(GateClosed.class)
        .isThrownBy(this::decide)
        .withMessageStartingWith("the build fails for 3 reasons:")
        .withMessageContaining(
            "C02 pmnist-fc5 quick exponent: the verdict is NOT_REPRODUCED, the recorded finding"
                + " REPRODUCED")
        .withMessageContaining(
            "a.B$On#errs: error, no result: java.lang.IllegalStateException: boom")
        .withMessageContaining("a.B$On#aborts: skipped without an entry in claims.json");
  }

  @Test
  void a_run_without_traces_closes_the_gate() {
    assertThatExceptionOfType(GateClosed.class)
        .isThrownBy(this::decide)
        .withMessageContaining("claims.json: no such file")
        .withMessageContaining("failsafe-summary.xml: no such file; no test ran");
  }

  @Test
  void reports_that_were_cut_off_close_the_gate() throws IOException {
    write(REPORT.substring(0, 300), summary(3, false, ""), RESULTS);

    assertThatExceptionOfType(GateClosed.class)
        .isThrownBy(this::decide)
        .withMessageContaining("TEST-a.B$On.xml: not readable as XML, was the run cut off?");
  }

  @Test
  void a_summary_without_numbers_closes_the_gate() throws IOException {
    write(REPORT, summary(3, false, "").replace(">3<", "><"), RESULTS);

    assertThatExceptionOfType(GateClosed.class)
        .isThrownBy(this::decide)
        .withMessageContaining("failsafe-summary.xml: field completed is ''");
  }

  @Test
  void a_test_case_knows_its_method_without_parameters() throws IOException {
    write(REPORT, summary(3, false, ""), RESULTS);

    assertThat(FailsafeReports.read(folder.resolve("reports")).cases())
        .containsExactly(
            new TestCase("a.B$On#aborts", Ending.SKIPPED, ""),
            new TestCase("a.B$On#misses", Ending.MISSED, ""),
            new TestCase("a.B$On#holds", Ending.PASSED, ""));
  }

  @Test
  void an_assertion_that_is_no_missed_claim_is_an_error() throws IOException {
    write(
        REPORT.replace("mitosis.claim.ClaimMissed", "java.lang.AssertionError"),
        summary(3, false, ""),
        RESULTS);

    assertThat(FailsafeReports.read(folder.resolve("reports")).cases())
        .contains(
            new TestCase(
                "a.B$On#misses", Ending.ERROR, "java.lang.AssertionError: NOT_REPRODUCED: x"));
  }

  @Test
  void a_crash_a_timeout_and_lost_reports_are_problems() {
    List<TestCase> one = List.of(new TestCase("a.B#c", Ending.PASSED, ""));

    assertThat(Gate.problemsOf(new FailsafeRun(1, false, "", List.of(), one), List.of())).isEmpty();
    assertThat(Gate.problemsOf(new FailsafeRun(1, true, "", List.of(), one), List.of()))
        .containsExactly("the tests' process was stopped for taking too long");
    assertThat(Gate.problemsOf(new FailsafeRun(1, false, "VM crash", List.of(), one), List.of()))
        .containsExactly("the tests' process crashed: VM crash");
    assertThat(Gate.problemsOf(new FailsafeRun(2, false, "", List.of(), one), List.of()))
        .singleElement()
        .asString()
        .contains("completed 2 tests, its reports have 1");
    assertThat(Gate.problemsOf(new FailsafeRun(0, false, "", List.of(), List.of()), List.of()))
        .containsExactly("no test ran; check -Dgroups and -Dit.test");
  }

  /**
   * Of the file that the script which starts the tests' process leaves when it dies. Failsafe
   * counts no test of such a process as completed, though it reports those of finished classes.
   */
  @Test
  void a_process_that_died_closes_the_gate_which_names_the_test_and_the_last_words()
      throws IOException {
    write(REPORT, summary(0, false, "ExecutionException The forked VM terminated"), RESULTS);
    Files.writeString(
        folder.resolve("reports/a.C$On.died"),
        """
        a.C$On#crashes
        on AMD EPYC; PyTorch 2.5.1, DJL 0.32.0
        exit code 134, by signal SIGABRT
        last words: free(): invalid pointer
        """);

    assertThatExceptionOfType(GateClosed.class)
        .isThrownBy(this::decide)
        .withMessageStartingWith("the build fails for 1 reason")
        .withMessageContainingAll(
            "the tests' process died, and what it was to test after that was not tested",
            "a.C$On#crashes",
            "on AMD EPYC; PyTorch 2.5.1, DJL 0.32.0",
            "SIGABRT",
            "last words: free(): invalid pointer");
  }

  @Test
  void a_better_verdict_than_recorded_is_a_problem_too() {
    assertThat(
            Gate.problemsOf(
                List.of(
                    SampleResults.result(
                        ClaimId.C01,
                        "a.B#c",
                        Verdict.REPRODUCED,
                        Optional.of(Verdict.NOT_REPRODUCED)))))
        .singleElement()
        .asString()
        .contains("the verdict is REPRODUCED, the recorded finding NOT_REPRODUCED")
        .endsWith("Rerun: mvn verify -Dgroups=C01");
  }

  @Test
  void a_verdict_that_groups_of_other_seeds_came_to_is_no_change() {
    ClaimResult undecided =
        SampleResults.result(
            ClaimId.C02,
            "a.B#c",
            Verdict.UNDERPOWERED,
            Optional.of(Verdict.NOT_REPRODUCED),
            Set.of(Verdict.NOT_REPRODUCED, Verdict.UNDERPOWERED));
    ClaimResult reproduced =
        SampleResults.result(
            ClaimId.C02,
            "a.B#c",
            Verdict.REPRODUCED,
            Optional.of(Verdict.NOT_REPRODUCED),
            Set.of(Verdict.NOT_REPRODUCED, Verdict.UNDERPOWERED));

    assertThat(Gate.problemsOf(List.of(undecided))).isEmpty();
    assertThat(Gate.problemsOf(List.of(reproduced)))
        .singleElement()
        .asString()
        .contains("NOT_REPRODUCED and no group of other seeds came to it");
  }

  @Test
  void a_decided_claim_that_is_not_decided_now_is_a_problem() {
    assertThat(
            Gate.problemsOf(
                List.of(
                    SampleResults.result(
                        ClaimId.C01, "a.B#c", Verdict.UNTESTED, Optional.of(Verdict.REPRODUCED)))))
        .singleElement()
        .asString()
        .contains("the verdict is UNTESTED");
  }

  @Test
  void drift_and_wrong_controls_are_problems_even_of_new_claims() {
    assertThat(
            Gate.problemsOf(
                List.of(
                    SampleResults.result(
                        ClaimId.C01,
                        "a.B#c",
                        Verdict.REPRODUCED,
                        Optional.empty(),
                        Baseline.State.DRIFTED,
                        WRONG))))
        .satisfiesExactly(
            drift -> assertThat(drift).contains("DRIFTED to -0.47"),
            control ->
                assertThat(control)
                    .contains("control 'Gaussian layer' came out ACCEPTED, must be REJECTED"));
    assertThat(
            Gate.problemsOf(
                List.of(
                    SampleResults.result(
                        ClaimId.C01,
                        "a.B#c",
                        Verdict.REPRODUCED,
                        Optional.empty(),
                        Baseline.State.NONE,
                        GOOD))))
        .isEmpty();
  }

  @Test
  void the_table_has_a_line_for_each_result_under_aligned_headings() {
    List<String> lines = Gate.table(RESULTS).lines().toList();

    assertThat(lines).hasSize(4);
    int column = lines.get(0).indexOf("verdict");
    assertThat(lines.get(1).substring(column)).startsWith("REPRODUCED ");
    assertThat(lines.get(2).substring(column)).startsWith("NOT_REPRODUCED ");
    assertThat(lines.get(1)).contains(" NEW ");
  }

  @Test
  void two_arguments_are_needed() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Gate.main(new String[] {"claims.json"}))
        .withMessageContaining("got 1 arguments");
  }
}
