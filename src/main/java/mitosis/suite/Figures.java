package mitosis.suite;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import mitosis.analysis.Reconstruction;
import mitosis.claim.Expectations;
import mitosis.claim.Published.PublishedCurve;
import mitosis.claim.Published.PublishedPoints;
import mitosis.evidence.CurvePoint;
import mitosis.evidence.ReconstructionMeasurements;
import mitosis.report.Figure;
import mitosis.report.Figure.Axis;
import mitosis.report.Figure.Point;
import mitosis.report.Figure.Series;
import mitosis.report.Figure.VerticalMarker;

/**
 * The papers' own plots, drawn from what this run measured, with published points where there are
 * any.
 *
 * @param scaling errors against size
 * @param layers what chunks make of a layer
 * @param widths full networks of every width
 * @param courses trainings
 * @param variants networks that differ in one thing
 */
public record Figures(
    ScalingFigures scaling,
    LayerFigures layers,
    WidthFigures widths,
    CourseFigures courses,
    VariantFigures variants) {

  /**
   * Those of a system.
   *
   * @param system name, for titles
   * @param evidence what is drawn
   * @param expectations with the points that were published of it
   */
  public static Figures of(String system, Evidence evidence, Expectations expectations) {
    SystemFigure sheet = new SystemFigure(system, evidence, expectations);
    LayerFigures layers = new LayerFigures(sheet);
    return new Figures(
        new ScalingFigures(sheet),
        layers,
        new WidthFigures(sheet),
        new CourseFigures(sheet),
        new VariantFigures(sheet, layers));
  }

  /**
   * What all figures of a system have in common.
   *
   * @param system its name, for titles
   * @param evidence what is drawn
   * @param expectations with the points that were published of it
   */
  record SystemFigure(String system, Evidence evidence, Expectations expectations) {

    /** What intervals are of numbers that depend on seeds alone. */
    static final String OVER_SEEDS = "95 % interval over seeds";

    /** What intervals are of numbers that depend on test images too. */
    static final String OVER_SEEDS_AND_IMAGES = "95 % interval over seeds and test images";

    /** A figure of numbers that depend on seeds alone. */
    Figure titled(String title, Axis x, Axis y) {
      return Figure.of(system + ": " + title, x, y).withIntervals(OVER_SEEDS);
    }

    /** With w*, if there is one. */
    Figure marked(Figure figure) {
      double critical = evidence.criticalWidth();
      return Double.isFinite(critical)
          ? figure.with(new VerticalMarker(critical, "w*"))
          : figure.withNote("No w*: the widest network does not fit its training set.");
    }

    /** With the points that were published of a curve, if there are any. */
    Figure published(Figure figure, PublishedCurve curve, String name) {
      Optional<PublishedPoints> points = expectations.points(curve);
      return points.isEmpty() ? figure : figure.with(series(points.get(), name));
    }

    private static Series series(PublishedPoints points, String name) {
      return Series.of(
          "%s (%s)".formatted(name, points.figure()),
          Series.Style.PUBLISHED,
          points.sizes().stream().mapToDouble(Double::doubleValue).toArray(),
          points.values().stream().mapToDouble(Double::doubleValue).toArray());
    }

    /** A measured curve over sizes or epochs. */
    static Series curve(String name, int[] sizes, List<CurvePoint> points) {
      return curve(name, Arrays.stream(sizes).asDoubleStream().toArray(), points);
    }

    /** A measured curve over any abscissae, as many as points. */
    static Series curve(String name, double[] x, List<CurvePoint> points) {
      return new Series(
          name,
          Series.Style.LINE_AND_POINTS,
          IntStream.range(0, x.length)
              .mapToObj(
                  k ->
                      new Point(
                          x[k],
                          points.get(k).value(),
                          points.get(k).interval(),
                          points.get(k).seeds()))
              .toList());
    }

    /** The same, size by size. */
    static Series curve(String name, int[] sizes, IntFunction<CurvePoint> point) {
      return curve(name, sizes, Arrays.stream(sizes).mapToObj(point).toList());
    }

    /** The correlation of the residuals off chunks of a size, over layers. */
    static CurvePoint offChunk(List<Reconstruction> layers, int size) {
      return ReconstructionMeasurements.mean(
          layers, layer -> ReconstructionMeasurements.offChunk(layer, size));
    }
  }
}
