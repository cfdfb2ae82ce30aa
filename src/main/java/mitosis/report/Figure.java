package mitosis.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

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
}
