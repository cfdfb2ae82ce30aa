package mitosis.analysis;

import org.apache.commons.math3.distribution.BetaDistribution;

/**
 * Exact confidence bounds of a probability p, of which k of n independent trials were seen to come
 * out (Clopper and Pearson 1934, <em>Biometrika</em> 26, 404).
 *
 * @param count k, 0 to n
 * @param trials n, at least 1
 */
public record ClopperPearson(int count, int trials) {

  /**
   * @throws IllegalArgumentException if there are no trials, or more or fewer of them came out than
   *     there are
   */
  public ClopperPearson {
    if (trials < 1 || count < 0 || count > trials) {
      throw new IllegalArgumentException(
          "%d of %d trials; give at least one trial, and a count between 0 and their number"
              .formatted(count, trials));
    }
  }

  /**
   * The p at which so many or more come out with probability {@code tail}: 0 if none did.
   *
   * @param tail in (0, 1), e.g. 0.05 for a one-sided bound of 95 %
   */
  public double lower(double tail) {
    return count == 0
        ? 0
        : new BetaDistribution(count, trials - count + 1).inverseCumulativeProbability(tail);
  }

  /**
   * The p at which so many or fewer come out with probability {@code tail}: 1 if all did.
   *
   * @param tail in (0, 1), e.g. 0.05 for a one-sided bound of 95 %
   */
  public double upper(double tail) {
    return count == trials
        ? 1
        : new BetaDistribution(count + 1, trials - count).inverseCumulativeProbability(1 - tail);
  }
}
