package mitosis.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ai.djl.Device;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import mitosis.model.NativeEngine;
import mitosis.train.TrainingException.MemoryExhausted;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MemoryExhaustedTest {

  private static final Recipe RECIPE = Recipes.of(512, List.of(3), 0.1, 256, 2);

  private static RuntimeException told(RuntimeException failure, Execution execution) {
    return MemoryExhausted.or(failure, "training", RECIPE, RECIPE.batch(), execution);
  }

  @Test
  void what_the_engine_says_when_an_array_does_not_fit_is_put_into_words() {
    EngineException failure;
    try (NDManager manager = NativeEngine.get().newBaseManager(Device.cpu())) {
      failure =
          catchThrowableOfType(EngineException.class, () -> manager.zeros(new Shape(1L << 46)));
    }

    assertThat(told(failure, Execution.onCpu()))
        .isInstanceOf(MemoryExhausted.class)
        .hasCause(failure)
        .hasMessageStartingWith(
            "training of pmnist-fc5 W=512 seeds [3] ran out of memory: width 512, batch 256, device cpu, ")
        .hasMessageContainingAll(
            " GiB free now (", "can't allocate memory", "-Dwidths", "a machine with more memory");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CUDA out of memory. Tried to allocate 2.00 GiB. GPU 0 has a total capacity of 39.39 GiB",
        "CUDA error: out of memory",
        "std::bad_alloc"
      })
  void so_is_what_a_gpu_says(String words) {
    assertThat(told(new EngineException(words), Execution.onCuda("NVIDIA L4")))
        .isInstanceOf(MemoryExhausted.class)
        .hasMessageContainingAll("device cuda NVIDIA L4", words, "-Ddevices");
  }

  @Test
  void another_failure_stays_as_it_is() {
    EngineException other = new EngineException("CUDA error: an illegal memory access");

    assertThat(told(other, Execution.onCpu())).isSameAs(other);
  }

  @Test
  void javas_own_memory_counts_too_and_so_does_a_cause() {
    assertThat(MemoryExhausted.is(new OutOfMemoryError("Java heap space"))).isTrue();
    assertThat(MemoryExhausted.is(new IllegalStateException(new EngineException("bad_alloc"))))
        .isTrue();
  }
}
