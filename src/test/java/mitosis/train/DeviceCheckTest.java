package mitosis.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import mitosis.model.NativeEngine;
import mitosis.train.DeviceCheck.Throughput;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("convolution")
class DeviceCheckTest {

  @Tag("process")
  @Test
  void the_cpu_can_be_tried_like_a_gpu_and_agrees_with_itself() {
    DeviceCheck.Finding found = DeviceCheck.of(DeviceSlot.cores(1).get(0));

    assertThat(found.device()).isEqualTo("CPU");
    assertThat(found.libraries()).contains("cpu-linux-x86_64");
    assertThat(found.deviation()).isZero();
    // Between a step of 0.1 s and one of 0.1 ms for an array; between 0.1 and 1,000 billion.
    assertThat(found.throughput().secondsPerArray()).isBetween(1e-6, 1e-2);
    assertThat(found.throughput().multiplyAddsPerSecond()).isBetween(1e8, 1e12);
  }

  @Test
  void a_gpu_that_is_not_there_is_not_replaced_by_the_cpu() {
    assumeTrue(
        NativeEngine.cudaFlavor().isEmpty(),
        "with natives for CUDA on the class path there may be a GPU");

    assertThatIllegalStateException()
        .isThrownBy(() -> DeviceCheck.of(new DeviceSlot(Optional.of(7), 1)))
        .withMessageStartingWith("GPU 7 cannot be used: PyTorch cannot compute on a CUDA device")
        .withMessageContainingAll("cpu-linux-x86_64", "CUDA_VISIBLE_DEVICES: 7");
  }

  @Nested
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
}
