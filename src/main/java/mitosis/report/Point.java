package mitosis.report;

import java.util.List;
import java.util.Optional;
import mitosis.claim.Interval;

/**
 * A point of a series.
 *
 * @param x its abscissa
 * @param y its ordinate
 * @param interval where the ordinate lies with the series' confidence level; empty if not known
 * @param seeds the ordinate of each seed alone, seed 0 first; empty if they are not known
 */
public record Point(double x, double y, Optional<Interval> interval, List<Double> seeds) {

  /** Keeps a copy of the seeds. */
  public Point {
    seeds = List.copyOf(seeds);
  }
}
