package mitosis.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import mitosis.train.Recipe.Schedule;
import org.junit.jupiter.api.Test;

class ScheduleTest {

  @Test
  void a_cosine_falls_from_the_first_rate_to_the_last() {
    Schedule cosine = new Schedule.Cosine(0.1, 0.02);
    // cos of 0, π/3, π/2, 2π/3 and π.
    assertThat(cosine.rate(0, 6)).isEqualTo(0.1);
    assertThat(cosine.rate(2, 6)).isCloseTo(0.02 + 0.08 * 0.75, within(1e-15));
    assertThat(cosine.rate(3, 6)).isCloseTo(0.06, within(1e-15));
    assertThat(cosine.rate(4, 6)).isCloseTo(0.02 + 0.08 * 0.25, within(1e-15));
    assertThat(cosine.rate(6, 6)).isCloseTo(0.02, within(1e-15));
  }

  /**
   * PyTorch's CosineAnnealingLR is documented by the recurrence η(t+1) = η_min + (η(t) - η_min)·(1
   * + cos(π(t+1)/T)) / (1 + cos(πt/T)).
   */
  @Test
  void a_cosine_obeys_pytorchs_recurrence() {
    Schedule cosine = new Schedule.Cosine(0.3, 0.01);
    double rate = 0.3;
    int epochs = 50;
    for (int epoch = 0; epoch < epochs; epoch++) {
      assertThat(cosine.rate(epoch, epochs)).isCloseTo(rate, within(1e-12));
      rate =
          0.01
              + (rate - 0.01)
                  * (1 + Math.cos(Math.PI * (epoch + 1) / epochs))
                  / (1 + Math.cos(Math.PI * epoch / epochs));
    }
  }

  @Test
  void a_constant_stays() {
    assertThat(new Schedule.Constant(0.1).rate(0, 9)).isEqualTo(0.1);
    assertThat(new Schedule.Constant(0.1).rate(8, 9)).isEqualTo(0.1);
  }
}
