package mitosis.claim;

/**
 * A representation or curve that a claim's check must reject, or must accept, and what the check
 * did.
 *
 * @param name what was put to the check, e.g. {@code planted clones}; not blank
 * @param expected {@code REJECTED} or {@code ACCEPTED}
 * @param outcome what the check did
 */
public record Control(String name, Outcome expected, Outcome outcome) {

  /** What a check says of a control. */
  public enum Outcome {
    /** The check said {@code NOT_REPRODUCED}. */
    REJECTED,
    /** The check said {@code REPRODUCED}. */
    ACCEPTED,
    /** The check could not tell. */
    UNDECIDED;

    /** Translates the verdict that the check gave on the control. */
    public static Outcome of(Verdict verdict) {
      return switch (verdict) {
        case REPRODUCED -> ACCEPTED;
        case NOT_REPRODUCED -> REJECTED;
        case UNDERPOWERED, UNTESTED -> UNDECIDED;
      };
    }

    /**
     * Reads an outcome's name.
     *
     * @throws IllegalArgumentException if there is no such outcome; the message lists them
     */
    public static Outcome parse(String text) {
      return Choice.parse(values(), "control outcome", text, Outcome::name);
    }
  }

  /**
   * @throws IllegalArgumentException if the name is blank or {@code UNDECIDED} is expected
   */
  public Control {
    if (name.isBlank()) {
      throw new IllegalArgumentException("control's name is blank; say what was put to the check");
    }
    if (expected == Outcome.UNDECIDED) {
      throw new IllegalArgumentException(
          "control '" + name + "' expects UNDECIDED; a control expects REJECTED or ACCEPTED");
    }
  }

  /** A control that the check must reject, with the verdict that it gave. */
  public static Control mustReject(String name, Verdict verdict) {
    return new Control(name, Outcome.REJECTED, Outcome.of(verdict));
  }

  /** A control that the check must accept, with the verdict that it gave. */
  public static Control mustAccept(String name, Verdict verdict) {
    return new Control(name, Outcome.ACCEPTED, Outcome.of(verdict));
  }

  /** Whether the check did not do what it must; {@code UNDECIDED} counts as wrong. */
  public boolean isWrong() {
    return outcome != expected;
  }

  /** As in {@code control 'Gaussian layer' came out ACCEPTED, must be REJECTED}. */
  @Override
  public String toString() {
    return "control '"
        + name
        + "' came out "
        + outcome
        + (isWrong() ? ", must be " + expected : ", as it must");
  }
}
