package mitosis.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import mitosis.claim.Band;
import mitosis.claim.Interval;

/**
 * What a figure shows, without how it is drawn.
 *
 * @param title its title
 * @param x the horizontal axis
 * @param y the vertical axis
 * @param series curves and points, in the order of the legend
 * @param regions shaded stretches
 * @param references power laws to compare with
 * @param markers upright lines
 * @param intervals what intervals are, for the legend, e.g. {@code 95 % interval over seeds}
 * @param note a line below the figure, e.g. what the intervals are; empty for none
 */
public record Figure(
    String title,
    Axis x,
    Axis y,
    List<Series> series,
    List<Region> regions,
    List<ReferenceLine> references,
    List<VerticalMarker> markers,
    String intervals,
    String note) {

  /** Keeps copies of the lists. */
  public Figure {
    series = List.copyOf(series);
    regions = List.copyOf(regions);
    references = List.copyOf(references);
    markers = List.copyOf(markers);
  }

  /** A figure with nothing on it yet. */
  public static Figure of(String title, Axis x, Axis y) {
    return new Figure(title, x, y, List.of(), List.of(), List.of(), List.of(), "95 % interval", "");
  }

  /** This figure with one more series. */
  public Figure with(Series added) {
    return new Figure(
        title, x, y, append(series, added), regions, references, markers, intervals, note);
  }

  /** This figure with one more region. */
  public Figure with(Region added) {
    return new Figure(
        title, x, y, series, append(regions, added), references, markers, intervals, note);
  }

  /** This figure with all these regions more. */
  public Figure with(List<Region> added) {
    Figure figure = this;
    for (Region region : added) {
      figure = figure.with(region);
    }
    return figure;
  }

  /** This figure with one more reference line. */
  public Figure with(ReferenceLine added) {
    return new Figure(
        title, x, y, series, regions, append(references, added), markers, intervals, note);
  }

  /** This figure with one more marker. */
  public Figure with(VerticalMarker added) {
    return new Figure(
        title, x, y, series, regions, references, append(markers, added), intervals, note);
  }

  /** This figure with intervals that the legend calls by another name. */
  public Figure withIntervals(String name) {
    return new Figure(title, x, y, series, regions, references, markers, name, note);
  }

  /** This figure with another note. */
  public Figure withNote(String text) {
    return new Figure(title, x, y, series, regions, references, markers, intervals, text);
  }

  /** The points of a series that both axes have a place for. */
  List<Point> shown(Series one) {
    return one.points().stream().filter(p -> x.shows(p.x()) && y.shows(p.y())).toList();
  }

  /** Whether single seeds of a point are known. */
  boolean hasSeeds() {
    return series.stream()
        .flatMap(each -> each.points().stream())
        .anyMatch(point -> !point.seeds().isEmpty());
  }

  /** The points of a series that an axis has no place for. */
  List<Point> leftOut(Series one) {
    List<Point> points = new ArrayList<>(one.points());
    points.removeAll(shown(one));
    return points;
  }

  private static <T> List<T> append(List<T> list, T added) {
    return Stream.concat(list.stream(), Stream.of(added)).toList();
  }

  /**
   * An axis of a figure.
   *
   * @param label what is shown and its unit; {@code ^{…}} and {@code _{…}} raise and lower text
   * @param spacing how values are placed, and where ticks stand
   */
  public record Axis(String label, Spacing spacing) {

    /** How values are placed along an axis. */
    public enum Spacing {
      /** Evenly. */
      LINEAR,
      /** By their logarithm, ticks at powers of ten; values ≤ 0 have no place. */
      LOG10,
      /**
       * By their logarithm, ticks at powers of ten, with a place for 0 a decade below the smallest
       * power; values &lt; 0 have none.
       */
      LOG10_AND_ZERO,
      /** By their logarithm, ticks at powers of two, as for widths; values ≤ 0 have no place. */
      LOG2;

      boolean isLog() {
        return this != LINEAR;
      }
    }

    /** An evenly spaced axis. */
    public static Axis linear(String label) {
      return new Axis(label, Spacing.LINEAR);
    }

    /** A logarithmic axis with ticks at powers of ten. */
    public static Axis log10(String label) {
      return new Axis(label, Spacing.LOG10);
    }

    /** The same with a place for 0, as for training errors. */
    public static Axis log10AndZero(String label) {
      return new Axis(label, Spacing.LOG10_AND_ZERO);
    }

    /** A logarithmic axis with ticks at powers of two. */
    public static Axis log2(String label) {
      return new Axis(label, Spacing.LOG2);
    }

    /** Whether the axis has a place for the value. */
    boolean shows(double value) {
      return Double.isFinite(value)
          && switch (spacing) {
            case LINEAR -> true;
            case LOG10_AND_ZERO -> value >= 0;
            case LOG10, LOG2 -> value > 0;
          };
    }
  }

  /**
   * A curve or a set of points with a name. Intervals are error bars, or a shaded ribbon along a
   * line without points or with more than 12, where bars would hide one another.
   *
   * @param name its name in the legend; {@code ^{…}} and {@code _{…}} raise and lower text
   * @param style how it is drawn
   * @param points its points in the order in which a line joins them
   */
  public record Series(String name, Style style, List<Point> points) {

    /** How a series is drawn. */
    public enum Style {
      /** A line. */
      LINE,
      /** Points. */
      POINTS,
      /** Points joined by a line. */
      LINE_AND_POINTS,
      /**
       * Hollow rings, around points of other series that are thereby said to have something in
       * common.
       */
      RINGS,
      /** The paper's own points: hollow and black, so that nobody takes them for measured ones. */
      PUBLISHED;

      /** Whether its colour tells it from other series. */
      boolean isColored() {
        return this != RINGS && this != PUBLISHED;
      }

      boolean hasLine() {
        return this == LINE || this == LINE_AND_POINTS;
      }
    }

    private static final int MOST_BARS = 12;

    /** Keeps a copy of the points. */
    public Series {
      points = List.copyOf(points);
    }

    /** Whether its intervals are drawn as a ribbon. */
    boolean hasRibbon() {
      return intervals() > 0
          && (style == Style.LINE || style == Style.LINE_AND_POINTS && intervals() > MOST_BARS);
    }

    /** Whether its intervals are drawn as error bars. */
    boolean hasBars() {
      return intervals() > 0 && !hasRibbon();
    }

    private long intervals() {
      return points.stream().filter(point -> point.interval().isPresent()).count();
    }

    /** The same, drawn in another way. */
    public Series as(Style other) {
      return new Series(name, other, points);
    }

    /**
     * A series without intervals.
     *
     * @throws IllegalArgumentException if {@code x} and {@code y} differ in length
     */
    public static Series of(String name, Style style, double[] x, double[] y) {
      requireSameLength(name, "y", x, y);
      List<Point> points = new ArrayList<>();
      for (int i = 0; i < x.length; i++) {
        points.add(new Point(x[i], y[i], Optional.empty(), List.of()));
      }
      return new Series(name, style, points);
    }

    /**
     * A series with an interval at each point.
     *
     * @param low the intervals' lower ends
     * @param high their upper ends
     * @throws IllegalArgumentException if the arrays differ in length or an interval is not ordered
     */
    public static Series of(
        String name, Style style, double[] x, double[] y, double[] low, double[] high) {
      requireSameLength(name, "y", x, y);
      requireSameLength(name, "low", x, low);
      requireSameLength(name, "high", x, high);
      List<Point> points = new ArrayList<>();
      for (int i = 0; i < x.length; i++) {
        points.add(new Point(x[i], y[i], Optional.of(new Interval(low[i], high[i])), List.of()));
      }
      return new Series(name, style, points);
    }

    private static void requireSameLength(String name, String what, double[] x, double[] other) {
      if (x.length != other.length) {
        throw new IllegalArgumentException(
            "series '"
                + name
                + "': x has "
                + x.length
                + " values and "
                + what
                + " has "
                + other.length
                + "; give one for each point");
      }
    }
  }

  /**
   * A point of a series.
   *
   * @param x its abscissa
   * @param y its ordinate
   * @param interval where the ordinate lies with the series' confidence level; empty if not known
   * @param seeds the ordinate of each seed alone, seed 0 first; empty if they are not known
   */
  public record Point(double x, double y, Optional<Interval> interval, List<Double> seeds) {

    /** Keeps a copy of the seeds. */
    public Point {
      seeds = List.copyOf(seeds);
    }
  }

  /**
   * A shaded stretch of a figure, from edge to edge of the other axis.
   *
   * @param label its name in the legend; a blank one is not listed
   * @param along the axis that {@code low} and {@code high} are values of
   * @param low where it begins; −∞ for the axis' end
   * @param high where it ends; +∞ for the axis' end
   */
  public record Region(String label, Along along, double low, double high) {

    /** The axis along which a region is bounded. */
    public enum Along {
      /** Bounded in x: an upright stripe. */
      X,
      /** Bounded in y: a lying stripe. */
      Y
    }

    /** The stretch {@code x ≥ from}, e.g. the sizes beyond the critical width. */
    public static Region beyond(double from, String label) {
      return new Region(label, Along.X, from, Double.POSITIVE_INFINITY);
    }

    /** The values of y that a band accepts: one stripe, or two for a band turned inside out. */
    public static List<Region> accepted(Band band, String label) {
      return band.outside()
          ? List.of(
              new Region(label, Along.Y, Double.NEGATIVE_INFINITY, band.low()),
              new Region("", Along.Y, band.high(), Double.POSITIVE_INFINITY))
          : List.of(new Region(label, Along.Y, band.low(), band.high()));
    }
  }

  /**
   * A power law to compare with, drawn dashed: y = {@code y0}·(x/{@code x0})^{@code exponent}. On
   * two logarithmic axes it is a straight line.
   *
   * @param label its name in the legend, e.g. {@code w^{-1/2}}; a blank one is not listed
   * @param exponent the exponent
   * @param x0 a point's abscissa, positive
   * @param y0 the same point's ordinate
   * @param from where the line begins in x, positive
   * @param to where it ends in x, above {@code from}
   * @param isEdge whether it bounds the laws that are accepted, and is none to compare with: then
   *     it is drawn thin
   */
  public record ReferenceLine(
      String label, double exponent, double x0, double y0, double from, double to, boolean isEdge) {

    /**
     * A law to compare with.
     *
     * @throws IllegalArgumentException as the other
     */
    public ReferenceLine(
        String label, double exponent, double x0, double y0, double from, double to) {
      this(label, exponent, x0, y0, from, to, false);
    }

    /**
     * @throws IllegalArgumentException if {@code x0} or {@code from} is not positive or {@code to}
     *     not above {@code from}
     */
    public ReferenceLine {
      if (!(x0 > 0 && from > 0 && to > from)) {
        throw new IllegalArgumentException(
            "reference line '"
                + label
                + "': x0 = "
                + x0
                + ", from = "
                + from
                + ", to = "
                + to
                + "; a power law needs x0 > 0 and 0 < from < to");
      }
    }

    double at(double x) {
      return y0 * Math.pow(x / x0, exponent);
    }
  }

  /**
   * An upright line at one abscissa, e.g. the critical width.
   *
   * @param x the abscissa
   * @param label what stands there, e.g. {@code w* = 48}; written beside the line
   */
  public record VerticalMarker(double x, String label) {}
}
