package mitosis.report;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import mitosis.claim.Baseline;
import mitosis.claim.ClaimResult;
import mitosis.claim.ClaimResultJson;
import mitosis.claim.Control;
import mitosis.claim.Decimal;
import mitosis.claim.Verdict;
import mitosis.report.FailsafeReports.FailsafeRun;
import mitosis.report.FailsafeReports.FailsafeRun.Ending;
import mitosis.report.FailsafeReports.FailsafeRun.TestCase;

/**
 * Decides the build: whether the suite works and finds what it found before. A claim that does not
 * hold, and is recorded so, does not close the gate.
 */
public final class Gate {

  private static final String GREEN =
      "Green means that the suite works and finds what was recorded, or something NEW; which claims"
          + " hold is in the column 'verdict'.";

  private Gate() {}

  /**
   * Prints the verdicts and decides the build.
   *
   * @param args the path of {@code claims.json} and the folder of Failsafe's reports
   * @throws GateClosed if the build must fail
   * @throws IllegalArgumentException if there are not two arguments
   */
  public static void main(String[] args) {
    if (args.length != 2) {
      throw new IllegalArgumentException(
          "got " + args.length + " arguments; give claims.json and the failsafe-reports folder");
    }
    decide(
        new ClaimsJson(Path.of(args[0])),
        Path.of(args[1]),
        new PrintStream(System.out, true, StandardCharsets.UTF_8));
  }

  /** As {@link #main}, printing to {@code out}. */
  static void decide(ClaimsJson claims, Path failsafeReports, PrintStream out) {
    List<String> problems = new ArrayList<>();
    List<ClaimResult> results = List.of();
    try {
      results = claims.read();
    } catch (IllegalArgumentException e) {
      problems.add(e.getMessage());
    }
    try {
      problems.addAll(problemsOf(FailsafeReports.read(failsafeReports), results));
    } catch (IllegalArgumentException e) {
      problems.add(e.getMessage());
    }
    problems.addAll(problemsOf(results));
    out.println(table(results));
    out.println(counts(results));
    out.println(GREEN);
    if (!problems.isEmpty()) {
      throw new GateClosed(problems);
    }
  }

  /**
   * What speaks against the results themselves: other verdicts than recorded, drift, wrong
   * controls.
   */
  static List<String> problemsOf(List<ClaimResult> results) {
    List<String> problems = new ArrayList<>();
    for (ClaimResult result : results) {
      if (result.differsFromFinding()) {
        problems.add(
            result.name()
                + ": the verdict is "
                + result.verdict()
                + ", the recorded finding "
                + result.finding().orElseThrow()
                + " and no group of other seeds came to it; find out what changed, and record the new finding with its reason if it is"
                + " right. Rerun: "
                + result.rerun());
      }
      if (result.baseline() == Baseline.State.DRIFTED) {
        problems.add(
            result.name()
                + ": DRIFTED to "
                + Decimal.text(result.measured().orElse(Double.NaN))
                + "; find out what changed in code, data or machine, and record a new baseline if"
                + " it is right. Rerun: "
                + result.rerun());
      }
      for (Control control : result.controls()) {
        if (control.speaksAgainstTheSuite()) {
          problems.add(result.name() + ": " + control + ". Rerun: " + result.rerun());
        }
      }
    }
    return problems;
  }

  /** What speaks against the run: a crash, errors, tests of which no result is known. */
  static List<String> problemsOf(FailsafeRun run, List<ClaimResult> results) {
    List<String> problems = new ArrayList<>();
    if (run.timedOut()) {
      problems.add("the tests' process was stopped for taking too long");
    }
    for (String death : run.deaths()) {
      problems.add(
          "the tests' process died, and what it was to test after that was not tested: " + death);
    }
    if (!run.crash().isEmpty() && run.deaths().isEmpty()) {
      problems.add("the tests' process crashed: " + run.crash());
    }
    if (run.cases().isEmpty()) {
      problems.add("no test ran; check -Dgroups and -Dit.test");
    } else if (run.deaths().isEmpty() && run.cases().size() != run.completed()) {
      problems.add(
          "Failsafe completed "
              + run.completed()
              + " tests, its reports have "
              + run.cases().size()
              + "; reports are missing or left from another run, delete the folder and run again");
    }
    Set<String> known = results.stream().map(ClaimResult::test).collect(Collectors.toSet());
    for (TestCase test : run.cases()) {
      if (test.ending() == Ending.ERROR) {
        problems.add(test.name() + ": error, no result: " + test.detail());
      } else if (test.ending() != Ending.PASSED && !known.contains(test.name())) {
        problems.add(
            test.name()
                + ": "
                + test.ending().name().toLowerCase(Locale.ROOT)
                + " without an entry in claims.json; it must record its result first");
      }
    }
    return problems;
  }

  /** The verdicts as a table in plain text. */
  static String table(List<ClaimResult> results) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(
        List.of(
            "claim",
            "system",
            "scale",
            "quantity",
            "verdict",
            "finding",
            "baseline",
            "measured",
            "band"));
    for (ClaimResult result : results) {
      rows.add(
          List.of(
              result.claim().title(),
              result.system(),
              result.scale().word(),
              result.quantity(),
              result.verdict().name(),
              result.finding().map(Verdict::name).orElse(ClaimResultJson.NEW),
              result.baseline().name(),
              result.measured().isPresent() ? Decimal.text(result.measured().getAsDouble()) : "-",
              result.band().toString()));
    }
    return rows.stream().map(row -> line(row, rows)).collect(Collectors.joining("\n"));
  }

  /** How many results have each verdict, and how many are new. */
  static String counts(List<ClaimResult> results) {
    String verdicts =
        Arrays.stream(Verdict.values())
            .map(v -> results.stream().filter(r -> r.verdict() == v).count() + " " + v)
            .collect(Collectors.joining(", "));
    long news = results.stream().filter(r -> r.finding().isEmpty()).count();
    return verdicts + "; " + news + " of them " + ClaimResultJson.NEW;
  }

  private static String line(List<String> row, List<List<String>> rows) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < row.size(); i++) {
      int column = i;
      int width = rows.stream().mapToInt(r -> r.get(column).length()).max().orElse(0);
      line.append(row.get(i)).append(" ".repeat(width - row.get(i).length() + 2));
    }
    return line.toString().stripTrailing();
  }

  /** The build must fail; the message lists why. */
  public static final class GateClosed extends RuntimeException {

    private static final long serialVersionUID = 1L;

    GateClosed(List<String> problems) {
      super(
          "the build fails for "
              + problems.size()
              + (problems.size() == 1 ? " reason:" : " reasons:")
              + "\n  - "
              + String.join("\n  - ", problems));
    }
  }
}
