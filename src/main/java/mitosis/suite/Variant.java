package mitosis.suite;

import mitosis.claim.ClaimId;

/** In what a network differs from the others of its system. */
public enum Variant {
  /** The last layer alone is widened, the body narrow (P22 Fig. S4b). */
  LAST_LAYER_WIDENED(ClaimId.C12, "a widened last layer"),

  /** All but the last layer is widened (P22 Fig. S4a). */
  BODY_WIDENED(ClaimId.C12, "a widened body"),

  /** As wide as one another, of several depths. */
  DEPTH(ClaimId.C16, "other depths"),

  /** The widest, trained on another loss. */
  LOSS(ClaimId.C19, "another loss"),

  /** Of several widths, each trained with several weight decays, from none on. */
  WEIGHT_DECAY(ClaimId.C20, "other weight decays");

  private final ClaimId claim;
  private final String words;

  Variant(ClaimId claim, String words) {
    this.claim = claim;
    this.words = words;
  }

  /** The claim that asks for such networks. */
  public ClaimId claim() {
    return claim;
  }

  /** What such networks have. */
  @Override
  public String toString() {
    return words;
  }
}
