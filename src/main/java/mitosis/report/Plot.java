package mitosis.report;

import java.awt.Color;
import java.awt.Shape;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import mitosis.claim.Interval;
import mitosis.report.Canvas.Anchor;
import mitosis.report.Canvas.Lettering;
import mitosis.report.Canvas.Pen;

/** Lays a figure out and draws it on a canvas; all lengths in pixels. */
final class Plot {

  static final int WIDTH = 900;
  static final int HEIGHT = 600;

  private static final double LEFT = 88;
  private static final double RIGHT = 24;
  private static final double TITLE_BASELINE = 34;
  private static final double BELOW_AXIS = 62;
  private static final double NOTE_LINE = 17;
  private static final double LEGEND_LINE = 22;
  private static final double SWATCH = 30;
  private static final double TICK = 6;
  private static final double CAP = 4;

  private static final double TITLE_SIZE = 18;
  private static final double LABEL_SIZE = 16;
  private static final double TICK_SIZE = 14;
  private static final double LEGEND_SIZE = 14;
  private static final double NOTE_SIZE = 12.5;

  /** Whiskers longer than a decade below their point would squeeze all points together. */
  private static final double LONGEST_LOG_WHISKER = 10;

  private static final int CURVE_STEPS = 64;

  private final Figure figure;
  private final Canvas canvas;
  private final AxisTicks x;
  private final AxisTicks y;
  private final List<List<Entry>> legend;
  private final List<String> notes;
  private final Rectangle2D frame;

  /** A line of the legend: what it says, and how its sample is drawn around a place. */
  private record Entry(String label, Sample sample) {

    double width() {
      return SWATCH + 8 + RichText.parse(label).width(LEGEND_SIZE, false) + 24;
    }
  }

  private interface Sample {
    void draw(double left, double middle);
  }

  Plot(Figure figure, Canvas canvas) {
    this.figure = figure;
    this.canvas = canvas;
    this.x = AxisTicks.covering(figure.x(), xValues());
    this.y = AxisTicks.covering(figure.y(), yValues());
    this.legend = rows(entries());
    this.notes = notes();
    double top = TITLE_BASELINE + 14 + LEGEND_LINE * legend.size() + 6;
    double bottom = HEIGHT - BELOW_AXIS - NOTE_LINE * notes.size() - (notes.isEmpty() ? 0 : 6);
    this.frame = new Rectangle2D.Double(LEFT, top, WIDTH - LEFT - RIGHT, bottom - top);
  }

  void draw() {
    canvas.write(
        RichText.parse(figure.title()),
        LEFT,
        TITLE_BASELINE,
        new Lettering(TITLE_SIZE, true, Palette.INK, Anchor.START, false));
    drawLegend();
    canvas.clip(frame);
    figure.regions().forEach(this::drawRegion);
    drawGrid();
    figure.references().forEach(this::drawReference);
    figure.markers().forEach(this::drawMarkerLine);
    eachSeries(this::drawRibbonOrBars);
    eachSeries(this::drawLine);
    eachSeries(this::drawPoints);
    canvas.clip(null);
    canvas.stroke(frame, new Pen(Palette.FRAME, 1, false));
    drawTicks();
    drawAxisLabels();
    figure.markers().forEach(this::drawMarkerLabel);
    drawNotes();
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
    boolean log = figure.y().spacing().isLog();
    values.add(log ? Math.max(interval.low(), middle / LONGEST_LOG_WHISKER) : interval.low());
    values.add(interval.high());
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
    canvas.fill(new Rectangle2D.Double(left, top, right - left, bottom - top), fill(region));
  }

