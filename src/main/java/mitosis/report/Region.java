package mitosis.report;

import java.util.List;
import mitosis.claim.Band;

/**
 * A shaded stretch of a figure, from edge to edge of the other axis.
 *
 * @param label its name in the legend; a blank one is not listed
 * @param along the axis that {@code low} and {@code high} are values of
 * @param low where it begins; −∞ for the axis' end
 * @param high where it ends; +∞ for the axis' end
 */
public record Region(String label, Along along, double low, double high) {

  /** The axis along which a region is bounded. */
  public enum Along {
    /** Bounded in x: an upright stripe. */
    X,
    /** Bounded in y: a lying stripe. */
    Y
  }

  /** The stretch {@code x ≥ from}, e.g. the sizes beyond the critical width. */
  public static Region beyond(double from, String label) {
    return new Region(label, Along.X, from, Double.POSITIVE_INFINITY);
  }

  /** The values of y that a band accepts: one stripe, or two for a band turned inside out. */
  public static List<Region> accepted(Band band, String label) {
    return band.outside()
        ? List.of(
            new Region(label, Along.Y, Double.NEGATIVE_INFINITY, band.low()),
            new Region("", Along.Y, band.high(), Double.POSITIVE_INFINITY))
        : List.of(new Region(label, Along.Y, band.low(), band.high()));
  }
}
