package mitosis.report;

import java.awt.Color;
import java.awt.Shape;
import java.awt.geom.Line2D;
import java.util.ArrayList;
import java.util.List;
import mitosis.report.Canvas.Pen;

/**
 * What series, lines and regions of a figure look like, in its frame and in its legend alike.
 *
 * @param canvas what they are drawn on
 */
record Marks(Canvas canvas) {

  private static final Pen LAW = new Pen(Palette.REFERENCE, 1.6, true);
  static final Pen SEEDS = new Pen(Palette.SEEDS, 1, false);

  private static final double CAP = 4;
  private static final Pen EDGE = new Pen(Palette.REFERENCE, 0.8, true);

  /**
   * A series and which it is of those with a colour, or of those in black: by that its colour and
   * its points are chosen.
   *
   * @param number from 0 on
   */
  record Numbered(Series series, int number) {

    Color color() {
      return series.style().isColored() ? Palette.series(number) : Palette.INK;
    }

    Pen pen() {
      return new Pen(color(), 2.2, false);
    }
  }

  /** All series of a figure. */
  static List<Numbered> numbered(Figure figure) {
    List<Numbered> all = new ArrayList<>();
    int colored = 0;
    int black = 0;
    for (Series series : figure.series()) {
      all.add(new Numbered(series, series.style().isColored() ? colored++ : black++));
    }
    return all;
  }

  static Pen pen(ReferenceLine line) {
    return line.isEdge() ? EDGE : LAW;
  }

  static Color fill(Region region) {
    return region.along() == Region.Along.X ? Palette.REGION_X : Palette.REGION_Y;
  }

  /** One point of a series. */
  void point(Numbered of, double x, double y) {
    if (of.series().style() == Series.Style.RINGS) {
      canvas.stroke(Palette.ring(x, y), new Pen(Palette.INK, 1.5, false));
    } else if (of.series().style() == Series.Style.PUBLISHED) {
      Shape hollow = Palette.publishedPoint(of.number(), x, y);
      canvas.fill(hollow, Color.WHITE);
      canvas.stroke(hollow, new Pen(Palette.INK, 1.5, false));
    } else {
      Shape point = Palette.point(of.number(), x, y);
      canvas.fill(point, of.color());
      canvas.stroke(point, new Pen(Color.WHITE, 0.8, false));
    }
  }

  /** A whole interval, as the legend shows it. */
  void interval(double x, double low, double high) {
    Pen pen = new Pen(Palette.INK, 1.4, false);
    canvas.stroke(new Line2D.Double(x, low, x, high), pen);
    cap(x, low, pen);
    cap(x, high, pen);
  }

  /** An end of an interval. */
  void cap(double x, double y, Pen pen) {
    canvas.stroke(new Line2D.Double(x - CAP, y, x + CAP, y), pen);
  }

  /** What stands for a series in the legend. */
  void sample(Numbered of, double left, double right, double middle) {
    if (of.series().style().hasLine()) {
      canvas.stroke(new Line2D.Double(left, middle, right, middle), of.pen());
    }
    if (of.series().style() != Series.Style.LINE) {
      point(of, (left + right) / 2, middle);
    }
  }
}
