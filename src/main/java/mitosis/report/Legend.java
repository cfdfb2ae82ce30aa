package mitosis.report;

import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import mitosis.report.Canvas.Anchor;
import mitosis.report.Canvas.Lettering;
import mitosis.report.Canvas.RichText;
import mitosis.report.Figure.ReferenceLine;
import mitosis.report.Figure.Region;
import mitosis.report.Figure.Series;
import mitosis.report.Marks.Palette;

/**
 * What the marks of a figure mean, in rows above its frame, where it hides no data.
 *
 * @param rows of entries, from left to right
 */
record Legend(List<List<Legend.Entry>> rows) {

  private static final double LINE = 22;
  private static final double SWATCH = 30;
  private static final double SIZE = 14;

  /** What it says, and how its sample is drawn around a place. */
  record Entry(String label, Sample sample) {

    double width() {
      return SWATCH + 8 + RichText.parse(label).width(SIZE, false) + 24;
    }
  }

  /** Draws what stands before a label. */
  interface Sample {
    void draw(Canvas canvas, double left, double middle);
  }

  /**
   * The legend of a figure.
   *
   * @param width of its rows at most, unless a single entry is wider
   */
  static Legend of(Figure figure, Marks marks, double width) {
    List<Entry> entries = new ArrayList<>();
    for (Marks.Numbered series : Marks.numbered(figure)) {
      entries.add(
          new Entry(
              series.series().name(),
              (canvas, left, middle) -> marks.sample(series, left, left + SWATCH, middle)));
    }
    boolean ribbon = figure.series().stream().anyMatch(Series::hasRibbon);
    boolean bars = figure.series().stream().anyMatch(Series::hasBars);
    if (ribbon || bars) {
      entries.add(
          new Entry(
              figure.intervals(),
              (canvas, left, middle) -> {
                if (ribbon) {
                  canvas.fill(new Rectangle2D.Double(left, middle - 7, SWATCH, 14), Palette.RIBBON);
                }
                if (bars) {
                  marks.interval(left + SWATCH / 2, middle + 7, middle - 7);
                }
              }));
    }
    if (figure.hasSeeds()) {
      entries.add(
          new Entry(
              "single seeds",
              (canvas, left, middle) ->
                  canvas.stroke(
                      new Line2D.Double(left, middle, left + SWATCH, middle), Marks.SEEDS)));
    }
    for (ReferenceLine line : figure.references()) {
      if (!line.label().isBlank()) {
        entries.add(
            new Entry(
                line.label(),
                (canvas, left, middle) ->
                    canvas.stroke(
                        new Line2D.Double(left, middle, left + SWATCH, middle), Marks.pen(line))));
      }
    }
    for (Region region : figure.regions()) {
      if (!region.label().isBlank()) {
        entries.add(
            new Entry(
                region.label(),
                (canvas, left, middle) ->
                    canvas.fill(
                        new Rectangle2D.Double(left, middle - 7, SWATCH, 14), Marks.fill(region))));
      }
    }
    return new Legend(rows(entries, width));
  }

  private static List<List<Entry>> rows(List<Entry> entries, double width) {
    List<List<Entry>> rows = new ArrayList<>();
    double used = Double.POSITIVE_INFINITY;
    for (Entry entry : entries) {
      if (used + entry.width() > width) {
        rows.add(new ArrayList<>());
        used = 0;
      }
      rows.get(rows.size() - 1).add(entry);
      used += entry.width();
    }
    return rows;
  }

  double height() {
    return LINE * rows.size();
  }

  void draw(Canvas canvas, double left, double top) {
    double baseline = top + LINE / 2;
    for (List<Entry> row : rows) {
      double at = left;
      for (Entry entry : row) {
        entry.sample().draw(canvas, at, baseline - 5);
        canvas.write(
            RichText.parse(entry.label()),
            at + SWATCH + 8,
            baseline,
            new Lettering(SIZE, false, Palette.INK, Anchor.START, false));
        at += entry.width();
      }
      baseline += LINE;
    }
  }
}
