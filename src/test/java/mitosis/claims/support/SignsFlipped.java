package mitosis.claims.support;

import java.util.Optional;
import mitosis.analysis.SignFlips;
import mitosis.claim.Decimal;
import mitosis.claim.Judgement.SideNote;
import mitosis.evidence.Subject;

/**
 * What chance alone would make of the residuals, said beside their correlation: its null by sign
 * flips, which keeps the size of each residual.
 */
public final class SignsFlipped {

  /** So that a share of a twentieth can be told. */
  private static final int FLIPS = 39;

  private SignsFlipped() {}

  /** Of one chunk of one network. */
  public static Optional<SideNote> beside(Subject subject, int size) {
    return subject.signFlips(size, FLIPS).map(flips -> new SideNote(name(flips), found(flips)));
  }

  private static String name(SignFlips flips) {
    return "one chunk of %d with signs flipped %d times".formatted(flips.size(), flips.flips());
  }

  private static String found(SignFlips flips) {
    return "mean |ρ| %s; mean ρ² − 1/(N−w−1) %s"
        .formatted(words(flips.absolute()), words(flips.excessSquare()));
  }

  private static String words(SignFlips.Compared compared) {
    return "%s where chance has %s ± %s, p ≤ %s"
        .formatted(
            Decimal.text(compared.observed()),
            Decimal.text(compared.mean()),
            Decimal.text(compared.deviation()),
            Decimal.text(compared.share()));
  }
}
