package mitosis.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SlopeCoverageTest {

  /**
   * Ten networks that mostly find the same images hard. The benchmark's 1,000 trials find 0.975
   * covered; below 45 of 50 then come once in 3,000 times, and of an interval that is half as wide,
   * which covers two thirds, almost always.
   */
  @Test
  void intervalsOfTheExponentHoldTheTruth() {
    SlopeCoverage.Result result = new SlopeCoverage(10, 5_000, 0.9, 0).measure(50, 1);

    assertThat(result.covered()).isGreaterThanOrEqualTo(0.9);
    // A deviation of 50 values is known to 10 %; three of these about the benchmark's 1.14.
    assertThat(result.meanHalfWidth() / (1.96 * result.deviation())).isBetween(0.8, 1.5);
  }
}
