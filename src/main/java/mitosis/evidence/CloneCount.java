package mitosis.evidence;

import java.util.List;
import java.util.stream.Collectors;
import org.apache.commons.math3.stat.regression.SimpleRegression;

/** How the number of clones W/w* grows with the width (claim C15). */
public final class CloneCount {

  private static final int LEAST_WIDTHS = 3;

  private CloneCount() {}

  /**
   * The slope of log(W/w*) on log W by least squares, with w* measured in the networks of each
   * width, over the widths W ≥ 2·w*: those whose networks hold two clones. The interval is over
   * seeds, by the jackknife, with the widths fixed.
   *
   * @param critical how w* is found
   * @return of full networks of several widths with as many seeds; refuses fewer than three widths
   *     that hold two clones
   */
  public static Measurement<List<Subject>> growth(CriticalSize critical) {
    return networks -> {
      List<Subject> redundant =
          networks.stream().filter(each -> each.width() >= 2 * critical.of(each)).toList();
      if (redundant.size() < LEAST_WIDTHS) {
        throw new Unmeasurable(
            "%d widths W ≥ 2·w*, as a slope needs: %s"
                .formatted(
                    LEAST_WIDTHS,
                    networks.stream()
                        .map(each -> described(each, critical))
                        .collect(Collectors.joining(", "))),
            "train networks of more widths beyond 2·w*, with a larger -Dscale; where that is full"
                + " already, the system's plan needs widths between or beyond its own");
      }
      return Resampling.ofSeeds(redundant.stream().mapToInt(Subject::seeds).min().orElseThrow())
          .estimate((seeds, images) -> slope(redundant, critical, seeds));
    };
  }

  /** W/w* of networks that interpolate, with its interval over seeds. */
  public static CurvePoint of(Subject networks, CriticalSize critical) {
    return CurvePoint.overSeeds(
        networks.seeds(), some -> networks.width() / critical.bounded(networks, some));
  }

  private static String described(Subject networks, CriticalSize critical) {
    double size = critical.of(networks);
    return Double.isInfinite(size)
        ? "W=%d does not fit its training set".formatted(networks.width())
        : "W=%d has w*=%.0f".formatted(networks.width(), size);
  }

  private static double slope(List<Subject> networks, CriticalSize critical, int[] seeds) {
    SimpleRegression line = new SimpleRegression();
    networks.forEach(
        each ->
            line.addData(
                Math.log(each.width()), Math.log(each.width() / critical.bounded(each, seeds))));
    return line.getSlope();
  }
}
