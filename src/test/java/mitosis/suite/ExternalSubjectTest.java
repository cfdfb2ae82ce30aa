package mitosis.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import mitosis.data.DataException;
import mitosis.representation.ExternalNetwork;
import org.junit.jupiter.api.Test;

/** On a program of images of 6 x 6 pixels, a representation, and a tensor that is neither. */
class ExternalSubjectTest {

  private static final String PROGRAM = "fixtures/torch/traced.pt";
  private static final String REPRESENTATION = "fixtures/subject-pmnist-w64";

  private static ExternalSubject subject(Map<String, String> options) {
    return new ExternalSubject(Options.of(options::get));
  }

  @Test
  void aNetworkMustBeShownData() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> subject(Map.of("subject", PROGRAM)))
        .withMessageStartingWith(
            PROGRAM + " holds a TorchScript program; say with -Dsubject.system=NAME")
        .withMessageContaining("pmnist-fc5");
  }

  @Test
  void aRepresentationIsShownNone() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> subject(Map.of("subject", REPRESENTATION, "subject.system", "pmnist-fc5")))
        .withMessageStartingWith(REPRESENTATION + " holds a representation")
        .withMessageContaining("leave out -Dsubject.system=pmnist-fc5");
  }

  @Test
  void aFileThatIsNeitherIsRefusedForWhatItIs() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                subject(
                    Map.of("subject", "fixtures/torch/rows.pt", "subject.system", "pmnist-fc5")))
        .withMessageContaining("is not a program that torch.jit saved");
  }

  @Test
  void theSystemsDataMustBeThere() {
    ExternalSubject subject =
        subject(Map.of("subject", PROGRAM, "subject.system", "cifar10-wr28", "data.dir", "src"));

    assertThatThrownBy(subject::check)
        .isInstanceOf(DataException.class)
        .hasMessageContainingAll("CIFAR-10", "src");
  }

  @Test
  void aRepresentationIsReadAsItIs() {
    ExternalNetwork brought = subject(Map.of("subject", REPRESENTATION)).read();

    assertThat(brought.computation()).isEmpty();
    assertThat(brought.test().width()).isEqualTo(64);
  }
}
