package mitosis.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import mitosis.claim.Decimal;
import mitosis.report.Canvas.Anchor;
import mitosis.report.Canvas.Lettering;
import mitosis.report.Canvas.RichText;
import mitosis.report.Figure.Point;
import mitosis.report.Figure.Series;
import mitosis.report.Marks.Palette;

/**
 * What is written below a figure: its own note, and what its axes have no place for.
 *
 * @param lines from top to bottom
 */
record Notes(List<String> lines) {

  private static final String BELOW =
      "Intervals that run to the lower edge reach 0 or below, which a logarithmic axis has no place for.";

  private static final double LINE = 17;
  private static final double SIZE = 12.5;

  /**
   * The notes of a figure.
   *
   * @param width of the lines at most, unless a single word is wider
   */
  static Notes of(Figure figure, double width) {
    List<String> lines = new ArrayList<>();
    if (!figure.note().isBlank()) {
      lines.addAll(wrapped(figure.note(), width));
    }
    for (Series series : figure.series()) {
      List<Point> leftOut = figure.leftOut(series);
      if (!leftOut.isEmpty()) {
        lines.addAll(wrapped(new LeftOut(series, leftOut).sentence(), width));
      }
    }
    if (figure.series().stream().anyMatch(series -> reachesBelowLogAxis(figure, series))) {
      lines.addAll(wrapped(BELOW, width));
    }
    return new Notes(lines);
  }

  private static boolean reachesBelowLogAxis(Figure figure, Series series) {
    return figure.shown(series).stream()
        .flatMap(point -> point.interval().stream())
        .anyMatch(interval -> figure.y().spacing().isLog() && !figure.y().shows(interval.low()));
  }

  private static List<String> wrapped(String text, double width) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String word : text.split(" ")) {
      String longer = line.isEmpty() ? word : line + " " + word;
      if (RichText.parse(longer).width(SIZE, false) > width) {
        lines.add(line.toString());
        longer = word;
      }
      line.setLength(0);
      line.append(longer);
    }
    lines.add(line.toString());
    return lines;
  }

  double height() {
    return lines.isEmpty() ? 0 : LINE * lines.size() + 6;
  }

  void draw(Canvas canvas, double left, double lastBaseline) {
    double baseline = lastBaseline - LINE * (lines.size() - 1);
    for (String line : lines) {
      canvas.write(
          RichText.parse(line),
          left,
          baseline,
          new Lettering(SIZE, false, Palette.FRAME, Anchor.START, false));
      baseline += LINE;
    }
  }

  /**
   * The points of a series that a figure cannot show.
   *
   * @param series the series
   * @param points its points that an axis has no place for; at least one
   */
  record LeftOut(Series series, List<Point> points) {

    private static final int MOST_NAMED = 6;

    /** Says which points are missing from the figure, and why. */
    String sentence() {
      String named =
          points.stream()
              .limit(MOST_NAMED)
              .map(p -> "(" + Decimal.text(p.x()) + ", " + Decimal.text(p.y()) + ")")
              .collect(Collectors.joining(", "));
      int more = points.size() - MOST_NAMED;
      return "Left out of '"
          + series.name()
          + "': "
          + named
          + (more > 0 ? " and " + more + " more" : "")
          + (points.stream().anyMatch(p -> Double.isFinite(p.x()) && Double.isFinite(p.y()))
              ? "; a logarithmic axis has no place for them."
              : "; they are not finite.");
    }
  }
}
