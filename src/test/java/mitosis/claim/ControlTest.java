package mitosis.claim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ControlTest {

  @ParameterizedTest
  @CsvSource({
    "REPRODUCED, ACCEPTED, true, false",
    "NOT_REPRODUCED, REJECTED, false, true",
    "UNDERPOWERED, UNDECIDED, true, true",
    "UNTESTED, UNDECIDED, true, true",
  })
  void a_verdict_on_a_control_is_an_outcome(
      Verdict verdict,
      Control.Outcome outcome,
      boolean wrongIfMustReject,
      boolean wrongIfMustAccept) {
    Control reject = Control.mustReject("Gaussian layer", verdict);
    Control accept = Control.mustAccept("planted clones", verdict);

    assertThat(reject.outcome()).isEqualTo(outcome);
    assertThat(reject.isWrong()).isEqualTo(wrongIfMustReject);
    assertThat(accept.isWrong()).isEqualTo(wrongIfMustAccept);
  }

  @Test
  void a_wrong_control_says_what_it_must_be() {
    assertThat(Control.mustReject("Gaussian layer", Verdict.REPRODUCED))
        .hasToString("control 'Gaussian layer' came out ACCEPTED, must be REJECTED");
  }

  @Test
  void a_control_expects_a_decision() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Control("x", Control.Outcome.UNDECIDED, Control.Outcome.UNDECIDED))
        .withMessageContaining("REJECTED or ACCEPTED");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Control.mustReject(" ", Verdict.REPRODUCED))
        .withMessageContaining("name is blank");
  }
}
