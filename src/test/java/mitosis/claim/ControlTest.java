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
    Control reject = Control.mustReject("Gaussian layer", Control.Origin.MADE_UP, verdict);
    Control accept = Control.mustAccept("planted clones", Control.Origin.MADE_UP, verdict);

    assertThat(reject.outcome()).isEqualTo(outcome);
    assertThat(reject.isWrong()).isEqualTo(wrongIfMustReject);
    assertThat(accept.isWrong()).isEqualTo(wrongIfMustAccept);
  }

  @ParameterizedTest
  @CsvSource({
    "MADE_UP, REPRODUCED, true",
    "MADE_UP, UNDERPOWERED, true",
    "MADE_UP, NOT_REPRODUCED, false",
    "TRAINED, REPRODUCED, true",
    "TRAINED, UNDERPOWERED, false",
    "TRAINED, NOT_REPRODUCED, false",
  })
  void too_few_seeds_of_a_trained_control_do_not_speak_against_the_suite(
      Control.Origin origin, Verdict verdict, boolean speaks) {
    assertThat(Control.mustReject("a network", origin, verdict).speaksAgainstTheSuite())
        .isEqualTo(speaks);
  }

  @Test
  void a_wrong_control_says_what_it_must_be() {
    assertThat(Control.mustReject("Gaussian layer", Control.Origin.MADE_UP, Verdict.REPRODUCED))
        .hasToString("control 'Gaussian layer' came out ACCEPTED, must be REJECTED");
  }

  @Test
  void a_control_expects_a_decision() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new Control(
                    "x",
                    Control.Origin.MADE_UP,
                    Control.Outcome.UNDECIDED,
                    Control.Outcome.UNDECIDED))
        .withMessageContaining("REJECTED or ACCEPTED");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Control.mustReject(" ", Control.Origin.MADE_UP, Verdict.REPRODUCED))
        .withMessageContaining("name is blank");
  }
}
