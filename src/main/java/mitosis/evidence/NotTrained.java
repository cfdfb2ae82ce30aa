package mitosis.evidence;

/**
 * Networks that are not there yet, such as for want of time. What needs them, be it as a control
 * alone, is not decided without them.
 */
public final class NotTrained extends Unmeasurable {
  private static final long serialVersionUID = 1L;

  /**
   * @param missing which networks, and why they are not there
   * @param remedy how they can be had
   */
  public NotTrained(String missing, String remedy) {
    super(missing, remedy);
  }
}
