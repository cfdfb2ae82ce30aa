package mitosis.suite;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TimesTest {

  @TempDir Path folder;

  @Test
  void a_run_says_in_five_lines_where_its_seconds_went() {
    times(Optional.empty()).write(folder);

    assertThat(Times.lines(folder, 0, 204_000))
        .containsExactly(
            "TIME     12 s  checks, compilation, unit tests",
            "TIME     62 s  training, of which tests waited for 30 s",
            "TIME    118 s  measuring and drawing: pmnist-fc5 98 s, teacher-student 20 s; 40 of 47"
                + " results loaded",
            "TIME     14 s  pages and claim report",
            "TIME    204 s  in all");
  }

  @Test
  void a_run_whose_tests_died_says_how_long_it_took() {
    assertThat(Times.lines(folder, 1_000, 5_000)).containsExactly("TIME      4 s  in all");
  }

  @Test
  void a_run_whose_environment_chooses_kernels_says_in_a_sixth_line_what_that_costs() {
    times(Optional.of("OPENBLAS_CORETYPE=Nehalem: products of matrices run at 20 GFLOP/s"))
        .write(folder);

    assertThat(Times.lines(folder, 0, 204_000))
        .hasSize(6)
        .last()
        .isEqualTo("OPENBLAS_CORETYPE=Nehalem: products of matrices run at 20 GFLOP/s");
  }

  private static Times times(Optional<String> kernels) {
    return new Times(
        12_000,
        190_000,
        62.4,
        30,
        Map.of("teacher-student", 20.0, "pmnist-fc5", 98.0),
        47,
        40,
        kernels);
  }
}
