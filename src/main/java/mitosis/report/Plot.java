package mitosis.report;

import java.awt.Color;
import java.awt.Shape;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import mitosis.claim.Interval;
import mitosis.report.Canvas.Anchor;
import mitosis.report.Canvas.Lettering;
import mitosis.report.Canvas.Pen;
import mitosis.report.Canvas.RichText;
import mitosis.report.Figure.Point;
import mitosis.report.Figure.ReferenceLine;
import mitosis.report.Figure.Region;
import mitosis.report.Figure.Series;
import mitosis.report.Figure.VerticalMarker;
import mitosis.report.Marks.Palette;

/** Lays a figure out and draws it on a canvas; all lengths in pixels. */
final class Plot {

  static final int WIDTH = 900;
  static final int HEIGHT = 600;

  private static final double LEFT = 88;
  private static final double RIGHT = 24;
  private static final double TITLE_BASELINE = 34;
  private static final double BELOW_AXIS = 62;
  private static final double TICK = 6;

  private static final double BAR_STEP = 5;
  private static final double MOST_BAR_STEPS = 20;

  private static final double MARKER_LINE = 18;

  private static final double TITLE_SIZE = 18;
  private static final double LABEL_SIZE = 16;
  private static final double TICK_SIZE = 14;

  /** Whiskers longer than a decade below their point would squeeze all points together. */
  private static final double LONGEST_LOG_WHISKER = 10;

  private static final int CURVE_STEPS = 64;

  private final Figure figure;
  private final Canvas canvas;
  private final AxisTicks x;
  private final AxisTicks y;
  private final Marks marks;
  private final Legend legend;
  private final Notes notes;
  private final Rectangle2D frame;
  private final List<Rectangle2D> markerLabels = new ArrayList<>();

  Plot(Figure figure, Canvas canvas) {
    this.figure = figure;
    this.canvas = canvas;
    this.x = AxisTicks.covering(figure.x(), xValues());
    this.y = AxisTicks.covering(figure.y(), yValues());
    this.marks = new Marks(canvas);
    this.legend = Legend.of(figure, marks, WIDTH - LEFT - RIGHT);
    this.notes = Notes.of(figure, WIDTH - LEFT - RIGHT);
    double top = TITLE_BASELINE + 14 + legend.height() + 6;
    double bottom = HEIGHT - BELOW_AXIS - notes.height();
    this.frame = new Rectangle2D.Double(LEFT, top, WIDTH - LEFT - RIGHT, bottom - top);
  }

  void draw() {
    canvas.write(
        RichText.parse(figure.title()),
        LEFT,
        TITLE_BASELINE,
        new Lettering(TITLE_SIZE, true, Palette.INK, Anchor.START, false));
    legend.draw(canvas, LEFT, TITLE_BASELINE + 12);
    canvas.clip(frame);
    figure.regions().forEach(this::drawRegion);
    drawGrid();
    Marks.numbered(figure).forEach(this::drawRibbon);
    figure.series().forEach(this::drawSeeds);
    figure.references().forEach(this::drawReference);
    figure.markers().forEach(this::drawMarkerLine);
    drawBars();
    Marks.numbered(figure).forEach(this::drawLine);
    Marks.numbered(figure).forEach(this::drawPoints);
    canvas.clip(null);
    canvas.stroke(frame, new Pen(Palette.FRAME, 1, false));
    drawTicks();
    drawAxisLabels();
    figure.markers().forEach(this::drawMarkerLabel);
    notes.draw(canvas, LEFT, HEIGHT - 10);
  }

  // What the axes cover.

  private List<Double> xValues() {
    List<Double> values = new ArrayList<>();
    figure.series().forEach(s -> figure.shown(s).forEach(p -> values.add(p.x())));
    figure.markers().forEach(m -> values.add(m.x()));
    return values;
  }

  private List<Double> yValues() {
    List<Double> values = new ArrayList<>();
    for (Series series : figure.series()) {
      for (Point point : figure.shown(series)) {
        values.add(point.y());
        point.interval().ifPresent(i -> addWhisker(values, point.y(), i));
        point.seeds().forEach(seed -> values.add(longest(point.y(), seed)));
      }
    }
    for (Region region : figure.regions()) {
      if (region.along() == Region.Along.Y) {
        values.add(region.low());
        values.add(region.high());
      }
    }
    // Lines begin at a point of the data; a law that left the frame at once could not be compared.
    figure.references().forEach(line -> values.add(line.at(line.to())));
    return values;
  }

  private void addWhisker(List<Double> values, double middle, Interval interval) {
    values.add(longest(middle, interval.low()));
    values.add(interval.high());
  }

  private double longest(double middle, double low) {
    return figure.y().spacing().isLog() ? Math.max(low, middle / LONGEST_LOG_WHISKER) : low;
  }

  // Places.

  private double px(double value) {
    return frame.getMinX() + x.share(value) * frame.getWidth();
  }

  private double py(double value) {
    return frame.getMaxY() - y.share(value) * frame.getHeight();
  }

