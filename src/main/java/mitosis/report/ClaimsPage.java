package mitosis.report;

import java.awt.Color;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import mitosis.claim.ClaimResult;
import mitosis.claim.Decimal;
import mitosis.claim.Verdict;
import mitosis.data.DurableFile;
import mitosis.report.ClaimMatrix.Cell;
import mitosis.report.ClaimMatrix.Entry;
import mitosis.report.ClaimMatrix.Row;

/**
 * The first page: which claims hold on which system, as one HTML file that asks for nothing else,
 * runs no script, and reads by day and night and on a phone.
 *
 * <p>Cells link to the tests in the Allure report by the tests' names; once that report is there,
 * {@link AllureLinks} puts Allure's own addresses in their place.
 */
public final class ClaimsPage {

  /** A link to a test by its name, which follows. */
  static final String LINK_BY_NAME = "allure/index.html#test=";

  private static final String TITLE = "Which claims hold on which system?";

  private final ClaimMatrix matrix;
  private final List<String> departures;
  private final PowerTable power;
  private final StringBuilder page = new StringBuilder();

  private ClaimsPage(ClaimMatrix matrix, List<String> departures, PowerTable power) {
    this.matrix = matrix;
    this.departures = departures;
    this.power = power;
  }

  /**
   * The page.
   *
   * @param departures how what was measured departs from the papers, one text a system
   * @param power how often the checks are wrong
   */
  public static String text(ClaimMatrix matrix, List<String> departures, PowerTable power) {
    return new ClaimsPage(matrix, departures, power).document();
  }

  /**
   * Writes {@link #text} to a file in UTF-8, replacing it as a whole.
   *
   * @throws UncheckedIOException if the file cannot be written
   */
  public static void write(
      Path file, ClaimMatrix matrix, List<String> departures, PowerTable power) {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      DurableFile.write(file, text(matrix, departures, power).getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }

  /** The same page where its links to other files would lead nowhere. */
  static String withoutLinks(String page) {
    return page.replaceAll(" href=\"[^#\"][^\"]*\"", "").replaceAll("(?s)<nav>.*?</nav>", "");
  }

  /** Text as it stands in HTML, also between double quotes. */
  static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }

  /** The name under which Allure knows a result's test. */
  static String testName(ClaimResult result) {
    return result.test().replace('#', '.');
  }

  private String document() {
    page.append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
        .append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
        .append("<meta name=\"color-scheme\" content=\"light dark\">\n")
        // An icon of its own, or a browser asks for one.
        .append("<link rel=\"icon\" href=\"data:,\">\n<title>")
        .append(TITLE)
        .append("</title>\n<style>\n:root { ")
        .append(Theme.LIGHT.css())
        .append(" }\n@media (prefers-color-scheme: dark) {\n  :root { ")
        .append(Theme.DARK.css())
        .append(" }\n}\n")
        .append(STYLE)
        .append("</style>\n</head>\n<body>\n")
        .append(MARKS)
        .append("<main>\n<h1>")
        .append(TITLE)
        .append("</h1>\n");
    appendSummary();
    appendMatrix();
    appendPower();
    appendNotes();
    return page.append("</main>\n</body>\n</html>\n").toString();
  }

  private void appendSummary() {
    List<ClaimResult> results = matrix.results();
    page.append("<ul class=\"verdicts\">\n");
    for (Verdict verdict : Verdict.values()) {
      page.append("<li class=\"")
          .append(verdict)
          .append("\"><span class=\"verdict\">")
          .append(mark(verdict))
          .append("<b>")
          .append(results.stream().filter(result -> result.verdict() == verdict).count())
          .append("</b> ")
          .append(verdict)
          .append("</span> ")
          .append(meaning(verdict))
          .append("</li>\n");
    }
    page.append("</ul>\n<p>Measured at commit ")
        .append(
            results.stream()
                .map(PastResult::commit)
                .distinct()
                .map(commit -> "<code>" + escaped(commit) + "</code>")
                .collect(Collectors.joining(", ")))
        .append(
            ". A cell has the verdict and value of each quantity, its 95 % interval in brackets,"
                + " the band that the value is held against, and the values of earlier runs before"
                + " that band, shaded.</p>\n");
    matrix
        .loaded()
        .ifPresent(text -> page.append("<p>").append(unbroken(escaped(text))).append("</p>\n"));
    page.append(
        "<nav><a href=\"allure/index.html\">The claim report</a>, with figures, controls and"
            + " provenance; <a href=\"claims.md\">every number with its reason</a>; <a"
            + " href=\"claims.json\">the same for machines</a></nav>\n");
  }

