package mitosis.report;

/**
 * A power law to compare with, drawn dashed: y = {@code y0}·(x/{@code x0})^{@code exponent}. On two
 * logarithmic axes it is a straight line.
 *
 * @param label its name in the legend, e.g. {@code w^{-1/2}}; a blank one is not listed
 * @param exponent the exponent
 * @param x0 a point's abscissa, positive
 * @param y0 the same point's ordinate
 * @param from where the line begins in x, positive
 * @param to where it ends in x, above {@code from}
 * @param isEdge whether it bounds the laws that are accepted, and is none to compare with: then it
 *     is drawn thin
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