  /**
   * The place of a value that may lie beyond the axis, or have no place on it: then the axis' end.
   */
  private double pyWithin(double value) {
    if (value <= y.low() || !figure.y().shows(value) && value < y.high()) {
      return frame.getMaxY();
    }
    return value >= y.high() ? frame.getMinY() : py(value);
  }

  private double pxWithin(double value) {
    if (value <= x.low() || !figure.x().shows(value) && value < x.high()) {
      return frame.getMinX();
    }
    return value >= x.high() ? frame.getMaxX() : px(value);
  }

  // Below the data.

  private void drawRegion(Region region) {
    boolean upright = region.along() == Region.Along.X;
    double left = upright ? pxWithin(region.low()) : frame.getMinX();
    double right = upright ? pxWithin(region.high()) : frame.getMaxX();
    double top = upright ? frame.getMinY() : pyWithin(region.high());
    double bottom = upright ? frame.getMaxY() : pyWithin(region.low());
    canvas.fill(new Rectangle2D.Double(left, top, right - left, bottom - top), Marks.fill(region));
  }

  private void drawGrid() {
    Pen pen = new Pen(Palette.GRID, 1, false);
    for (AxisTicks.Tick tick : x.ticks()) {
      if (tick.isMajor()) {
        double at = px(tick.value());
        canvas.stroke(new Line2D.Double(at, frame.getMinY(), at, frame.getMaxY()), pen);
      }
    }
    for (AxisTicks.Tick tick : y.ticks()) {
      if (tick.isMajor()) {
        double at = py(tick.value());
        canvas.stroke(new Line2D.Double(frame.getMinX(), at, frame.getMaxX(), at), pen);
      }
    }
  }

  /** Each seed as a line of its own, or a dot where it has but one point. */
  private void drawSeeds(Series series) {
    List<Point> points = figure.shown(series);
    int most = points.stream().mapToInt(point -> point.seeds().size()).max().orElse(0);
    for (int seed = 0; seed < most; seed++) {
      List<double[]> places = new ArrayList<>();
      for (Point point : points) {
        if (seed < point.seeds().size() && figure.y().shows(point.seeds().get(seed))) {
          places.add(new double[] {px(point.x()), pyWithin(point.seeds().get(seed))});
        }
      }
      if (places.size() == 1) {
        canvas.fill(Palette.dot(places.get(0)[0], places.get(0)[1]), Palette.SEEDS);
      } else {
        strokePath(places, Marks.SEEDS);
      }
    }
  }

  private void drawReference(ReferenceLine line) {
    List<double[]> places = new ArrayList<>();
    for (int i = 0; i <= CURVE_STEPS; i++) {
      // Even steps of log x, in which a power law bends least.
      double at = line.from() * Math.pow(line.to() / line.from(), (double) i / CURVE_STEPS);
      if (figure.x().shows(at) && figure.y().shows(line.at(at))) {
        places.add(new double[] {px(at), py(line.at(at))});
      }
    }
    strokePath(places, Marks.pen(line));
  }

  private void drawMarkerLine(VerticalMarker marker) {
    double at = px(marker.x());
    canvas.stroke(
        new Line2D.Double(at, frame.getMinY(), at, frame.getMaxY()),
        new Pen(Palette.INK, 1.2, true));
  }

  private void drawMarkerLabel(VerticalMarker marker) {
    RichText text = RichText.parse(marker.label());
    double width = text.width(TICK_SIZE, false);
    double at = px(marker.x());
    double left =
        Stream.of(at + 6, at - 6 - width)
            .filter(each -> isFree(each, width))
            .findFirst()
            .orElse(Math.min(at + 6, frame.getMaxX() - width));
    double baseline =
        IntStream.range(0, figure.markers().size())
            .mapToObj(row -> row * MARKER_LINE)
            .flatMap(down -> Stream.of(frame.getMinY() + 18 + down, frame.getMaxY() - 10 - down))
            .filter(each -> markerLabels.stream().noneMatch(place(left, width, each)::intersects))
            .max(Comparator.comparingDouble(each -> clearance(left, width, each)))
            .orElse(frame.getMinY() + 18);
    markerLabels.add(place(left, width, baseline));
    canvas.write(
        text, left, baseline, new Lettering(TICK_SIZE, false, Palette.INK, Anchor.START, false));
  }

  /** Whether a stretch lies within the frame and no marker's line runs through it. */
  private boolean isFree(double left, double width) {
    return left > frame.getMinX()
        && left + width < frame.getMaxX()
        && figure.markers().stream()
            .mapToDouble(marker -> px(marker.x()))
            .noneMatch(at -> left < at && at < left + width);
  }

  private static Rectangle2D place(double left, double width, double baseline) {
    return new Rectangle2D.Double(left, baseline - MARKER_LINE + 1, width, MARKER_LINE - 2);
  }

