package mitosis.report;

/**
 * An upright line at one abscissa, e.g. the critical width.
 *
 * @param x the abscissa
 * @param label what stands there, e.g. {@code w* = 48}; written beside the line
 */
public record VerticalMarker(double x, String label) {}
