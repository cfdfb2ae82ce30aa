package mitosis.claim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExpectationsTest {

  private static final Path EXPECTED = Path.of("expected");

  private static final String TOY =
      """
      system: toy
      papers:
        P22:
          title: A paper
          authors: Somebody
          year: 2022
          link: https://example.org
          link_name: an example
      points:
        reconstruction: {figure: P22 Fig. 4d, read: off the figure, sizes: [16, 32], values: [0.5, 0.9]}
      claims:
        C06:
          statement: Chunks rebuild the layer.
          paper: P22
          section: §3
          figure: Fig. 4d
          quantities:
            held_out_r2:
              meaning: explained variance
              band: {low: 0.99, high: 1, open: high, because: published .999}
              published: {value: 0.999, read: footnote}
              rule: at 64
              settings: {chunk_size: 64}
              first_look: the live width
      recorded:
        quick:
          C06:
            held_out_r2:
              finding: {verdict: NOT_REPRODUCED, because: too few epochs, other_seeds: {UNDERPOWERED: 3}}
              baseline: {mean: 0.97, deviation: 0.001, count: 5, commit: abc1234}
      """;

  @TempDir Path folder;

  private Expectations toy(String yaml) throws IOException {
    Files.writeString(folder.resolve("toy.yaml"), yaml);
    return Expectations.read(folder, "toy");
  }

  @Test
  void everything_in_the_file_arrives() throws IOException {
    Expectation expectation = toy(TOY).of(ClaimId.C06, "held_out_r2", Scale.QUICK);

    assertThat(expectation).hasToString("C06 reconstruction on toy (quick), held_out_r2");
    assertThat(expectation.statement().place()).isEqualTo("P22 §3, Fig. 4d");
    assertThat(expectation.statement().paper().title()).isEqualTo("A paper");
    assertThat(expectation.band()).isEqualTo(Band.between(0.99, 1).openAbove());
    assertThat(expectation.quantity().published().value()).hasValue(0.999);
    assertThat(expectation.setting("chunk_size")).isEqualTo(64);
    assertThat(expectation.finding())
        .contains(
            new Finding(Verdict.NOT_REPRODUCED, "too few epochs", Map.of(Verdict.UNDERPOWERED, 3)));
    assertThat(expectation.baseline()).contains(new Baseline(0.97, 0.001, 5, "abc1234"));
  }

  @Test
  void points_of_a_figure_arrive_with_where_they_are_from() throws IOException {
    Expectations toy = toy(TOY);

    assertThat(toy.points(PublishedCurve.RECONSTRUCTION))
        .contains(
            new PublishedPoints(
                "P22 Fig. 4d", "off the figure", List.of(16.0, 32.0), List.of(0.5, 0.9)));
    assertThat(toy.points(PublishedCurve.VARIANCE)).isEmpty();
  }

  /** The sizes that the authors used: W = 512 and its halves, and 5.5 times DenseNet's channels. */
  @Test
  void published_curves_lie_at_the_papers_sizes() {
    for (PublishedCurve curve :
        List.of(
            PublishedCurve.CHUNK_EXCESS_ERROR,
            PublishedCurve.CHUNK_TRAINING_ERROR,
            PublishedCurve.RECONSTRUCTION,
            PublishedCurve.CORRELATION_OF_ALL_PAIRS)) {
      assertThat(Expectations.read(EXPECTED, "cifar10-wr28").points(curve).orElseThrow().sizes())
          .as(curve.word())
          .containsExactly(16.0, 32.0, 64.0, 128.0, 256.0, 512.0);
    }
    for (PublishedCurve curve : List.of(PublishedCurve.BIAS_SQUARED, PublishedCurve.VARIANCE)) {
      assertThat(
              Expectations.read(EXPECTED, "cifar10-densenet40").points(curve).orElseThrow().sizes())
          .as(curve.word())
          .containsExactly(44.0, 88.0, 176.0, 352.0, 704.0, 1408.0);
    }
  }

  @Test
  void a_finding_belongs_to_its_scale() throws IOException {
    Expectation expectation = toy(TOY).of(ClaimId.C06, "held_out_r2", Scale.FULL);

    assertThat(expectation.finding()).isEmpty();
    assertThat(expectation.baseline()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "low: 0.99, | '' | claim C06, quantity held_out_r2: field band.low is missing",
        "low: 0.99 | low: 2 | claim C06, quantity held_out_r2: field band: band [2.0, 1.0]: low is above high",
        "low: 0.99 | 'low: [1]' | field band.low is ''; give a number, or none for no edge",
        "low: 0.99 | low: .nan | not readable as YAML",
        "high: 1 | high: wide | field band.high is 'wide'; give a number, or none for no edge",
        "open: high | open: up | field band.open: unknown open end 'up'; use one of none, low, high, both",
        "'C06:' | 'C66:' | field claims: unknown claim 'C66'; use one of C01",
        "verdict: NOT_REPRODUCED | verdict: FAILED | field recorded.quick.C06.held_out_r2.finding.verdict: unknown verdict 'FAILED'",
        "UNDERPOWERED: 3 | UNSURE: 3 | field recorded.quick.C06.held_out_r2.finding.other_seeds: unknown verdict 'UNSURE'",
        "UNDERPOWERED: 3 | UNDERPOWERED: 0 | field recorded.quick.C06.held_out_r2.finding.other_seeds: UNDERPOWERED is said of 0 groups",
        "UNDERPOWERED: 3 | UNTESTED: 3 | field recorded.quick.C06.held_out_r2.finding.other_seeds: UNTESTED is said of 3 groups",
        "'quick:' | 'fast:' | field recorded: unknown scale 'fast'; use one of smoke, quick, extended, full",
        "'rule:' | 'rules:' | field rules is unknown; use only band, first_look",
        "count: 5 | count: 1 | field recorded.quick.C06.held_out_r2.baseline: baseline's count is 1",
        "count: 5 | count: some | field recorded.quick.C06.held_out_r2.baseline.count is 'some'; give a whole number",
        "mean: 0.97 | mean: none | field recorded.quick.C06.held_out_r2.baseline.mean is 'none'; give a finite number",
        "commit: abc1234 | commit: 1234567 | field recorded.quick.C06.held_out_r2.baseline.commit is '1234567'; give a text, in quotes",
        "value: 0.999 | worth: 0.999 | field published.worth is unknown",
        "'{value: 0.999, read: footnote}' | none | field published is 'none'; give a block",
        "paper: P22 | paper: P20 | claim C06: field paper is 'P20'; use one of [P22]",
        "year: 2022 | year: soon | field papers.P22.year is 'soon'; give a whole number",
        "statement: Chunks rebuild the layer. | 'statement: \" \"' | field statement is ' '; give a text",
        "'reconstruction:' | 'rebuilding:' | field points: unknown curve 'rebuilding'; use one of chunk_excess_error",
        "'read: off the figure, ' | '' | field points.reconstruction.read is missing",
        "sizes: [16, 32] | sizes: [16] | field points.reconstruction: 1 sizes and 2 values; give at least one point",
        "sizes: [16, 32] | sizes: [32, 16] | field points.reconstruction: sizes are [32.0, 16.0]; give numbers of at least 1",
        "sizes: [16, 32] | sizes: [0, 16] | field points.reconstruction: sizes are [0.0, 16.0]; give numbers of at least 1",
        "sizes: [16, 32] | sizes: 16 | field points.reconstruction.sizes is '16'; give a list",
        "values: [0.5, 0.9] | values: [0.5, half] | field points.reconstruction.values[1] is 'half'; give a finite number",
        "values: [0.5, 0.9] | values: [0.5, .inf] | not readable as YAML",
        "system: toy | system: other | field system is 'other'; the file's name says toy",
      })
  void a_slip_is_refused_where_it_stands(String good, String bad, String message) {
    assertThat(TOY).contains(good);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> toy(TOY.replace(good, bad)))
        .withMessageContaining(folder.getFileName() + "/toy.yaml")
        .withMessageContaining(message);
  }

  @Test
  void a_field_that_stands_twice_is_refused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> toy(TOY.replace("figure: Fig. 4d", "figure: Fig. 4d\n    figure: x")))
        .withMessageContaining("not readable as YAML")
        .withMessageContaining("figure");
  }

  @Test
  void what_the_file_does_not_have_is_refused_with_what_it_has() throws IOException {
    Expectations toy = toy(TOY);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> toy.of(ClaimId.C06, "r2", Scale.QUICK))
        .withMessageContaining("no quantity 'r2' of claim C06; there are C06 held_out_r2");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> toy.of(ClaimId.C06, "held_out_r2", Scale.QUICK).setting("size"))
        .withMessageContaining("no setting 'size'; it has [chunk_size]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Expectations.read(folder, "nothing"))
        .withMessageContaining("nothing.yaml: no such file");
  }

  @Test
  void the_file_of_pmnist_has_the_claims_that_are_tested_on_it() {
    List<String> quantities =
        Expectations.read(EXPECTED, "pmnist-fc5").at(Scale.QUICK).stream()
            .map(e -> e.claim() + " " + e.quantity().name())
            .toList();

    assertThat(quantities)
        .containsExactly(
            "C01 exponent",
            "C02 exponent",
            "C03 shallowest_local_slope",
            "C04 worst_excess_ratio",
            "C05 full_training_error",
            "C05 critical_width",
            "C06 held_out_r2",
            "C06 linear_growth",
            "C07 off_chunk_correlation",
            "C07 correlation_drop",
            "C08 dimension",
            "C08 dimension_share",
            "C08 worst_dimension_ratio",
            "C09 correlation_left",
            "C09 correlation_after_interpolation",
            "C09 chunks_fit_after",
            "C09 test_error_fall_after",
            "C09 late_less_early_fall",
            "C10 exponent",
            "C10 correlation_ratio",
            "C10 correlation_flatness",
            "C11 stopped_early_misfit",
            "C13 same_width_gain",
            "C13 large_ensembles_spread",
            "C14 clone_size_over_peak",
            "C14 clone_size_over_interpolation_width",
            "C15 growth_exponent",
            "C16 largest_difference",
            "C18 onset_spread",
            "C19 decided_alike",
            "C20 rank_correlation");
  }
}
