package mitosis.suite;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.IntToDoubleFunction;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import mitosis.analysis.Reconstruction;
import mitosis.claim.Expectations;
import mitosis.claim.PublishedCurve;
import mitosis.claim.PublishedPoints;
import mitosis.evidence.Subject;
import mitosis.report.Axis;
import mitosis.report.Figure;
import mitosis.report.Series;
import mitosis.report.VerticalMarker;

/**
 * What all figures of a system have in common.
 *
 * @param system its name, for titles
 * @param evidence what is drawn
 * @param expectations with the points that were published of it
 */
record Sheet(String system, Evidence evidence, Expectations expectations) {

  Figure titled(String title, Axis x, Axis y) {
    return Figure.of(system + ": " + title, x, y);
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
  static Series curve(String name, int[] sizes, double[] values) {
    return Series.of(
        name,
        Series.Style.LINE_AND_POINTS,
        Arrays.stream(sizes).asDoubleStream().toArray(),
        values);
  }

  /** The same, size by size. */
  static Series curve(String name, int[] sizes, IntToDoubleFunction value) {
    return curve(name, sizes, Arrays.stream(sizes).mapToDouble(value).toArray());
  }

  /** All networks of a subject. */
  static int[] seeds(Subject subject) {
    return IntStream.range(0, subject.seeds()).toArray();
  }

  /** Over the networks of a subject. */
  static double mean(List<Reconstruction> layers, ToDoubleFunction<Reconstruction> value) {
    return layers.stream().mapToDouble(value).average().orElseThrow();
  }

  /** The correlation of the residuals off chunks of a size. */
  static double offChunk(List<Reconstruction> layers, int size) {
    return mean(layers, layer -> layer.offChunkAt(size).orElseThrow().absolute().mean());
  }
}