  /** The distance in y from a text's baseline to the nearest point above or below the text. */
  private double clearance(double left, double width, double baseline) {
    return figure.series().stream()
        .flatMap(series -> figure.shown(series).stream())
        .filter(p -> px(p.x()) > left - width && px(p.x()) < left + 2 * width)
        .mapToDouble(p -> Math.abs(py(p.y()) - baseline))
        .min()
        .orElse(Double.POSITIVE_INFINITY);
  }

  // The data.

  private void drawRibbon(Marks.Numbered numbered) {
    if (numbered.series().hasRibbon()) {
      canvas.fill(
          ribbon(withInterval(numbered.series())), Palette.transparent(numbered.color(), 45));
    }
  }

  /** Bars of several series stand beside one another, as they would hide one another. */
  private void drawBars() {
    List<Marks.Numbered> barred =
        Marks.numbered(figure).stream().filter(each -> each.series().hasBars()).toList();
    double step = Math.min(BAR_STEP, MOST_BAR_STEPS / Math.max(1, barred.size() - 1));
    for (int k = 0; k < barred.size(); k++) {
      double shift = (k - (barred.size() - 1) / 2.0) * step;
      Color color = barred.get(k).color();
      withInterval(barred.get(k).series()).forEach(point -> drawBar(point, shift, color));
    }
  }

  private List<Point> withInterval(Series series) {
    return figure.shown(series).stream().filter(p -> p.interval().isPresent()).toList();
  }

  private Shape ribbon(List<Point> points) {
    Path2D path = new Path2D.Double();
    if (points.isEmpty()) {
      return path;
    }
    Point first = points.get(0);
    path.moveTo(px(first.x()), pyWithin(first.interval().orElseThrow().high()));
    for (Point point : points) {
      path.lineTo(px(point.x()), pyWithin(point.interval().orElseThrow().high()));
    }
    for (int i = points.size() - 1; i >= 0; i--) {
      Point point = points.get(i);
      path.lineTo(px(point.x()), pyWithin(point.interval().orElseThrow().low()));
    }
    path.closePath();
    return path;
  }

  private void drawBar(Point point, double shift, Color color) {
    Interval interval = point.interval().orElseThrow();
    double at = px(point.x()) + shift;
    Pen pen = new Pen(color, 1.4, false);
    double low = pyWithin(interval.low());
    double high = pyWithin(interval.high());
    canvas.stroke(new Line2D.Double(at, low, at, high), pen);
    // A cap says that the bar ends here, so a bar that runs on beyond the frame has none.
    if (low < frame.getMaxY()) {
      marks.cap(at, low, pen);
    }
    if (high > frame.getMinY()) {
      marks.cap(at, high, pen);
    }
  }

  private void drawLine(Marks.Numbered numbered) {
    if (numbered.series().style().hasLine()) {
      strokePath(
          figure.shown(numbered.series()).stream()
              .map(p -> new double[] {px(p.x()), py(p.y())})
              .toList(),
          numbered.pen());
    }
  }

  private void strokePath(List<double[]> places, Pen pen) {
    if (places.isEmpty()) {
      return;
    }
    Path2D path = new Path2D.Double();
    path.moveTo(places.get(0)[0], places.get(0)[1]);
    places.stream().skip(1).forEach(p -> path.lineTo(p[0], p[1]));
    canvas.stroke(path, pen);
  }

  private void drawPoints(Marks.Numbered numbered) {
    if (numbered.series().style() != Series.Style.LINE) {
      figure.shown(numbered.series()).forEach(p -> marks.point(numbered, px(p.x()), py(p.y())));
    }
  }

  // Around the data.

  private void drawTicks() {
    Pen pen = new Pen(Palette.FRAME, 1, false);
    for (AxisTicks.Tick tick : x.ticks()) {
      double at = px(tick.value());
      double length = tick.isMajor() ? TICK : TICK / 2;
      double bottom = frame.getMaxY();
      canvas.stroke(new Line2D.Double(at, bottom, at, bottom + length), pen);
      canvas.write(
          RichText.parse(tick.label()),
          at,
          bottom + TICK + 15,
          new Lettering(TICK_SIZE, false, Palette.INK, Anchor.MIDDLE, false));
    }
    for (AxisTicks.Tick tick : y.ticks()) {
      double at = py(tick.value());
      double length = tick.isMajor() ? TICK : TICK / 2;
      double left = frame.getMinX();
      canvas.stroke(new Line2D.Double(left - length, at, left, at), pen);
      canvas.write(
          RichText.parse(tick.label()),
          left - TICK - 4,
          at + 5,
          new Lettering(TICK_SIZE, false, Palette.INK, Anchor.END, false));
    }
  }

  private void drawAxisLabels() {
    canvas.write(
        RichText.parse(figure.x().label()),
        frame.getCenterX(),
        frame.getMaxY() + 48,
        new Lettering(LABEL_SIZE, false, Palette.INK, Anchor.MIDDLE, false));
    canvas.write(
        RichText.parse(figure.y().label()),
        26,
        frame.getCenterY(),
        new Lettering(LABEL_SIZE, false, Palette.INK, Anchor.MIDDLE, true));
  }
}
