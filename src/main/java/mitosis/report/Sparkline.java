package mitosis.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;
import mitosis.claim.Band;
import mitosis.claim.Decimal;
import mitosis.report.Figure.Region;

/**
 * The values of the last runs as a small line before the band that they are held against.
 *
 * @param values the values that are drawn, oldest first; at least one
 * @param runs how many values there are in all
 * @param band the band
 */
record Sparkline(List<Double> values, int runs, Band band) {

  private static final int LONGEST = 20;
  private static final double WIDTH = 120;
  private static final double HEIGHT = 28;

  /** The room left at each edge, so that the last point is not cut. */
  private static final double MARGIN = 4;

  /** The last 20 values of what was measured; what was not measured leaves no gap. */
  static Sparkline of(List<PastResult> past, Band band) {
    List<Double> all =
        past.stream()
            .flatMapToDouble(result -> result.measured().stream())
            .filter(Double::isFinite)
            .boxed()
            .toList();
    return new Sparkline(
        all.subList(Math.max(0, all.size() - LONGEST), all.size()), all.size(), band);
  }

  boolean isEmpty() {
    return values.isEmpty();
  }

  /** How many runs there are, and the first and last value that is drawn. */
  String text() {
    double last = values.get(values.size() - 1);
    if (runs == 1) {
      return "1 run: " + Decimal.text(last);
    }
    return (runs > values.size() ? "last " + values.size() + " of " + runs : runs)
        + " runs: first "
        + Decimal.text(values.get(0))
        + ", last "
        + Decimal.text(last);
  }

  /** As an SVG element for use in a page that styles the classes band, line and last. */
  String svg() {
    StringBuilder svg =
        new StringBuilder("<svg class=\"trend\" role=\"img\" viewBox=\"0 0 ")
            .append(number(WIDTH))
            .append(' ')
            .append(number(HEIGHT))
            .append("\"><title>")
            .append(text())
            .append("</title>");
    for (Region stripe : Region.accepted(band, "")) {
      double top = stripe.high() < high() ? y(stripe.high()) : -MARGIN;
      double bottom = stripe.low() > low() ? y(stripe.low()) : HEIGHT + MARGIN;
      // Wider and higher than the picture, so that of its frame only the band's own edges show.
      svg.append("<rect class=\"band\" x=\"-2\" y=\"")
          .append(number(top))
          .append("\" width=\"")
          .append(number(WIDTH + 4))
          .append("\" height=\"")
          .append(number(bottom - top))
          .append("\"/>");
    }
    List<String> points = new ArrayList<>();
    for (int k = 0; k < values.size(); k++) {
      points.add(number(x(k)) + "," + number(y(values.get(k))));
    }
    return svg.append("<polyline class=\"line\" points=\"")
        .append(String.join(" ", points))
        .append("\"/><circle class=\"last\" r=\"2.5\" cx=\"")
        .append(number(x(values.size() - 1)))
        .append("\" cy=\"")
        .append(number(y(values.get(values.size() - 1))))
        .append("\"/></svg>")
        .toString();
  }

  /** Where the lower edge of the picture is: a little below the values and the band's edges. */
  private double low() {
    return lowest() - 0.15 * spread();
  }

  private double high() {
    return highest() + 0.15 * spread();
  }

  private double lowest() {
    return shown().min().orElseThrow();
  }

  private double highest() {
    return shown().max().orElseThrow();
  }

  private double spread() {
    double spread = highest() - lowest();
    return spread > 0 ? spread : 1;
  }

  private DoubleStream shown() {
    return DoubleStream.concat(
        values.stream().mapToDouble(Double::doubleValue),
        DoubleStream.of(band.low(), band.high()).filter(Double::isFinite));
  }

  private double x(int k) {
    return values.size() == 1 ? WIDTH / 2 : MARGIN + k * (WIDTH - 2 * MARGIN) / (values.size() - 1);
  }

  private double y(double value) {
    return HEIGHT * (high() - value) / (high() - low());
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.1f", value).replaceFirst("\\.0$", "");
  }
}
