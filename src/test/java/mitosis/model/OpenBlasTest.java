package mitosis.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.Optional;
import mitosis.model.OpenBlas.OpenBlasTrial;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OpenBlasTest {

  @Test
  void openblas_multiplies_and_solves_whole_numbers_exactly_here() {
    assertThat(OpenBlasTrial.fault((operation, found) -> found)).isEmpty();
    assertThatCode(OpenBlas::load).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sgemm",
        "sgemm, left transposed",
        "sgemm, right transposed",
        "sgemv",
        "sgemv, transposed",
        "dgemm",
        "dsyrk",
        "dtrsm"
      })
  void a_single_wrong_number_of_an_operation_is_found_and_named(String operation) {
    Optional<String> fault =
        OpenBlasTrial.fault(
            (each, found) -> {
              if (each.equals(operation)) {
                found[found.length - 1] += 1;
              }
              return found;
            });

    assertThat(fault)
        .hasValueSatisfying(
            words -> assertThat(words).contains("of " + operation + " is ").contains("instead of"));
    assertThatIllegalStateException()
        .isThrownBy(() -> OpenBlas.refuse(fault))
        .withMessageContaining("computes wrongly on this processor")
        .withMessageContaining("OPENBLAS_CORETYPE=Haswell");
  }
}
