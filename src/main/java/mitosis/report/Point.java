package mitosis.report;

import java.util.Optional;
import mitosis.claim.Interval;

/**
 * A point of a series.
 *
 * @param x its abscissa
 * @param y its ordinate
 * @param interval where the ordinate lies with the series' confidence level; empty if not known
 */
public record Point(double x, double y, Optional<Interval> interval) {}
