package mitosis.evidence;

import java.util.List;
import java.util.function.Function;
import mitosis.claim.Estimate;
import mitosis.claim.Interval;
import mitosis.claim.Verdict;

/** Whether the same is found of two subjects (claim C19). */
public final class Agreement {

  private Agreement() {}

  /**
   * Something that is asked of a subject.
   *
   * @param measurement what is measured
   * @param judge what the answer is by what was measured
   */
  public record PowerScenario(Measurement<Subject> measurement, Function<Estimate, Verdict> judge) {

    private Verdict answer(Subject subject) {
      return judge.apply(measurement.of(subject));
    }
  }

  /** Two subjects. */
  public record Pair(Subject first, Subject second) {}

  /**
   * How many questions are answered alike, yes or no, for both. The interval reaches from those
   * that are to those that may be: where an answer is open, they may be alike.
   *
   * @param questions at least one
   */
  public static Measurement<Pair> on(List<PowerScenario> questions) {
    return pair -> {
      int alike = 0;
      int open = 0;
      for (PowerScenario question : questions) {
        Verdict first = question.answer(pair.first());
        Verdict second = question.answer(pair.second());
        if (!isDecided(first) || !isDecided(second)) {
          open++;
        } else if (first == second) {
          alike++;
        }
      }
      return new Estimate(alike, new Interval(alike, alike + open), Resampling.LEVEL);
    };
  }

  private static boolean isDecided(Verdict verdict) {
    return verdict == Verdict.REPRODUCED || verdict == Verdict.NOT_REPRODUCED;
  }
}
