package mitosis.suite;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import mitosis.train.Execution;
import org.junit.jupiter.api.Test;

class ComputingPlatformTest {

  @Test
  void variables_that_choose_kernels_or_threads_count_and_no_others() {
    assertThat(
            ComputingPlatform.choosing(
                Map.of(
                    "OPENBLAS_CORETYPE", "Haswell",
                    "OMP_NUM_THREADS", "1",
                    "TORCH_CPP_LOG_LEVEL", "ERROR",
                    "HOME", "/root")))
        .containsOnly(Map.entry("OPENBLAS_CORETYPE", "Haswell"), Map.entry("OMP_NUM_THREADS", "1"));
  }

  @Test
  void libraries_are_named_with_their_versions() {
    assertThat(ComputingPlatform.current().libraries())
        .hasSize(1 + 5)
        .startsWith(Execution.onCpu().engine())
        .allMatch(file -> file.matches("PyTorch \\d.*, DJL \\d.*|[\\w.-]+-\\d.*\\.jar"));
  }
}