  private static Color fill(Region region) {
    return region.along() == Region.Along.X ? Palette.REGION_X : Palette.REGION_Y;
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

  private void drawReference(ReferenceLine line) {
    List<double[]> places = new ArrayList<>();
    for (int i = 0; i <= CURVE_STEPS; i++) {
      // Even steps of log x, in which a power law bends least.
      double at = line.from() * Math.pow(line.to() / line.from(), (double) i / CURVE_STEPS);
      if (figure.x().shows(at) && figure.y().shows(line.at(at))) {
        places.add(new double[] {px(at), py(line.at(at))});
      }
    }
    strokePath(places, new Pen(Palette.REFERENCE, 1.6, true));
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
    boolean toRight = at + 6 + width < frame.getMaxX();
    double left = toRight ? at + 6 : at - 6 - width;
    double top = frame.getMinY() + 18;
    double bottom = frame.getMaxY() - 10;
    boolean above = clearance(left, width, top) >= clearance(left, width, bottom);
    canvas.write(
        text,
        left,
        above ? top : bottom,
        new Lettering(TICK_SIZE, false, Palette.INK, Anchor.START, false));
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

  private interface SeriesPainter {
    void draw(Series series, int number);
  }

  private void eachSeries(SeriesPainter painter) {
    int measured = 0;
    for (Series series : figure.series()) {
      boolean published = series.style() == Series.Style.PUBLISHED;
      painter.draw(series, published ? -1 : measured++);
    }
  }

  private static Color color(int number) {
    return number < 0 ? Palette.INK : Palette.series(number);
  }

  private void drawRibbonOrBars(Series series, int number) {
    List<Point> points =
        figure.shown(series).stream().filter(p -> p.interval().isPresent()).toList();
    if (points.isEmpty()) {
      return;
    }
    if (series.style() == Series.Style.LINE) {
      canvas.fill(ribbon(points), Palette.transparent(color(number), 45));
    } else {
      points.forEach(point -> drawBar(point, color(number)));
    }
  }

  private Shape ribbon(List<Point> points) {
    Path2D path = new Path2D.Double();
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

  private void drawBar(Point point, Color color) {
    Interval interval = point.interval().orElseThrow();
    double at = px(point.x());
    Pen pen = new Pen(color, 1.4, false);
    double low = pyWithin(interval.low());
    double high = pyWithin(interval.high());
    canvas.stroke(new Line2D.Double(at, low, at, high), pen);
    // A cap says that the bar ends here, so a bar that runs on beyond the frame has none.
    if (low < frame.getMaxY()) {
      canvas.stroke(new Line2D.Double(at - CAP, low, at + CAP, low), pen);
    }
    if (high > frame.getMinY()) {
      canvas.stroke(new Line2D.Double(at - CAP, high, at + CAP, high), pen);
    }
  }

  private void drawLine(Series series, int number) {
    if (series.style().hasLine()) {
      strokePath(
          figure.shown(series).stream().map(p -> new double[] {px(p.x()), py(p.y())}).toList(),
          new Pen(color(number), 2.2, false));
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

  private void drawPoints(Series series, int number) {
    if (series.style() != Series.Style.LINE) {
      figure.shown(series).forEach(p -> drawPoint(number, px(p.x()), py(p.y())));
    }
  }

  private void drawPoint(int number, double atX, double atY) {
    if (number < 0) {
      Shape diamond = Palette.publishedPoint(atX, atY);
      canvas.fill(diamond, Color.WHITE);
      canvas.stroke(diamond, new Pen(Palette.INK, 1.5, false));
    } else {
      Shape point = Palette.point(number, atX, atY);
      canvas.fill(point, color(number));
      canvas.stroke(point, new Pen(Color.WHITE, 0.8, false));
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

  // The legend, in rows above the frame, where it hides no data.

  private List<Entry> entries() {
    List<Entry> entries = new ArrayList<>();
    eachSeries(
        (series, number) ->
            entries.add(
                new Entry(
                    series.name(), (left, middle) -> drawSample(series, number, left, middle))));
    for (ReferenceLine line : figure.references()) {
      Pen pen = new Pen(Palette.REFERENCE, 1.6, true);
      entries.add(
          new Entry(
              line.label(),
              (left, middle) ->
                  canvas.stroke(new Line2D.Double(left, middle, left + SWATCH, middle), pen)));
    }
    for (Region region : figure.regions()) {
      if (!region.label().isBlank()) {
        entries.add(
            new Entry(
                region.label(),
                (left, middle) ->
                    canvas.fill(
                        new Rectangle2D.Double(left, middle - 7, SWATCH, 14), fill(region))));
      }
    }
    return entries;
  }

  private void drawSample(Series series, int number, double left, double middle) {
    if (series.style().hasLine()) {
      canvas.stroke(
          new Line2D.Double(left, middle, left + SWATCH, middle),
          new Pen(color(number), 2.2, false));
    }
    if (series.style() != Series.Style.LINE) {
      drawPoint(number, left + SWATCH / 2, middle);
    }
  }

  private static List<List<Entry>> rows(List<Entry> entries) {
    List<List<Entry>> rows = new ArrayList<>();
    double used = Double.POSITIVE_INFINITY;
    for (Entry entry : entries) {
      if (used + entry.width() > WIDTH - LEFT - RIGHT) {
        rows.add(new ArrayList<>());
        used = 0;
      }
      rows.get(rows.size() - 1).add(entry);
      used += entry.width();
    }
    return rows;
  }

  private void drawLegend() {
    double baseline = TITLE_BASELINE + 12 + LEGEND_LINE / 2;
    for (List<Entry> row : legend) {
      double left = LEFT;
      for (Entry entry : row) {
        entry.sample().draw(left, baseline - 5);
        canvas.write(
            RichText.parse(entry.label()),
            left + SWATCH + 8,
            baseline,
            new Lettering(LEGEND_SIZE, false, Palette.INK, Anchor.START, false));
        left += entry.width();
      }
      baseline += LEGEND_LINE;
    }
  }

  // The notes below the figure.

  private List<String> notes() {
    List<String> lines = new ArrayList<>();
    if (!figure.note().isBlank()) {
      lines.addAll(wrapped(figure.note()));
    }
    for (Series series : figure.series()) {
      List<Point> leftOut = figure.leftOut(series);
      if (!leftOut.isEmpty()) {
        lines.addAll(wrapped(new LeftOut(series, leftOut).sentence(figure)));
      }
      if (reachesBelowLogAxis(series)) {
        lines.addAll(
            wrapped(
                "Intervals of '"
                    + series.name()
                    + "' that run to the lower edge reach 0 or below, which a logarithmic axis has"
                    + " no place for."));
      }
    }
    return lines;
  }

  private boolean reachesBelowLogAxis(Series series) {
    return figure.shown(series).stream()
        .flatMap(point -> point.interval().stream())
        .anyMatch(interval -> figure.y().spacing().isLog() && interval.low() <= 0);
  }

  private static List<String> wrapped(String text) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String word : text.split(" ")) {
      String longer = line.isEmpty() ? word : line + " " + word;
      if (RichText.parse(longer).width(NOTE_SIZE, false) > WIDTH - LEFT - RIGHT) {
        lines.add(line.toString());
        longer = word;
      }
      line.setLength(0);
      line.append(longer);
    }
    lines.add(line.toString());
    return lines;
  }

  private void drawNotes() {
    double baseline = HEIGHT - 10 - NOTE_LINE * (notes.size() - 1);
    for (String line : notes) {
      canvas.write(
          RichText.parse(line),
          LEFT,
          baseline,
          new Lettering(NOTE_SIZE, false, Palette.FRAME, Anchor.START, false));
      baseline += NOTE_LINE;
    }
  }
}
