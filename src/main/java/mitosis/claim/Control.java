package mitosis.claim;

/**
 * A representation or curve that a claim's check must reject, or must accept, and what the check
 * did.
 *
 * @param name what was put to the check, e.g. {@code planted clones}; not blank
 * @param origin how it is known what the check must say
 * @param expected {@code REJECTED} or {@code ACCEPTED}
 * @param outcome what the check did
 */
public record Control(String name, Origin origin, Outcome expected, Outcome outcome) {

  /** Where a control comes from. */
  public enum Origin {
    /** Made up, so that what the check must say is known, and also that it can say it. */
    MADE_UP,
    /**
     * Trained, with as few seeds as the networks of the claim. That these may be too few to tell is
     * no fault of the check.
     */
    TRAINED;
  }

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
  public static Control mustReject(String name, Origin origin, Verdict verdict) {
    return new Control(name, origin, Outcome.REJECTED, Outcome.of(verdict));
  }

  /** A control that the check must accept, with the verdict that it gave. */
  public static Control mustAccept(String name, Origin origin, Verdict verdict) {
    return new Control(name, origin, Outcome.ACCEPTED, Outcome.of(verdict));
  }

  /** Whether the check did not do what it must; {@code UNDECIDED} counts as wrong. */
  public boolean isWrong() {
    return outcome != expected;
  }

  /**
   * Whether the suite is at fault: a trained control that is undecided only lacks seeds, which the
   * verdict says. Where it was decided before, the verdict differs from the recorded finding.
   */
  public boolean speaksAgainstTheSuite() {
    return isWrong() && (origin == Origin.MADE_UP || outcome != Outcome.UNDECIDED);
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
