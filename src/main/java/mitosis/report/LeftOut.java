package mitosis.report;

import java.util.List;
import java.util.stream.Collectors;
import mitosis.claim.Decimal;

/**
 * The points of a series that a figure cannot show.
 *
 * @param series the series
 * @param points its points that an axis has no place for; at least one
 */
record LeftOut(Series series, List<Point> points) {

  private static final int MOST_NAMED = 6;

  /** Says which points are missing from the figure, and why. */
  String sentence() {
    String named =
        points.stream()
            .limit(MOST_NAMED)
            .map(p -> "(" + Decimal.text(p.x()) + ", " + Decimal.text(p.y()) + ")")
            .collect(Collectors.joining(", "));
    int more = points.size() - MOST_NAMED;
    return "Left out of '"
        + series.name()
        + "': "
        + named
        + (more > 0 ? " and " + more + " more" : "")
        + (points.stream().anyMatch(p -> Double.isFinite(p.x()) && Double.isFinite(p.y()))
            ? "; a logarithmic axis has no place for them."
            : "; they are not finite.");
  }
}
