package mitosis.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import mitosis.analysis.PlantedClones;
import mitosis.claim.Band;
import mitosis.claim.Estimate;
import mitosis.claim.Interval;
import mitosis.claim.Verdict;
import org.junit.jupiter.api.Test;

class AgreementTest {

  private static final Band ALL = new Band(3, 3, false, false, false);
  private static final Band POSITIVE = new Band(0, Double.POSITIVE_INFINITY, false, false, false);

  private static final Subject HINGE = subject("hinge");
  private static final Subject LOGISTIC = subject("logistic");

  private static Subject subject(String name) {
    PlantedClones clones = PlantedClones.ofWidth(8, 100, 100, 1);
    return new Subject(
        name, 8, 2, new Subject.Chunks(1, 1), (network, test, train) -> clones.network(network));
  }

  /** Yes at 1, no at -1, open at 0. */
  private static Agreement.PowerScenario question(int hinge, int logistic) {
    Map<Subject, Integer> answers = Map.of(HINGE, hinge, LOGISTIC, logistic);
    return new Agreement.PowerScenario(
        subject -> {
          double value = answers.get(subject);
          return new Estimate(value, new Interval(value - 0.5, value + 0.5), 0.95);
        },
        POSITIVE::judge);
  }

  private static Estimate on(Agreement.PowerScenario... questions) {
    return Agreement.on(List.copyOf(Arrays.asList(questions)))
        .of(new Agreement.Pair(HINGE, LOGISTIC));
  }

  @Test
  void answers_that_are_all_alike_agree_whether_yes_or_no() {
    Estimate alike = on(question(1, 1), question(-1, -1), question(1, 1));
    assertThat(alike.value()).isEqualTo(3);
    assertThat(ALL.judge(alike)).isEqualTo(Verdict.REPRODUCED);
  }

  @Test
  void one_answer_that_differs_is_a_miss_even_beside_an_open_one() {
    Estimate differs = on(question(1, -1), question(0, 1), question(1, 1));
    assertThat(differs.interval()).isEqualTo(new Interval(1, 2));
    assertThat(ALL.judge(differs)).isEqualTo(Verdict.NOT_REPRODUCED);
  }

  @Test
  void an_open_answer_leaves_it_open() {
    Estimate open = on(question(1, 1), question(0, 1), question(-1, -1));
    assertThat(open.interval()).isEqualTo(new Interval(2, 3));
    assertThat(ALL.judge(open)).isEqualTo(Verdict.UNDERPOWERED);
  }
}
