package mitosis.claim;

import org.apache.commons.math3.distribution.TDistribution;

/**
 * A quantity as it came out in earlier runs whose seeds the default run does not use. It says
 * whether the suite still measures what it did, never whether a claim holds.
 *
 * @param mean the mean of the earlier values, in the quantity's unit; finite
 * @param deviation their standard deviation with n − 1 in the denominator; finite, at least 0
 * @param count how many values n, at least 2
 * @param commit the commit that they were recorded at
 */
public record Baseline(double mean, double deviation, int count, String commit) {

  /** How a new value stands to the recorded ones. */
  public enum State {
    /** Inside the prediction interval. */
    STABLE,
    /** Outside it: the code, the data or the machine has changed what is measured. */
    DRIFTED,
    /** Nothing is recorded, or nothing was measured. */
    NONE
  }

  /** Two-sided level of the prediction interval: one false alarm in a thousand checks. */
  private static final double LEVEL = 0.999;

  /**
   * @throws IllegalArgumentException if a number is not finite, the deviation negative, the count
   *     below 2 or the commit blank
   */
  public Baseline {
    if (!Double.isFinite(mean)) {
      throw new IllegalArgumentException("baseline's mean is " + mean + "; record a finite number");
    }
    if (!Double.isFinite(deviation) || deviation < 0) {
      throw new IllegalArgumentException(
          "baseline's deviation is " + deviation + "; record a finite number that is not negative");
    }
    if (count < 2) {
      throw new IllegalArgumentException(
          "baseline's count is " + count + "; a deviation needs at least 2 runs, record more");
    }
    if (commit.isBlank()) {
      throw new IllegalArgumentException("baseline's commit is blank; say where it was recorded");
    }
  }

  /**
   * Where one further value from the same runs lies with 99.9 % probability: mean ± t·s·√(1 + 1/n),
   * with t the quantile of Student's distribution with n − 1 degrees of freedom (prediction
   * interval for one future observation of a normal quantity).
   */
  public Interval prediction() {
    double t = new TDistribution(count - 1).inverseCumulativeProbability((1 + LEVEL) / 2);
    double reach = t * deviation * Math.sqrt(1 + 1.0 / count);
    return new Interval(mean - reach, mean + reach);
  }

  /** {@code STABLE} if the value lies in {@link #prediction()}, else {@code DRIFTED}. */
  public State state(double value) {
    Interval expected = prediction();
    return value >= expected.low() && value <= expected.high() ? State.STABLE : State.DRIFTED;
  }
}
