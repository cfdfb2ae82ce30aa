package mitosis.claim;

/** What a measurement says about a claim. */
public enum Verdict {
  /** The whole interval lies in the band. */
  REPRODUCED,
  /** The whole interval lies outside the band: a result like any other. */
  NOT_REPRODUCED,
  /** The interval straddles the band's edge, or a control shows that the check cannot tell. */
  UNDERPOWERED,
  /** Not measured: data, device or runs are missing. */
  UNTESTED;

  /**
   * Reads a verdict's name, e.g. {@code NOT_REPRODUCED}.
   *
   * @throws IllegalArgumentException if there is no such verdict; the message lists the four
   */
  public static Verdict parse(String text) {
    return Choice.parse(values(), "verdict", text, Verdict::name);
  }
}
