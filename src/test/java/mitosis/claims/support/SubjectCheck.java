package mitosis.claims.support;

import java.util.function.Function;
import mitosis.claim.Band;
import mitosis.claim.ClaimId;
import mitosis.claim.Estimates;
import mitosis.claim.Expectation;
import mitosis.evidence.Measurement;
import mitosis.evidence.SingleNetwork;
import mitosis.suite.Audit;

/** How one quantity of a claim is decided on the network that a user brings. */
public final class SubjectCheck {

  private final Audit audit;
  private final Expectation expectation;
  private final String test;

  SubjectCheck(Audit audit, Expectation expectation, String test) {
    this.audit = audit;
    this.expectation = expectation;
    this.test = test;
  }

  /** The values that agree with the claim. */
  public Band band() {
    return expectation.band();
  }

  /** The values that agree with another claim, or another quantity of it. */
  public Band band(ClaimId claim, String quantity) {
    return audit.expectations().of(claim, quantity, audit.scale()).band();
  }

  /** Measures a quantity of the network. */
  public Verification<SingleNetwork> measured(Measurement<SingleNetwork> measurement) {
    return new Verification<>(audit, expectation, test, () -> measurement, audit::network);
  }

  /**
   * Measures a quantity of the network in several cases, of which the one that agrees least with
   * the band counts.
   */
  public Verification<SingleNetwork> measuredInEachCase(
      Function<SingleNetwork, Estimates> measurement) {
    return measured(network -> measurement.apply(network).worst(band()).estimate());
  }
}