  private static String meaning(Verdict verdict) {
    return switch (verdict) {
      case REPRODUCED -> "the whole interval lies in the band";
      case NOT_REPRODUCED -> "none of it does: a result like any other";
      case UNDERPOWERED -> "it straddles an edge, or a control shows that the check cannot tell";
      case UNTESTED -> "not measured";
    };
  }

  private void appendMatrix() {
    // Roles are said again, as a browser forgets those of a table that is laid out as blocks.
    page.append(
        "<div class=\"matrix\" role=\"region\" aria-label=\"verdicts by claim and system\""
            + " tabindex=\"0\">\n<table role=\"table\">\n<thead role=\"rowgroup\"><tr role=\"row\">"
            + "<th scope=\"col\" role=\"columnheader\">claim</th>");
    for (ClaimMatrix.Column column : matrix.columns()) {
      page.append("<th scope=\"col\" role=\"columnheader\">")
          .append(escaped(column.toString()))
          .append("</th>");
    }
    page.append("</tr></thead>\n<tbody role=\"rowgroup\">\n");
    matrix.rows().forEach(this::appendRow);
    page.append("</tbody>\n</table>\n</div>\n");
  }

  private void appendRow(Row row) {
    page.append("<tr role=\"row\"><th scope=\"row\" role=\"rowheader\"><span class=\"claim\"><b>")
        .append(row.claim())
        .append("</b> ")
        .append(row.claim().shortName())
        .append("</span>");
    row.statement()
        .ifPresent(
            text ->
                page.append("<details><summary>what it says</summary>")
                    .append(escaped(text))
                    .append("</details>"));
    page.append("</th>\n");
    for (int k = 0; k < row.cells().size(); k++) {
      appendCell(row.cells().get(k), matrix.columns().get(k));
    }
    page.append("</tr>\n");
  }

  private void appendCell(Cell cell, ClaimMatrix.Column column) {
    page.append(
            cell.entries().isEmpty() ? "<td role=\"cell\" class=\"none\">" : "<td role=\"cell\">")
        .append("<span class=\"system\" aria-hidden=\"true\">")
        .append(escaped(column.toString()))
        .append("</span>");
    if (cell.entries().isEmpty()) {
      page.append("<span aria-hidden=\"true\">–</span><span class=\"unseen\">")
          .append(cell.absence())
          .append("</span>");
    } else {
      page.append("<ul>\n");
      for (int k = 0; k < cell.entries().size(); k++) {
        appendEntry(cell.entries().get(k), remedy(cell.entries(), k));
      }
      page.append("</ul>");
    }
    page.append("</td>\n");
  }

  /** What a quantity would take, unless the next one would take the same. */
  private static Optional<String> remedy(List<Entry> entries, int k) {
    Optional<String> own = entries.get(k).result().whatItWouldTake();
    boolean again =
        k + 1 < entries.size() && entries.get(k + 1).result().whatItWouldTake().equals(own);
    return again ? Optional.empty() : own;
  }

