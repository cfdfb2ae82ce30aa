package mitosis.power;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import mitosis.claim.CheckPower;
import mitosis.claim.CheckPower.PowerPosition;
import mitosis.claim.RecordedPower;

/**
 * Adds trials to those that are recorded until there are enough, all questions in turn.
 *
 * @param wanted at each position
 * @param commit of the suite
 * @param spent whether to stop
 * @param kept handed what is known, after every batch
 * @param told what has been done, a line a position
 */
record Trials(
    int wanted,
    String commit,
    BooleanSupplier spent,
    Consumer<RecordedPower> kept,
    Consumer<String> told) {

  private static final int BATCH = 50;

  /** Up to so many times the scale's own seeds are tried where those do not do. */
  private static final int MOST_TIMES = 16;

  /** A check that decides so rarely wants more seeds, though it is never wrong. */
  private static final double SELDOM = 0.5;

  /**
   * @param known what is recorded
   * @return with the trials that were made
   */
  RecordedPower add(List<PowerScenario> questions, RecordedPower known) {
    // A tenth everywhere first, so that a short sitting says something of each.
    RecordedPower all = withWanted((wanted + 9) / 10).round(questions, 1, known);
    for (int times = 1; times <= MOST_TIMES; times *= 2) {
      all = round(questions, times, all);
    }
    return all;
  }

  private Trials withWanted(int number) {
    return new Trials(number, commit, spent, kept, told);
  }

  private RecordedPower round(List<PowerScenario> questions, int times, RecordedPower known) {
    RecordedPower all = known;
    for (PowerScenario question : questions) {
      for (double truth : question.truths()) {
        all = add(question, truth, times, all);
      }
    }
    return all;
  }

  private RecordedPower add(PowerScenario question, double truth, int times, RecordedPower known) {
    RecordedPower all = known;
    int seeds = times * question.seeds();
    CheckPower check = of(question, known);
    if (times > 1 && !(question.moreSeeds() && fails(check, question, truth, seeds / 2))) {
      return all;
    }
    PowerPosition position =
        check.at(truth, seeds).orElseGet(() -> PowerPosition.untried(truth, seeds));
    long start = System.nanoTime();
    int before = position.trials();
    while (position.trials() < wanted && !spent.getAsBoolean()) {
      int first = position.trials();
      int count = Math.min(BATCH, wanted - first);
      position = position.with(batch(question, truth, seeds, first, count));
      check = check.with(position, commit);
      all = all.with(check);
      kept.accept(all);
    }
    if (position.trials() > before) {
      told.accept(
          "%s: truth %s, %d seeds: %s, %.1f ms a trial"
              .formatted(
                  question.key(),
                  truth,
                  seeds,
                  position.verdicts(),
                  (System.nanoTime() - start) / 1e6 / (position.trials() - before)));
    }
    return all;
  }

  /**
   * What is known of a check; nothing if it was another check, with another band or other subjects.
   */
  private CheckPower of(PowerScenario question, RecordedPower known) {
    return known
        .of(question.key())
        .filter(check -> check.isOf(question.band()))
        .filter(check -> check.planted().equals(question.planted()))
        .filter(check -> check.images() == question.images())
        .map(check -> check.at(question.truths()))
        .orElseGet(
            () ->
                new CheckPower(
                    question.key(),
                    question.planted(),
                    question.images(),
                    question.band().toString(),
                    commit,
                    new ArrayList<>()));
  }

  /** Whether so many seeds have been tried often enough and do not do. */
  private boolean fails(CheckPower check, PowerScenario question, double truth, int seeds) {
    return check
        .at(truth, seeds)
        .filter(position -> position.trials() >= wanted)
        .filter(
            position ->
                position.errors(question.band()) > 0 && !position.reachesGoal(question.band())
                    || position.decided() < SELDOM)
        .isPresent();
  }

  private static PowerPosition batch(
      PowerScenario question, double truth, int seeds, int first, int count) {
    return IntStream.range(first, first + count)
        .parallel()
        .mapToObj(number -> question.trial(truth, seeds, number))
        .toList()
        .stream()
        .reduce(PowerPosition.untried(truth, seeds), PowerPosition::with);
  }
}
