package mitosis.claim;

/** The claims that the suite tests, in the order of the papers' argument. */
public enum ClaimId {
  C01("width-scaling"),
  C02("chunk-scaling"),
  C03("small-chunks-steeper"),
  C04("chunk-equals-network"),
  C05("interpolation"),
  C06("reconstruction"),
  C07("uncorrelated-residuals"),
  C08("intrinsic-dimension"),
  C09("two-phases"),
  C10("needs-weight-decay"),
  C11("needs-interpolation"),
  C12("whole-network-width"),
  C13("wide-or-ensemble"),
  C14("variance-peak"),
  C15("clone-count"),
  C16("depth-does-not-matter"),
  C17("students-copy-teachers"),
  C18("signatures-coincide"),
  C19("any-loss"),
  C20("dose-response");

  private final String shortName;

  ClaimId(String shortName) {
    this.shortName = shortName;
  }

  /** The claim in two or three words, e.g. {@code width-scaling}. */
  public String shortName() {
    return shortName;
  }

  /** Id and short name, e.g. {@code C01 width-scaling}: how reports name the claim. */
  public String title() {
    return name() + " " + shortName;
  }

  /**
   * Reads an id such as {@code C06}.
   *
   * @throws IllegalArgumentException if there is no such claim; the message lists the ids
   */
  public static ClaimId parse(String text) {
    return Choice.parse(values(), "claim", text, ClaimId::name);
  }
}
