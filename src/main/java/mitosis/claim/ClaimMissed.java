package mitosis.claim;

/**
 * A claim was measured and does not hold. A failure of its own kind, so that the build can tell a
 * result from a broken test.
 */
public final class ClaimMissed extends AssertionError {

  private static final long serialVersionUID = 1L;

  /**
   * @param message what {@link Judgement#message} says, beginning with {@code NOT_REPRODUCED: }
   */
  public ClaimMissed(String message) {
    super(message);
  }
}
