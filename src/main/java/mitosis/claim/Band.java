package mitosis.claim;

import java.util.Optional;

/**
 * The values of a quantity that agree with a claim: an interval that may be one-sided, open at an
 * end, or turned inside out.
 *
 * @param low the lower edge; −∞ for none
 * @param high the upper edge, at least {@code low}; +∞ for none
 * @param lowOpen whether {@code low} itself is outside the stretch between the edges
 * @param highOpen whether {@code high} itself is outside it
 * @param outside whether the claim asks for values that are <em>not</em> between the edges
 */
public record Band(double low, double high, boolean lowOpen, boolean highOpen, boolean outside) {

  /**
   * @throws IllegalArgumentException if an edge is NaN, {@code low > high}, both edges are
   *     infinite, or nothing lies between them
   */
  public Band {
    if (Double.isNaN(low) || Double.isNaN(high)) {
      throw new IllegalArgumentException(
          "band ["
              + low
              + ", "
              + high
              + "]: an edge is NaN; give a number, or an infinity for no edge");
    }
    if (low > high) {
      throw new IllegalArgumentException(
          "band [" + low + ", " + high + "]: low is above high; swap the edges");
    }
    if (Double.isInfinite(low) && Double.isInfinite(high)) {
      throw new IllegalArgumentException(
          "band ["
              + low
              + ", "
              + high
              + "]: at least one edge must be finite, or no measurement can miss it");
    }
    if (low == high && (lowOpen || highOpen)) {
      throw new IllegalArgumentException(
          "band [" + low + ", " + high + "]: open and without width, so nothing lies in it");
    }
    // An infinite edge has no value to leave out: one way to write it keeps equal bands equal.
    lowOpen = lowOpen && Double.isFinite(low);
    highOpen = highOpen && Double.isFinite(high);
  }

  /** The values from {@code low} to {@code high}, both included. */
  public static Band between(double low, double high) {
    return new Band(low, high, false, false, false);
  }

  /** The values up to {@code high}, included. */
  public static Band atMost(double high) {
    return between(Double.NEGATIVE_INFINITY, high);
  }

  /** The values from {@code low} on, included. */
  public static Band atLeast(double low) {
    return between(low, Double.POSITIVE_INFINITY);
  }

  /** This band without the value {@code low} itself. */
  public Band openBelow() {
    return new Band(low, high, true, highOpen, outside);
  }

  /** This band without the value {@code high} itself. */
  public Band openAbove() {
    return new Band(low, high, lowOpen, true, outside);
  }

  /** All values that are not in this band. */
  public Band complement() {
    return new Band(low, high, lowOpen, highOpen, !outside);
  }

  /** Whether the value agrees with the claim. */
  public boolean contains(double value) {
    return isBetweenEdges(value) != outside;
  }

  /**
   * Holds the estimate's interval against this band.
   *
   * @return {@code REPRODUCED} if the whole interval agrees with the claim, {@code NOT_REPRODUCED}
   *     if none of it does, {@code UNDERPOWERED} otherwise
   */
  public Verdict judge(Estimate estimate) {
    return judge(estimate.interval());
  }

  Verdict judge(Interval interval) {
    boolean allBetween = isBetweenEdges(interval.low()) && isBetweenEdges(interval.high());
    boolean noneBetween = isAbove(interval.low()) || isBelow(interval.high());
    if (outside ? noneBetween : allBetween) {
      return Verdict.REPRODUCED;
    }
    return (outside ? allBetween : noneBetween) ? Verdict.NOT_REPRODUCED : Verdict.UNDERPOWERED;
  }

  /** The distance from the value to the nearest finite edge, in the value's unit; at least 0. */
  public double distanceToEdge(double value) {
    return Math.min(Math.abs(value - low), Math.abs(value - high));
  }

  /**
   * The factor by which the number of seeds or images must grow before an interval that straddles
   * an edge could lie on one side of it: its half-width h shrinks with the square root of that
   * number, and has to come down to the distance d from the value to the nearest edge, so the
   * factor is (h/d)², rounded up.
   *
   * @param value the measured value
   * @param interval its interval
   * @return the factor, at least 1; empty if the value lies on the edge or the interval is
   *     unbounded, so that no number can be named
   */
  public Optional<Long> growthToDecide(double value, Interval interval) {
    double factor = Math.ceil(Math.pow(interval.halfWidth() / distanceToEdge(value), 2));
    // Beyond 2^53 a double no longer holds every integer; nobody trains that many seeds anyway.
    return factor < 0x1p53 ? Optional.of(Math.max(1, (long) factor)) : Optional.empty();
  }

  /** {@link #growthToDecide} as a sentence without its full stop. */
  String wayToDecide(double value, Interval interval) {
    return growthToDecide(value, interval)
        .map(
            factor ->
                "about "
                    + factor
                    + " times as many seeds or images would bring it to one side if the value stays")
        .orElse(
            "the value lies on the edge or the interval is unbounded, so no number of seeds or"
                + " images can be named");
  }

  private boolean isBetweenEdges(double value) {
    return !isBelow(value) && !isAbove(value);
  }

  private boolean isBelow(double value) {
    return lowOpen ? value <= low : value < low;
  }

  private boolean isAbove(double value) {
    return highOpen ? value >= high : value > high;
  }

  /** As in {@code [0.99, 1)}, {@code ≤ 0.03}, {@code < -0.65} or {@code outside [-0.65, -0.35]}. */
  @Override
  public String toString() {
    return (outside ? "outside " : "") + edges();
  }

  private String edges() {
    if (Double.isInfinite(low)) {
      return (highOpen ? "< " : "≤ ") + Decimal.text(high);
    }
    if (Double.isInfinite(high)) {
      return (lowOpen ? "> " : "≥ ") + Decimal.text(low);
    }
    return (lowOpen ? "(" : "[")
        + Decimal.text(low)
        + ", "
        + Decimal.text(high)
        + (highOpen ? ")" : "]");
  }
}
