package mitosis.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BudgetTest {

  @Test
  void the_clock_starts_with_the_first_training_and_goes_on() {
    AtomicLong clock = new AtomicLong(5);
    Budget budget = Budget.of(Duration.ofSeconds(10), clock::get);

    clock.addAndGet(Duration.ofHours(1).toNanos());
    assertThat(budget.left()).contains(Duration.ofSeconds(10));
    budget.start();
    clock.addAndGet(Duration.ofSeconds(4).toNanos());
    budget.start();
    assertThat(budget.left()).contains(Duration.ofSeconds(6));
    assertThat(budget.isSpent()).isFalse();
    clock.addAndGet(Duration.ofSeconds(6).toNanos());
    assertThat(budget.left()).contains(Duration.ZERO);
    assertThat(budget.isSpent()).isTrue();
  }

  @Test
  void without_a_limit_it_is_never_spent() {
    Budget none = Budget.none();
    none.start();
    assertThat(none.left()).isEmpty();
    assertThat(none.isSpent()).isFalse();
    assertThat(none).hasToString("no limit");
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0 s",
    "45, 45 s",
    "60, 1 min",
    "90, 90 s",
    "600, 10 min",
    "601, 11 min",
    "3600, 1 h",
    "5400, 1 h 30 min",
    "7199, 2 h",
    "25200, 7 h",
    "900000, 250 h"
  })
  void times_are_said_as_a_person_would(long seconds, String words) {
    assertThat(Budget.words(Duration.ofSeconds(seconds))).isEqualTo(words);
  }
}
