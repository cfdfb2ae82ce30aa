package mitosis.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import mitosis.claim.ClaimResult;
import mitosis.report.Gate.GateClosed;

/**
 * Decides the build of an audit: whether it was made, whatever it found, unless {@code
 * -Dsubject.require=redundant} asks for more.
 */
public final class AuditGate {

  private AuditGate() {}

  /**
   * Prints the verdicts and what they say together, and decides the build.
   *
   * @param args the path of {@code claims.json}, beside which {@code audit.json} lies, and the
   *     folder of Failsafe's reports
   * @throws GateClosed if the build must fail
   * @throws IllegalArgumentException if there are not two arguments
   */
  public static void main(String[] args) {
    if (args.length != 2) {
      throw new IllegalArgumentException(
          "got " + args.length + " arguments; give claims.json and the failsafe-reports folder");
    }
    decide(
        Path.of(args[0]),
        Path.of(args[1]),
        System.getProperty("subject.require") != null,
        new PrintStream(System.out, true, StandardCharsets.UTF_8));
  }

  /** As {@link #main}, printing to {@code out}. */
  static void decide(Path claims, Path failsafeReports, boolean mustBeRedundant, PrintStream out) {
    List<String> problems = new ArrayList<>();
    try {
      List<ClaimResult> results = new ClaimsJson(claims).read();
      out.println(Gate.table(results));
      problems.addAll(Gate.problemsOf(FailsafeReports.read(failsafeReports), results));
    } catch (IllegalArgumentException e) {
      problems.add(e.getMessage());
    }
    Path audit = claims.resolveSibling("audit.json");
    if (Files.isRegularFile(audit)) {
      JsonNode found = read(audit);
      out.println(found.path("finding").asText());
      String answer = found.path("redundant").asText();
      if (mustBeRedundant && !answer.equals(AuditFinding.Answer.REDUNDANT.name())) {
        problems.add(
            "-Dsubject.require=redundant: the network is " + found.path("finding").asText());
      }
    } else {
      problems.add(audit + ": no such file; the audit was not made");
    }
    if (!problems.isEmpty()) {
      throw new GateClosed(problems);
    }
  }

  private static JsonNode read(Path audit) {
    try {
      return new ObjectMapper().readTree(audit.toFile());
    } catch (IOException e) {
      throw new IllegalArgumentException(audit + ": not readable as JSON: " + e.getMessage(), e);
    }
  }
}
