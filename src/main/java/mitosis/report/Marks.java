package mitosis.report;

import java.awt.Color;
import java.awt.Shape;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import mitosis.report.Canvas.Pen;
import mitosis.report.Figure.ReferenceLine;
import mitosis.report.Figure.Region;
import mitosis.report.Figure.Series;

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

  /**
   * Colours that people with any common colour vision can tell apart (Okabe and Ito, Color
   * Universal Design, 2008), each with a shape of its own, so that a figure also reads in black and
   * white.
   */
  static final class Palette {

    static final Color INK = new Color(0x222222);
    static final Color FRAME = new Color(0x666666);
    static final Color GRID = new Color(0xe8e8e8);
    static final Color REFERENCE = new Color(0x777777);
    static final Color SEEDS = new Color(0xb4b4b4);
    static final Color RIBBON = new Color(0x22, 0x22, 0x22, 45);
    static final Color REGION_X = new Color(230, 159, 0, 40);
    static final Color REGION_Y = new Color(0, 158, 115, 36);

    private static final List<Color> SERIES =
        List.of(
            new Color(0x0072b2),
            new Color(0xd55e00),
            new Color(0x009e73),
            new Color(0xcc79a7),
            new Color(0x56b4e9),
            new Color(0xe69f00));

    private static final double RADIUS = 4.5;

    private Palette() {}

    /** The colour of the n-th measured series, from 0. */
    static Color series(int n) {
      return SERIES.get(n % SERIES.size());
    }

    static Color transparent(Color color, int alpha) {
      return new Color(color.getRed(), color.getGreen(), color.getBlue(), alpha);
    }

    /**
     * The point of the n-th measured series; where colours come again, they do with other points.
     */
    static Shape point(int n, double x, double y) {
      return switch ((n + n / SERIES.size()) % SERIES.size()) {
        case 0 -> new Ellipse2D.Double(x - RADIUS, y - RADIUS, 2 * RADIUS, 2 * RADIUS);
        case 1 ->
            new Rectangle2D.Double(x - 0.9 * RADIUS, y - 0.9 * RADIUS, 1.8 * RADIUS, 1.8 * RADIUS);
        case 2 -> polygon(x, y, 1.25 * RADIUS, 3, -Math.PI / 2);
        case 3 -> polygon(x, y, 1.25 * RADIUS, 3, Math.PI / 2);
        case 4 -> polygon(x, y, 1.2 * RADIUS, 5, -Math.PI / 2);
        default -> polygon(x, y, 1.15 * RADIUS, 6, 0);
      };
    }

    /**
     * The point of the n-th published series: a diamond, which no measured series has, or a square.
     */
    static Shape publishedPoint(int n, double x, double y) {
      return polygon(x, y, 1.35 * RADIUS, 4, n % 2 == 0 ? 0 : Math.PI / 4);
    }

    /** A ring around any point. */
    static Shape ring(double x, double y) {
      return new Ellipse2D.Double(x - 2 * RADIUS, y - 2 * RADIUS, 4 * RADIUS, 4 * RADIUS);
    }

    /** A single seed where it has no line. */
    static Shape dot(double x, double y) {
      return new Ellipse2D.Double(x - RADIUS / 2, y - RADIUS / 2, RADIUS, RADIUS);
    }

    private static Shape polygon(double x, double y, double radius, int corners, double turn) {
      Path2D path = new Path2D.Double();
      for (int i = 0; i < corners; i++) {
        double angle = turn + 2 * Math.PI * i / corners;
        double px = x + radius * Math.cos(angle);
        double py = y + radius * Math.sin(angle);
        if (i == 0) {
          path.moveTo(px, py);
        } else {
          path.lineTo(px, py);
        }
      }
      path.closePath();
      return path;
    }
  }
}
