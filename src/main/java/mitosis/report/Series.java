package mitosis.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import mitosis.claim.Interval;

/**
 * A curve or a set of points with a name. Intervals are error bars, or a shaded ribbon along a line
 * without points or with more than 12, where bars would hide one another.
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
