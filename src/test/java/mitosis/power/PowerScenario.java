package mitosis.power;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import mitosis.analysis.CriticalWidths.CloneThresholds;
import mitosis.claim.Band;
import mitosis.claim.CheckPower;
import mitosis.claim.CheckPower.PowerPosition;
import mitosis.claim.ClaimId;
import mitosis.claim.Estimate;
import mitosis.claim.Expectations;
import mitosis.claim.Scale;
import mitosis.claim.Verdict;
import mitosis.evidence.CriticalSize;
import mitosis.evidence.Unmeasurable;
import mitosis.suite.ClaimedThresholds;

/**
 * Which verdicts a check comes to on subjects whose true value is known.
 *
 * @param key which check
 * @param band what it holds values against
 * @param truths the true values
 * @param seeds networks of a subject, as many as the scale has
 * @param images that each of them sees; 0 if it is made up without
 * @param planted what is made up, in words
 * @param planting how
 * @param moreSeeds whether a trial takes so little time that more seeds are tried too
 */
record PowerScenario(
    CheckPower.Key key,
    Band band,
    List<Double> truths,
    int seeds,
    int images,
    String planted,
    Planting planting,
    boolean moreSeeds) {

  /** What is the same for all questions of a system at a scale. */
  record On(String system, Scale scale, int seeds, Expectations expectations) {

    /** The band of a quantity. */
    Band band(ClaimId claim, String quantity) {
      return expectations.of(claim, quantity, scale).band();
    }

    /** The numbers by which clones are told. */
    CloneThresholds thresholds() {
      return ClaimedThresholds.of(expectations, expectations, scale);
    }

    /** How w* is found on training errors. */
    CriticalSize criticalSize() {
      return new CriticalSize(thresholds().trainingError());
    }

    /** What a quantity's check is set to. */
    int setting(ClaimId claim, String quantity, String name) {
      return (int) expectations.of(claim, quantity, scale).setting(name);
    }

    PowerScenario ask(
        ClaimId claim,
        String quantity,
        int images,
        String planted,
        Planting planting,
        double... truths) {
      return new PowerScenario(
          new CheckPower.Key(system, scale, claim, quantity),
          band(claim, quantity),
          Arrays.stream(truths).boxed().toList(),
          seeds,
          images,
          planted,
          planting,
          true);
    }
  }

  /** The same, but not with more seeds than the scale's. */
  PowerScenario withTheseSeeds() {
    return new PowerScenario(key, band, truths, seeds, images, planted, planting, false);
  }

  /** What one trial says: the same whenever and wherever it is made. */
  PowerPosition trial(double truth, int networks, int number) {
    try {
      Estimate estimate = planting.measured(truth, networks, random(truth, networks, number));
      return new PowerPosition(
          truth, networks, Map.of(band.judge(estimate), 1), estimate.interval().halfWidth());
    } catch (Unmeasurable e) {
      return new PowerPosition(
          truth, networks, Map.of(Verdict.UNTESTED, 1), Double.POSITIVE_INFINITY);
    }
  }

  private SplittableRandom random(double truth, int networks, int number) {
    long seed = key.toString().hashCode();
    for (long part : new long[] {Double.doubleToLongBits(truth), networks, number}) {
      seed = new SplittableRandom(seed ^ part).nextLong();
    }
    return new SplittableRandom(seed);
  }
}
