package mitosis.evidence;

/**
 * A quantity that does not exist for a subject, such as a slope beyond a critical width that there
 * is none of.
 */
public sealed class Unmeasurable extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String remedy;

  /**
   * @param missing what the quantity would need and the subject lacks
   * @param remedy how it could be had
   */
  public Unmeasurable(String missing, String remedy) {
    super(missing);
    this.remedy = remedy;
  }

  /** How it could be had. */
  public String remedy() {
    return remedy;
  }

  /**
   * Networks that are not there yet, such as for want of time. What needs them, be it as a control
   * alone, is not decided without them.
   */
  public static final class NotTrained extends Unmeasurable {
    private static final long serialVersionUID = 1L;

    /**
     * @param missing which networks, and why they are not there
     * @param remedy how they can be had
     */
    public NotTrained(String missing, String remedy) {
      super(missing, remedy);
    }
  }
}
