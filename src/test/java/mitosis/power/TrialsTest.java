package mitosis.power;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import mitosis.claim.Band;
import mitosis.claim.CheckPower;
import mitosis.claim.CheckPower.PowerPosition;
import mitosis.claim.ClaimId;
import mitosis.claim.Estimate;
import mitosis.claim.Interval;
import mitosis.claim.RecordedPower;
import mitosis.claim.Scale;
import mitosis.claim.Verdict;
import mitosis.evidence.Unmeasurable;
import org.junit.jupiter.api.Test;

class TrialsTest {

  private static final CheckPower.Key KEY =
      new CheckPower.Key("pmnist-fc5", Scale.QUICK, ClaimId.C06, "held_out_r2");

  /** A value with normal noise of 1/√seeds and its exact 95 % interval; untold in one of ten. */
  private static PowerScenario question(Band band, Double... truths) {
    return new PowerScenario(
        KEY,
        band,
        List.of(truths),
        4,
        0,
        "numbers",
        (truth, seeds, random) -> {
          if (random.nextInt(10) == 0) {
            throw new Unmeasurable("a number", "nothing");
          }
          double value = truth + random.nextGaussian() / Math.sqrt(seeds);
          double half = 1.959964 / Math.sqrt(seeds);
          return new Estimate(value, new Interval(value - half, value + half), 0.95);
        },
        true);
  }

  private static RecordedPower tried(
      PowerScenario question, int wanted, BooleanSupplier spent, RecordedPower known) {
    return new Trials(wanted, "abc", spent, power -> {}, line -> {}).add(List.of(question), known);
  }

  private static PowerPosition at(RecordedPower power, double truth, int seeds) {
    return power.of(KEY).flatMap(check -> check.at(truth, seeds)).orElseThrow();
  }

  @Test
  void verdictsComeAsOftenAsTheIntervalSays() {
    PowerPosition edge =
        at(tried(question(Band.atLeast(0), 0.0), 4_000, () -> false, RecordedPower.none()), 0, 4);

    // At the edge an exact 95 % interval is on either side of it in 2.5 %, here of nine in ten.
    assertThat(edge.trials()).isEqualTo(4_000);
    assertThat(edge.count(Verdict.NOT_REPRODUCED)).isBetween(60, 125);
    assertThat(edge.count(Verdict.REPRODUCED)).isBetween(60, 125);
    assertThat(edge.count(Verdict.UNTESTED)).isBetween(320, 480);
  }

  @Test
  void countsDoNotDependOnHowManySittingsTheyTake() {
    PowerScenario question = question(Band.atLeast(0), -0.5, 0.3);
    RecordedPower atOnce = tried(question, 400, () -> false, RecordedPower.none());
    RecordedPower known = RecordedPower.none();
    for (int sitting = 0; sitting < 100; sitting++) {
      AtomicInteger batches = new AtomicInteger();
      known = tried(question, 400, () -> batches.getAndIncrement() > 0, known);
    }

    assertThat(known.all()).isEqualTo(atOnce.all());
  }

  @Test
  void otherTruthsSeedsAndChecksAreOtherTrials() {
    PowerScenario question = question(Band.atLeast(0), -0.5);

    assertThat(trials(question, -0.5, 4)).isEqualTo(trials(question, -0.5, 4));
    assertThat(trials(question, -0.5, 4)).isNotEqualTo(trials(question, -0.5001, 4));
    assertThat(trials(question, -0.5, 4)).isNotEqualTo(trials(question, -0.5, 8));
  }

  private static List<Map<Verdict, Integer>> trials(
      PowerScenario question, double truth, int seeds) {
    return IntStream.range(0, 200)
        .mapToObj(number -> question.trial(truth, seeds, number).verdicts())
        .toList();
  }

  @Test
  void moreSeedsAreTriedOnlyWhereFewDoNotDo() {
    RecordedPower power =
        tried(question(Band.atLeast(0), -5.0, 0.4), 200, () -> false, RecordedPower.none());
    CheckPower check = power.of(KEY).orElseThrow();

    assertThat(check.at(-5, 8)).isEmpty();
    // 0.4 is 1.96 deviations off the edge with 24 seeds, so that half of the intervals end there.
    assertThat(check.at(0.4, 16)).isPresent();
    assertThat(check.at(0.4, 32)).isPresent();
    assertThat(check.at(0.4, 64)).isEmpty();
    CheckPower few =
        tried(
                question(Band.atLeast(0), 0.4).withTheseSeeds(),
                200,
                () -> false,
                RecordedPower.none())
            .of(KEY)
            .orElseThrow();
    assertThat(few.positions()).hasSize(1);
    // 1.96/√4 at 4 seeds, to come down to 0.4: a factor of 6.002.
    assertThat(few.at(0.4, 4).orElseThrow().growthToDecide(Band.atLeast(0))).contains(7L);
  }

  @Test
  void anotherBandBeginsAnew() {
    RecordedPower known =
        tried(question(Band.atLeast(0), 0.3), 100, () -> true, RecordedPower.none());
    RecordedPower first = tried(question(Band.atLeast(0), 5.0), 100, () -> false, known);
    RecordedPower second = tried(question(Band.atLeast(9), 5.0), 50, () -> false, first);

    assertThat(at(first, 5, 4).trials()).isEqualTo(100);
    assertThat(at(second, 5, 4).trials()).isEqualTo(50);
    assertThat(at(second, 5, 4).count(Verdict.REPRODUCED)).isZero();
  }
}
