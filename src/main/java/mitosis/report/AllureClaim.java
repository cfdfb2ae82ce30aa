package mitosis.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.qameta.allure.Allure;
import io.qameta.allure.AllureLifecycle;
import io.qameta.allure.model.Label;
import io.qameta.allure.model.Link;
import io.qameta.allure.model.Parameter;
import io.qameta.allure.model.TestResult;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import mitosis.claim.ClaimResultJson;
import mitosis.claim.Decimal;
import mitosis.claim.Estimate;
import mitosis.claim.Expectation;
import mitosis.claim.Finding;
import mitosis.claim.Judgement;
import mitosis.claim.Quantity;
import mitosis.claim.Statement;
import mitosis.claim.Statement.Paper;
import mitosis.report.Csv.DynamicsCsv;

/**
 * Decorates the test that is running in Allure's report with its claim: what the paper says, what
 * was measured, and the figures. Without a running test nothing happens but a line in the log.
 */
public final class AllureClaim {

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private final AllureLifecycle lifecycle;

  AllureClaim(AllureLifecycle lifecycle) {
    this.lifecycle = lifecycle;
  }

  /** Decorates the test that runs on this thread. */
  public static AllureClaim current() {
    return new AllureClaim(Allure.getLifecycle());
  }

  /**
   * Says what is tested: the paper as epic, the claim as feature, the system as story; claim,
   * system, scale, paper and figures as tags; the statement, its place and the band as description.
   *
   * @param sentence what the test is called in the report
   * @param departure how the scale departs from the paper's recipe; Markdown
   */
  public void expectation(Expectation expectation, String sentence, String departure) {
    Paper paper = expectation.statement().paper();
    lifecycle.updateTestCase(
        test -> {
          test.setName(sentence);
          addLabel(test, "epic", paper.title());
          addLabel(test, "feature", expectation.claim().title());
          addLabel(test, "story", expectation.system());
          addLabel(test, "tag", expectation.claim().name());
          addLabel(test, "tag", expectation.system());
          addLabel(test, "tag", expectation.scale().word());
          addLabel(test, "tag", paper.key());
          expectation.statement().figures().forEach(figure -> addLabel(test, "tag", figure));
          test.getLinks().add(new Link().setName(paper.linkName()).setUrl(paper.link()));
          test.setDescription(description(expectation, departure));
        });
  }

  /** Says what was found: verdict, value, interval, band and published value as parameters. */
  public void judgement(Judgement judgement) {
    Expectation expectation = judgement.expectation();
    Quantity quantity = expectation.quantity();
    List<Parameter> parameters = new ArrayList<>();
    parameters.add(parameter("verdict", judgement.verdict().name()));
    parameters.add(
        parameter(
            "finding",
            expectation
                .finding()
                .map(Finding::toString)
                .orElseGet(
                    () ->
                        expectation
                            .findingOfAnotherBand()
                            .map(
                                each ->
                                    "%s: %s is of another band, %s"
                                        .formatted(ClaimResultJson.NEW, each, each.band()))
                            .orElse(ClaimResultJson.NEW))));
    parameters.add(parameter("baseline", judgement.baseline().name()));
    judgement
        .estimate()
        .ifPresent(
            estimate -> {
              parameters.add(parameter(quantity.name(), Decimal.text(estimate.value())));
              parameters.add(parameter(intervalName(estimate), estimate.interval().toString()));
            });
    judgement
        .beside()
        .forEach(each -> parameters.add(parameter("beside: " + each.name(), each.found())));
    parameters.add(parameter("band", quantity.band().toString()));
    quantity
        .published()
        .value()
        .ifPresent(value -> parameters.add(parameter("published", Decimal.text(value))));
    judgement
        .controls()
        .forEach(c -> parameters.add(parameter("control: " + c.name(), c.outcome().name())));
    lifecycle.updateTestCase(test -> test.getParameters().addAll(parameters));
    attach("reason", "text/plain", "txt", judgement.reason());
  }

  /**
   * Attaches a figure as SVG and PNG, and its numbers as CSV.
   *
   * @param name what the attachments are called, without an ending
   * @param drawn the figure as it was drawn
   */
  public void figure(String name, Figure figure, FigureRenderer.Drawn drawn) {
    attach(name, "image/svg+xml", "svg", drawn.svg());
    lifecycle.addAttachment(name + " (PNG)", "image/png", "png", drawn.png());
    csv(name + " (numbers)", Csv.text(figure.series()));
  }

  /**
   * Attaches a table.
   *
   * @param text as {@link Csv} or {@link DynamicsCsv} gives it
   */
  public void csv(String name, String text) {
    attach(name, "text/csv", "csv", text);
  }

  /**
   * Attaches what the number was made from.
   *
   * @param provenance strings, numbers, booleans, and lists and maps of them
   * @throws IllegalArgumentException if a value is of another kind
   */
  public void provenance(Map<String, Object> provenance) {
    try {
      String json = JSON.writeValueAsString(new TreeMap<>(provenance));
      attach("provenance", "application/json", "json", json);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          "provenance " + provenance + " has no JSON form; give strings, numbers, lists and maps",
          e);
    }
  }

  /** Attaches the command line that reruns just this test. */
  public void rerun(String line) {
    attach("rerun", "text/plain", "txt", line);
  }

  private void attach(String name, String type, String ending, String content) {
    lifecycle.addAttachment(name, type, ending, content.getBytes(StandardCharsets.UTF_8));
  }

  private static void addLabel(TestResult test, String name, String value) {
    test.getLabels().add(new Label().setName(name).setValue(value));
  }

  private static Parameter parameter(String name, String value) {
    // Excluded from the test's identity: a new value must not make it another test in the history.
    return new Parameter().setName(name).setValue(value).setExcluded(true);
  }

  private static String intervalName(Estimate estimate) {
    return Decimal.text(100 * estimate.level()) + " % interval";
  }

  private static String description(Expectation expectation, String departure) {
    Statement statement = expectation.statement();
    Quantity quantity = expectation.quantity();
    return String.join(
        "\n\n",
        "**The claim.** " + statement.text(),
        "**Where.** "
            + statement.place()
            + " ("
            + statement.paper().authors()
            + ", "
            + statement.paper().year()
            + ")"
            + (statement.also().isEmpty() ? "." : ". Also: " + sentence(statement.also())),
        "**Measured.** `"
            + quantity.name()
            + "`: "
            + sentence(quantity.meaning())
            + " "
            + quantity.rule(),
        "**Band.** " + quantity.band() + ": " + sentence(quantity.bandReason()),
        "**Published.** "
            + (quantity.published().value().isPresent()
                ? Decimal.text(quantity.published().value().getAsDouble())
                : "no number")
            + ": "
            + sentence(quantity.published().read()),
        "**How this run departs from the paper's recipe.** " + departure.strip(),
        "**If it fails, look first at:** " + quantity.firstLook());
  }

  private static String sentence(String text) {
    return text.endsWith(".") ? text : text + ".";
  }
}
