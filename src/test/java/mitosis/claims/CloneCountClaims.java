package mitosis.claims;

import static mitosis.claim.ClaimId.C15;

import mitosis.evidence.Alone;
import mitosis.suite.AuditControls;
import mitosis.suite.AuditFigures;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** How many clones a layer holds (P22 abstract, §3). */
final class CloneCountClaims {

  private CloneCountClaims() {}

  @OnSubject
  static class OnBroughtNetwork {

    @Test
    @Tag("C15")
    @Claim(value = C15, quantity = "clones")
    void the_layer_holds_more_than_one_clone(
        SubjectCheck check, AuditControls controls, AuditFigures figures) {
      check
          .measured(Alone.clones())
          .rejects("Gaussian layer", controls::gaussianLayer)
          .accepts("planted clones", controls::plantedClones)
          .shownAs(figures::chunkErrors)
          .isWithinTheBand();
    }
  }
}
