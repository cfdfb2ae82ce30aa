package mitosis.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.List;
import mitosis.train.DeviceCheck.Throughput;
import org.junit.jupiter.api.Test;

class ThroughputTest {

  /**
   * 10 epochs of 4 steps of 18 arrays (4 layers of 4, readout of 2) at 1 ms, and of 3 passes of
   * 1,000 examples of 2 seeds through 10·64 + 3·64² + 64 = 12,992 multiply-adds at 1e9 a second.
   */
  @Test
  void a_training_takes_the_time_of_its_steps_and_that_of_its_work() {
    Recipe recipe = Recipes.of(64, List.of(1, 2), 0.1, 256, 10);

    Duration time = new Throughput(1e-3, 1e9).time(recipe, 1_000);

    assertThat(time.toMillis() / 1e3)
        .isCloseTo(10 * (4 * 18 * 1e-3 + 3 * 1_000 * 2 * 12_992 / 1e9), within(1e-3));
  }
}
