package mitosis.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import mitosis.model.OpenBlas;
import org.junit.jupiter.api.Test;

class KernelSpeedTest {

  private static final String SET = "OPENBLAS_CORETYPE=Nehalem";

  @Test
  void the_speeds_with_and_without_the_environments_choice_stand_side_by_side() {
    assertThat(
            KernelSpeed.sentence(
                SET,
                Optional.of(new KernelSpeed("Nehalem", 20.4)),
                Optional.of(new KernelSpeed("Zen", 75.5))))
        .isEqualTo(
            "OPENBLAS_CORETYPE=Nehalem: products of matrices run at 20 GFLOP/s with kernel"
                + " Nehalem, without it at 76 GFLOP/s with kernel Zen");
  }

  @Test
  void where_only_the_environments_choice_works_the_sentence_says_so() {
    assertThat(
            KernelSpeed.sentence(
                SET, Optional.of(new KernelSpeed("Nehalem", 20.4)), Optional.empty()))
        .endsWith("and without it OpenBLAS cannot be used on this processor");
  }

  @Test
  void a_cost_is_told_exactly_where_the_environment_chooses_kernels() {
    assertThat(KernelSpeed.costOfEnvironment().isPresent())
        .isEqualTo(OpenBlas.environment().isPresent());
  }
}