  private void appendEntry(Entry entry, Optional<String> remedy) {
    ClaimResult result = entry.result();
    page.append("<li class=\"")
        .append(result.verdict())
        .append("\"><a href=\"")
        .append(LINK_BY_NAME)
        .append(escaped(testName(result)))
        .append("\"><span class=\"verdict\">")
        .append(mark(result.verdict()))
        .append(result.verdict())
        .append("</span> <code>")
        // Where a long name may be broken.
        .append(escaped(result.quantity()).replace("_", "_<wbr>"))
        .append("</code></a>");
    result
        .measured()
        .ifPresent(
            value ->
                page.append(" <span class=\"numbers\"><b>")
                    .append(Decimal.text(value))
                    .append("</b> <span>")
                    .append(result.interval().orElseThrow())
                    .append("</span></span>"));
    page.append(" <span class=\"held\">band ")
        .append(escaped(result.band().toString()))
        .append("</span>");
    Sparkline trend = Sparkline.of(entry.past(), result.band());
    if (!trend.isEmpty()) {
      page.append(trend.svg());
    }
    remedy.ifPresent(
        text ->
            page.append("<p class=\"take\"><b>To decide it:</b> ")
                .append(unbroken(escaped(text)))
                .append(".</p>"));
    page.append("</li>\n");
  }

  /** Keeps a line from ending after the hyphen of an option. */
  private static String unbroken(String html) {
    return html.replaceAll("(?<![\\w-])-[A-Z]\\S*\\w", "<span class=\"option\">$0</span>");
  }

  private static String mark(Verdict verdict) {
    return "<svg class=\"mark\" aria-hidden=\"true\"><use href=\"#mark-" + verdict + "\"/></svg>";
  }

  private void appendPower() {
    if (power.rows().isEmpty()) {
      return;
    }
    page.append("<h2>How often the checks are wrong</h2>\n<p>")
        .append(escaped(PowerTable.ABOUT))
        .append(
            "</p>\n"
                + "<details class=\"power\"><summary>every check, by how far the truth lies from"
                + " the band's edge</summary>\n"
                + "<div class=\"matrix\" role=\"region\" aria-label=\"wrong verdicts by check and"
                + " true value\" tabindex=\"0\">\n"
                + "<table>\n"
                + "<thead><tr>");
    for (String head :
        List.of("true value", "from the edge", "wrong", "decided", "the goal needs")) {
      page.append("<th scope=\"col\">").append(head).append("</th>");
    }
    page.append("</tr></thead>\n");
    power.rows().forEach(this::appendPower);
    page.append("</table>\n</div>\n</details>\n");
  }

  private void appendPower(PowerTable.Row row) {
    List<PowerTable.Line> lines = row.lines();
    page.append("<tbody>\n<tr><th scope=\"rowgroup\" colspan=\"5\">")
        .append(escaped(row.check()))
        .append(" <code>")
        .append(escaped(row.expectation().quantity().name()).replace("_", "_<wbr>"))
        .append("</code> <span class=\"held\">band ")
        .append(escaped(row.expectation().band().toString()))
        .append(
            lines.isEmpty()
                ? ": " + row.untried()
                : ", " + lines.get(0).position().seeds() + " seeds")
        .append("</span></th></tr>\n");
    for (PowerTable.Line line : lines) {
      page.append("<tr><th scope=\"row\">").append(escaped(line.truth())).append("</th>");
      for (String cell :
          List.of(
              line.place(),
              line.wrong(),
              line.decided(),
              line.remedy().isEmpty() ? "no more" : line.remedy())) {
        page.append("<td>").append(escaped(cell)).append("</td>");
      }
      page.append("</tr>\n");
    }
    page.append("</tbody>\n");
  }

  private void appendNotes() {
    page.append("<h2>How this run departs from the papers' recipe</h2>\n");
    departures.forEach(
        text ->
            page.append("<p>")
                .append(escaped(text.strip()).replaceAll("`([^`]*)`", "<code>$1</code>"))
                .append("</p>\n"));
    if (!matrix.unread().isEmpty()) {
      page.append("<h2>Earlier runs that could not be read</h2>\n<ul>\n");
      matrix.unread().forEach(text -> page.append("<li>").append(escaped(text)).append("</li>\n"));
      page.append("</ul>\n");
    }
  }

