package mitosis.claims;

import static mitosis.claim.ClaimId.C08;

import mitosis.evidence.Alone;
import mitosis.suite.AuditControls;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** That the layer's manifold has few dimensions (P22 §3; P21 Fig. 2). */
final class DimensionClaims {

  private DimensionClaims() {}

  @OnSubject
  static class OnBroughtNetwork {

    @Test
    @Tag("C08")
    @Claim(value = C08, quantity = "dimension_share")
    void the_dimension_is_far_below_the_critical_width(SubjectCheck check, AuditControls controls) {
      check
          .measured(Alone.dimensionShare())
          .rejects("planted clones drowned in noise", controls::plantedClonesInNoise)
          .accepts("planted clean clones", controls::plantedCleanClones)
          .isWithinTheBand();
    }
  }
}
