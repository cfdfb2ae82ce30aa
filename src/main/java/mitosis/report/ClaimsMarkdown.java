package mitosis.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import mitosis.claim.ClaimId;
import mitosis.claim.ClaimResult;
import mitosis.claim.ClaimResultJson;
import mitosis.claim.Control;
import mitosis.claim.Decimal;
import mitosis.claim.Verdict;

/** The results as a page for people: first which claims stand, then each number with its reason. */
public final class ClaimsMarkdown {

  private static final String PREAMBLE =
      """
      # Which claims stand

      Two questions are answered here, and never mixed.

      **Does the claim hold?** The measured value has an interval, the claim has a band that was taken from the paper
      before anything was measured, or as its entry in `expected/` says. `REPRODUCED`: the whole interval lies in the band. `NOT_REPRODUCED`: none of it does; a
      result like any other. `UNDERPOWERED`: it straddles the band's edge, or a control shows that the check cannot tell.
      `UNTESTED`: not measured.

      **Is the suite the same as last time?** The finding is the verdict that was recorded before (`NEW`: none yet), the
      baseline the same number from earlier runs with other seeds (`STABLE`, `DRIFTED`, `NONE`). The build fails if these
      disagree or a control comes out wrong, and not because a claim does not hold.
      """;

  private ClaimsMarkdown() {}

  /**
   * The page.
   *
   * @param matrix the results
   * @param departures how what was measured departs from the papers' recipe, one text a system;
   *     Markdown
   * @param power how often the checks are wrong
   */
  public static String text(ClaimMatrix matrix, List<String> departures, PowerTable power) {
    StringBuilder page = new StringBuilder(PREAMBLE);
    page.append("\n**How this run departs from the papers' recipe.** ")
        .append(departures.stream().map(String::strip).collect(Collectors.joining("\n\n")))
        .append("\n\n");
    matrix.loaded().ifPresent(text -> page.append(text).append("\n\n"));
    appendMatrix(page, matrix);
    new TreeMap<>(matrix.results().stream().collect(Collectors.groupingBy(ClaimResult::claim)))
        .forEach((claim, ofClaim) -> appendClaim(page, claim, ofClaim));
    appendPower(page, power);
    matrix.unread().forEach(text -> page.append("\nNot read: ").append(oneLine(text)).append('\n'));
    return page.toString();
  }

  /**
   * Writes {@link #text} to a file in UTF-8.
   *
   * @throws UncheckedIOException if the file cannot be written
   */
  public static void write(
      Path file, ClaimMatrix matrix, List<String> departures, PowerTable power) {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      Files.writeString(file, text(matrix, departures, power));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }

  private static void appendMatrix(StringBuilder page, ClaimMatrix matrix) {
    List<ClaimMatrix.Column> columns = matrix.columns();
    appendRow(
        page, "claim", columns.stream().map(Objects::toString).collect(Collectors.joining(" | ")));
    appendRow(page, "---", columns.stream().map(c -> "---").collect(Collectors.joining(" | ")));
    for (ClaimMatrix.Row row : matrix.rows()) {
      appendRow(
          page,
          row.claim().title(),
          row.cells().stream().map(ClaimsMarkdown::cell).collect(Collectors.joining(" | ")));
    }
  }

  private static String cell(ClaimMatrix.Cell cell) {
    return cell.entries().isEmpty()
        ? "–"
        : cell.entries().stream()
            .map(entry -> cell(entry.result()))
            .collect(Collectors.joining("<br>"));
  }

  private static String cell(ClaimResult result) {
    return shown(result.verdict())
        + " "
        + code(result.quantity())
        + " "
        + measured(result)
        + result.whatItWouldTake().map(way -> ": " + inTable(way)).orElse("");
  }

  private static void appendClaim(StringBuilder page, ClaimId claim, List<ClaimResult> results) {
    page.append("\n## ").append(claim.title()).append("\n\n");
    appendRow(
        page,
        "system",
        "scale | quantity | verdict | measured | interval | band | published | finding | baseline |"
            + " controls");
    appendRow(page, "---", "--- | --- | --- | --- | --- | --- | --- | --- | --- | ---");
    for (ClaimResult result : results) {
      appendRow(
          page,
          result.system(),
          String.join(
              " | ",
              result.scale().word(),
              code(result.quantity()),
              shown(result.verdict()),
              measured(result),
              result.interval().map(Objects::toString).orElse("–"),
              result.band().toString(),
              result.published().isPresent() ? Decimal.text(result.published().getAsDouble()) : "–",
              result.finding().map(Verdict::name).orElse(ClaimResultJson.NEW),
              result.baseline().name(),
              controls(result)));
    }
    for (ClaimResult result : results) {
      page.append("\n- ")
          // Two spaces end a line within an item.
          .append(result.reason().lines().collect(Collectors.joining("  \n  ")))
          .append("  \n  rerun: ")
          .append(code(oneLine(result.rerun())))
          .append('\n');
    }
  }

  private static void appendPower(StringBuilder page, PowerTable power) {
    if (power.rows().isEmpty()) {
      return;
    }
    page.append("\n## How often the checks are wrong\n\n").append(PowerTable.ABOUT).append("\n\n");
    appendRow(
        page,
        "check",
        "quantity | band | true value | from the edge | wrong verdicts | decided | seeds | what"
            + " would reach the goal");
    appendRow(page, "---", "--- | --- | --- | --- | --- | --- | --- | ---");
    for (PowerTable.Row row : power.rows()) {
      String quantity = code(row.expectation().quantity().name());
      String band = row.expectation().band().toString();
      if (row.lines().isEmpty()) {
        appendRow(
            page,
            row.check(),
            String.join(" | ", quantity, band, "–", "–", row.untried(), "–", "–", "–"));
      }
      for (PowerTable.Line line : row.lines()) {
        appendRow(
            page,
            row.check(),
            String.join(
                " | ",
                quantity,
                band,
                line.truth(),
                line.place(),
                line.wrong(),
                line.decided(),
                String.valueOf(line.position().seeds()),
                line.remedy().isEmpty() ? "reached" : line.remedy()));
      }
    }
  }

  private static String shown(Verdict verdict) {
    return "**" + verdict + "**";
  }

  private static String measured(ClaimResult result) {
    return result.measured().isPresent() ? Decimal.text(result.measured().getAsDouble()) : "–";
  }

  private static String controls(ClaimResult result) {
    if (result.controls().isEmpty()) {
      return "none ran";
    }
    List<Control> wrong = result.controls().stream().filter(Control::isWrong).toList();
    return wrong.isEmpty()
        ? "all " + result.controls().size() + " right"
        : wrong.stream().map(c -> inTable(c.toString())).collect(Collectors.joining("<br>"));
  }

  private static void appendRow(StringBuilder page, String first, String rest) {
    page.append("| ").append(first).append(" | ").append(rest).append(" |\n");
  }

  private static String code(String text) {
    return "`" + text + "`";
  }

  private static String inTable(String text) {
    return oneLine(text).replace("|", "\\|");
  }

  private static String oneLine(String text) {
    return text.replaceAll("\\s+", " ");
  }
}
