package mitosis.evidence;

import java.util.Arrays;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import mitosis.analysis.ImageWeights;

/**
 * Where w* lies beside what full networks do as they grow (claim C14; P22 §4 and Fig. S5).
 *
 * @param rule how w* is found, and what training error counts as none
 */
public record VariancePeak(CriticalSize rule) {

  private static final String OTHER_WIDTHS =
      "train narrower or wider networks too, with -Dscale=extended or -Dscale=full";

  /**
   * Networks of which the widest are also looked at in chunks.
   *
   * @param widest the widest of the networks
   * @param networks of all widths
   */
  public record Family(Subject widest, FullNetworks networks) {}

  /**
   * w* divided by the width at which the variance is largest, of those that were trained. A largest
   * variance at the narrowest or widest of them is no peak.
   */
  public Measurement<Family> cloneSizeOverPeak() {
    return family -> {
      requireCloneSize(family.widest());
      FullNetworks networks = family.networks();
      int[] widths = networks.widths();
      int peak = networks.peak(all(family), ImageWeights.equal(networks.blocks()));
      if (peak == 0 || peak == widths.length - 1) {
        throw new Unmeasurable(
            "a peak of the variance: over the widths %s it is largest at the %s"
                .formatted(Arrays.toString(widths), peak == 0 ? "narrowest" : "widest"),
            OTHER_WIDTHS);
      }
      return Resampling.ofSeedsAndImages(networks.seeds(), networks.blocks())
          .estimate(
              (seeds, images) ->
                  cloneSize(family.widest(), seeds) / widths[networks.peak(seeds, images)]);
    };
  }

  /** w* divided by the smallest width at which full networks interpolate. */
  public Measurement<Family> cloneSizeOverInterpolationWidth() {
    return family -> {
      requireCloneSize(family.widest());
      FullNetworks networks = family.networks();
      int[] widths = networks.widths();
      OptionalDouble interpolating = networks.interpolationWidth(rule.tolerance(), all(family));
      if (interpolating.isEmpty() || interpolating.getAsDouble() <= widths[0]) {
        throw new Unmeasurable(
            "a width from which on full networks interpolate: of the widths %s %s do"
                .formatted(Arrays.toString(widths), interpolating.isEmpty() ? "none" : "all"),
            OTHER_WIDTHS);
      }
      return Resampling.ofSeeds(networks.seeds())
          .estimate(
              (seeds, images) ->
                  cloneSize(family.widest(), seeds)
                      / networks
                          .interpolationWidth(rule.tolerance(), seeds)
                          .orElse(2.0 * widths[widths.length - 1]));
    };
  }

  private void requireCloneSize(Subject widest) {
    if (Double.isInfinite(rule.of(widest))) {
      throw new Unmeasurable(
          "a critical size w*, as the widest network does not fit its training set",
          "train it longer, with -Dscale=extended or -Dscale=full");
    }
  }

  /** At most 2·W, as for the interval of w*. */
  private double cloneSize(Subject widest, int[] seeds) {
    return Math.min(rule.of(widest, seeds), 2.0 * widest.width());
  }

  private static int[] all(Family family) {
    return IntStream.range(0, family.networks().seeds()).toArray();
  }
}
