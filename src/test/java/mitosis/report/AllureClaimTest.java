package mitosis.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.tuple;

import io.qameta.allure.AllureLifecycle;
import io.qameta.allure.AllureResultsWriter;
import io.qameta.allure.model.Attachment;
import io.qameta.allure.model.Label;
import io.qameta.allure.model.Link;
import io.qameta.allure.model.Parameter;
import io.qameta.allure.model.TestResult;
import io.qameta.allure.model.TestResultContainer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import mitosis.claim.ClaimId;
import mitosis.claim.Control;
import mitosis.claim.Estimate;
import mitosis.claim.Expectation;
import mitosis.claim.Expectations;
import mitosis.claim.Interval;
import mitosis.claim.Judgement;
import mitosis.claim.Scale;
import mitosis.claim.Verdict;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AllureClaimTest {

  private static final Expectation R2 =
      Expectations.read(Path.of("expected"), "pmnist-fc5")
          .of(ClaimId.C06, "held_out_r2", Scale.QUICK)
          .unrecorded();

  private final Memory memory = new Memory();
  private final AllureLifecycle lifecycle = new AllureLifecycle(memory);
  private final AllureClaim allure = new AllureClaim(lifecycle);

  @BeforeEach
  void startTest() {
    lifecycle.scheduleTestCase(new TestResult().setUuid("test"));
    lifecycle.startTestCase("test");
  }

  private TestResult finished() {
    lifecycle.stopTestCase("test");
    lifecycle.writeTestCase("test");
    return memory.result;
  }

  @Test
  void a_test_stands_under_its_paper_claim_and_system() {
    allure.expectation(R2, "a chunk rebuilds the layer", "300 epochs instead of 5,000.");
    TestResult result = finished();

    assertThat(result.getLabels())
        .extracting(Label::getName, Label::getValue)
        .contains(
            tuple("epic", "Redundant representations help generalization in wide neural networks"),
            tuple("feature", "C06 reconstruction"),
            tuple("story", "pmnist-fc5"),
            tuple("tag", "C06"),
            tuple("tag", "quick"),
            tuple("tag", "P22"),
            tuple("tag", "P22 Fig. 4d"));
    assertThat(result.getLinks())
        .extracting(Link::getUrl)
        .containsExactly("https://github.com/diegodoimo/redundant_representation");
    assertThat(result.getDescription())
        .contains("A chunk beyond the critical size rebuilds")
        .contains("P22 §2.2, §3, Fig. 4d")
        .contains("300 epochs instead of 5,000.")
        .doesNotContain("..");
  }

  @Test
  void a_judgement_shows_its_numbers_without_making_another_test_of_it() {
    Estimate estimate = new Estimate(0.953, new Interval(0.94, 0.96), 0.95);
    Control control =
        Control.mustReject("Gaussian layer", Control.Origin.MADE_UP, Verdict.NOT_REPRODUCED);
    allure.judgement(Judgement.of(R2, estimate, List.of(control)));
    TestResult result = finished();

    assertThat(result.getParameters())
        .extracting(Parameter::getName, Parameter::getValue)
        .containsExactly(
            tuple("verdict", "NOT_REPRODUCED"),
            tuple("finding", "NEW"),
            tuple("baseline", "NONE"),
            tuple("held_out_r2", "0.953"),
            tuple("95 % interval", "[0.94, 0.96]"),
            tuple("band", "[0.99, 1)"),
            tuple("published", "0.999"),
            tuple("control: Gaussian layer", "REJECTED"));
    assertThat(result.getParameters()).allMatch(Parameter::getExcluded);
    assertThat(memory.text(result, "reason")).startsWith("NOT_REPRODUCED: C06");
  }

  @Test
  void figures_numbers_provenance_and_rerun_line_are_attached() {
    Figure figure = SampleFigures.scaling();
    allure.figure("scaling", figure, FigureRenderer.draw(figure));
    allure.provenance(Map.of("seeds", List.of(1, 2), "commit", "abc1234"));
    allure.rerun("mvn verify -Dgroups=C06");
    TestResult result = finished();

    assertThat(result.getAttachments())
        .extracting(Attachment::getName, Attachment::getType)
        .containsExactly(
            tuple("scaling", "image/svg+xml"),
            tuple("scaling (PNG)", "image/png"),
            tuple("scaling (numbers)", "text/csv"),
            tuple("provenance", "application/json"),
            tuple("rerun", "text/plain"));
    assertThat(memory.text(result, "scaling")).contains("<svg ");
    assertThat(memory.text(result, "scaling (numbers)")).startsWith("series,x,y,low,high");
    assertThat(memory.text(result, "provenance")).contains("\"commit\" : \"abc1234\"");
    assertThat(memory.text(result, "rerun")).isEqualTo("mvn verify -Dgroups=C06");
  }

  @Test
  void provenance_without_a_json_form_is_refused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> allure.provenance(Map.of("thread", new Object())))
        .withMessageContaining("has no JSON form");
  }

  /** Keeps what Allure would write to files. */
  private static final class Memory implements AllureResultsWriter {

    private final Map<String, byte[]> attachments = new HashMap<>();
    private TestResult result;

    @Override
    public void write(TestResult written) {
      result = written;
    }

    @Override
    public void write(TestResultContainer container) {
      throw new UnsupportedOperationException("the tests here use no containers");
    }

    @Override
    public void write(String source, InputStream content) {
      try {
        attachments.put(source, content.readAllBytes());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    String text(TestResult of, String name) {
      String source =
          of.getAttachments().stream()
              .filter(a -> a.getName().equals(name))
              .findFirst()
              .orElseThrow()
              .getSource();
      return new String(attachments.get(source), StandardCharsets.UTF_8);
    }
  }
}
