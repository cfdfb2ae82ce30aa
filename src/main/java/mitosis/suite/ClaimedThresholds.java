package mitosis.suite;

import java.util.Optional;
import mitosis.analysis.CriticalWidths.CloneThresholds;
import mitosis.claim.Band;
import mitosis.claim.ClaimId;
import mitosis.claim.Expectation;
import mitosis.claim.Expectations;
import mitosis.claim.Scale;

/** The thresholds of clones that follow from the bands of the claims C03, C05, C06 and C07. */
public final class ClaimedThresholds {

  private final Expectations own;
  private final Expectations others;
  private final Scale scale;

  private ClaimedThresholds(Expectations own, Expectations others, Scale scale) {
    this.own = own;
    this.others = others;
    this.scale = scale;
  }

  /**
   * Those of trained networks.
   *
   * @param own what is expected of the system
   * @param others what is expected of the system whose bands stand in for claims that are not
   *     tested on the system itself
   */
  public static CloneThresholds of(Expectations own, Expectations others, Scale scale) {
    ClaimedThresholds claimed = new ClaimedThresholds(own, others, scale);
    return claimed.with(claimed.expectation(ClaimId.C05, "critical_width").setting("tolerance"));
  }

  /**
   * Those of a network that a user brings, where half of the layer says how much clones may err on
   * the training set.
   *
   * @param own what is expected of it
   */
  static CloneThresholds ofSubject(Expectations own, Scale scale) {
    ClaimedThresholds claimed = new ClaimedThresholds(own, own, scale);
    return claimed.with(claimed.band(ClaimId.C05, "half_layer_excess").high());
  }

  private CloneThresholds with(double trainingError) {
    return new CloneThresholds(
        trainingError,
        band(ClaimId.C06, "held_out_r2").low(),
        band(ClaimId.C07, "off_chunk_correlation").high(),
        band(ClaimId.C03, "shallowest_local_slope").high());
  }

  private Band band(ClaimId claim, String quantity) {
    return expectation(claim, quantity).band();
  }

  private Expectation expectation(ClaimId claim, String quantity) {
    Optional<Expectation> tested =
        own.at(scale).stream()
            .filter(each -> each.claim() == claim && each.quantity().name().equals(quantity))
            .findFirst();
    return tested.orElseGet(() -> others.of(claim, quantity, scale));
  }
}