  private static final String MARKS =
      """
      <svg width="0" height="0" aria-hidden="true" class="unseen">
      <symbol id="mark-REPRODUCED" viewBox="0 0 16 16"><circle cx="8" cy="8" r="7.5"/><path d="M4.2 8.4l2.6 2.6 5-5.6"/></symbol>
      <symbol id="mark-NOT_REPRODUCED" viewBox="0 0 16 16"><path class="body" d="M1 1h14v14H1z"/><path d="M4.8 4.8l6.4 6.4m0-6.4l-6.4 6.4"/></symbol>
      <symbol id="mark-UNDERPOWERED" viewBox="0 0 16 16"><path class="body" d="M8 .8L15.6 15H.4z"/><path d="M4.8 11.2h6.4"/></symbol>
      <symbol id="mark-UNTESTED" viewBox="0 0 16 16"><circle class="hollow" cx="8" cy="8" r="6.5"/></symbol>
      </svg>
      """;

  private static final String STYLE =
      Arrays.stream(Verdict.values())
              .map(verdict -> ".%1$s { --verdict: var(--%1$s); }\n".formatted(verdict))
              .collect(Collectors.joining())
          + resource("first-page.css");

  private static String resource(String name) {
    try (InputStream in = ClaimsPage.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + name, e);
    }
  }

  /**
   * The colours of a page. Every colour of text has a contrast of at least 4.5 to 1 on both
   * grounds, every mark and line one of at least 3 to 1 (WCAG 2.1, 1.4.3 and 1.4.11).
   *
   * @param page the ground of the page
   * @param card the ground of cells
   * @param ink text
   * @param quiet text that says less
   * @param link links
   * @param edge lines between cells, which carry no meaning of their own
   * @param band the ground of a trend where the claim holds
   * @param verdicts the colour of each verdict's word and mark
   */
  record Theme(
      Color page,
      Color card,
      Color ink,
      Color quiet,
      Color link,
      Color edge,
      Color band,
      Map<Verdict, Color> verdicts) {

    /** By day. The verdicts' hues are those of the figures, see {@link Palette}, darkened. */
    static final Theme LIGHT =
        new Theme(
            new Color(0xf6f7f8),
            new Color(0xffffff),
            new Color(0x1c1f22),
            new Color(0x555c63),
            new Color(0x00558a),
            new Color(0xd5d9dd),
            new Color(0xd3ece3),
            Map.of(
                Verdict.REPRODUCED, new Color(0x00694d),
                Verdict.NOT_REPRODUCED, new Color(0xa83e00),
                Verdict.UNDERPOWERED, new Color(0x785200),
                Verdict.UNTESTED, new Color(0x565d64)));

    /** By night. */
    static final Theme DARK =
        new Theme(
            new Color(0x131619),
            new Color(0x1c2024),
            new Color(0xe9ecee),
            new Color(0xa9b1b9),
            new Color(0x7cc4f0),
            new Color(0x3a4148),
            new Color(0x1f3f35),
            Map.of(
                Verdict.REPRODUCED, new Color(0x4fd1a5),
                Verdict.NOT_REPRODUCED, new Color(0xff9a5c),
                Verdict.UNDERPOWERED, new Color(0xf0c04a),
                Verdict.UNTESTED, new Color(0xb3bac1)));

    /** What text is written on. */
    List<Color> grounds() {
      return List.of(page, card);
    }

    /** The colours of text, by the name that the style sheet knows them by. */
    Map<String, Color> texts() {
      Map<String, Color> texts = new LinkedHashMap<>();
      texts.put("ink", ink);
      texts.put("quiet", quiet);
      texts.put("link", link);
      for (Verdict verdict : Verdict.values()) {
        texts.put(verdict.name(), verdicts.get(verdict));
      }
      return texts;
    }

    /** The colours as custom properties of a style sheet. */
    String css() {
      Map<String, Color> colors = texts();
      colors.put("page", page);
      colors.put("card", card);
      colors.put("edge", edge);
      colors.put("band", band);
      return colors.entrySet().stream()
          .map(e -> "--%s: #%06x;".formatted(e.getKey(), e.getValue().getRGB() & 0xffffff))
          .collect(Collectors.joining(" "));
    }
  }
}
