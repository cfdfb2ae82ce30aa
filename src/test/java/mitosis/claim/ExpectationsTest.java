package mitosis.claim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import mitosis.claim.Published.PublishedCurve;
import mitosis.claim.Published.PublishedPoints;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExpectationsTest {

  private static final Path EXPECTED = Path.of("expected");

  @TempDir Path folder;

  private static Expectation r2(Expectations expectations) {
    return expectations.of(ClaimId.C06, "held_out_r2", Scale.QUICK);
  }

  @Test
  void what_a_system_says_stands_in_place_of_what_claims_say_of_all() {
    Expectation expectation = r2(ExpectedToy.in(folder).toy());

    assertThat(expectation).hasToString("C06 reconstruction on toy (quick), held_out_r2");
    assertThat(expectation.statement().place()).isEqualTo("P22 §3, Fig. 4d");
    assertThat(expectation.statement().also()).isEqualTo("elsewhere");
    assertThat(expectation.statement().paper().title()).isEqualTo("A paper");
    assertThat(expectation.band()).isEqualTo(Band.between(0.99, 1).openAbove());
    assertThat(expectation.quantity().published().value()).hasValue(0.999);
    assertThat(expectation.quantity().published().read()).isEqualTo("footnote");
    assertThat(expectation.setting("chunk_size")).isEqualTo(128);
    assertThat(expectation.quantity().rule()).isEqualTo("at 128 neurons");
  }

  @Test
  void
      a_system_that_is_like_another_differs_from_claims_as_that_one_does_unless_it_says_otherwise() {
    Expectation expectation = r2(ExpectedToy.in(folder).other());

    assertThat(expectation.statement().figure()).isEqualTo("Fig. 4d");
    assertThat(expectation.quantity().published().value()).hasValue(0.999);
    assertThat(expectation.quantity().rule()).isEqualTo("at 128 neurons");
    assertThat(expectation.band()).isEqualTo(Band.between(0.5, 1));
    assertThat(expectation.quantity().bandReason()).isEqualTo("another network");
    assertThat(expectation.recorded()).isEmpty();
    assertThat(ExpectedToy.in(folder).other().at(Scale.QUICK)).hasSize(1);
  }

  @Test
  void findings_baselines_and_notes_arrive_at_their_scale() {
    Expectation expectation = r2(ExpectedToy.in(folder).toy());

    assertThat(expectation.finding())
        .contains(
            new Finding(
                Verdict.NOT_REPRODUCED,
                "[0.99, 1)",
                OptionalDouble.of(0.97),
                Optional.of(new Interval(0.96, 0.98)),
                Map.of(Verdict.UNDERPOWERED, 3)));
    assertThat(expectation.note()).contains("too few epochs");
    assertThat(expectation.baseline()).contains(new Baseline(0.97, 0.001, 5, "abc1234"));

    Expectation full = ExpectedToy.in(folder).toy().of(ClaimId.C06, "held_out_r2", Scale.FULL);
    assertThat(full.recorded()).isEmpty();
    assertThat(full.note()).isEmpty();
    assertThat(full.baseline()).isEmpty();
  }

  @Test
  void a_finding_of_another_band_counts_as_none() {
    ExpectedToy toy = ExpectedToy.in(folder);
    toy.slip(
        ExpectedToy.CLAIMS, "band: {low: 0.99, high: 1, open: high}", "band: {low: 0.98, high: 1}");

    Expectation expectation = r2(toy.toy());

    assertThat(expectation.finding()).isEmpty();
    assertThat(expectation.findingOfAnotherBand().map(Finding::band)).contains("[0.99, 1)");
    assertThat(expectation.baseline()).isPresent();
  }

  @Test
  void a_note_is_shown_only_with_the_verdict_that_it_was_written_for() {
    ExpectedToy toy = ExpectedToy.in(folder);
    toy.slip(ExpectedToy.FINDINGS, "verdict: NOT_REPRODUCED", "verdict: UNDERPOWERED");

    assertThat(r2(toy.toy()).note()).isEmpty();
  }

  @Test
  void points_of_a_figure_arrive_with_where_they_are_from() {
    Expectations toy = ExpectedToy.in(folder).toy();

    assertThat(toy.points(PublishedCurve.RECONSTRUCTION))
        .contains(
            new PublishedPoints(
                "P22 Fig. 4d", "off the figure", List.of(16.0, 32.0), List.of(0.5, 0.9)));
    assertThat(toy.points(PublishedCurve.VARIANCE)).isEmpty();
    assertThat(toy.observations()).contains("More was seen.");
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

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "claims.yaml | 'low: 0.99, ' | '' | line 17, claims.C06.quantities.held_out_r2.band.low: is"
            + " missing; add it",
        "claims.yaml | low: 0.99 | low: 2 | line 17, claims.C06.quantities.held_out_r2.band: band"
            + " [2.0, 1.0]: low is above high; swap",
        "claims.yaml | low: 0.99 | 'low: [1]' | line 17,"
            + " claims.C06.quantities.held_out_r2.band.low",
        "claims.yaml | low: 0.99 | low: .nan | line 17",
        "claims.yaml | high: none | high: wide | line 25,"
            + " claims.C06.quantities.linear_growth.band.high: 'wide' is no edge; give a number, or"
            + " none",
        "claims.yaml | open: high | open: up | line 17,"
            + " claims.C06.quantities.held_out_r2.band.open: 'up' is none of [low, high, both]",
        "claims.yaml | open: high | outside: 1 | line 17,"
            + " claims.C06.quantities.held_out_r2.band.outside: '1' is neither true nor false",
        "claims.yaml | 'C06:' | 'C66:' | line 9, claims: 'C66' is none of [C01, C02",
        "claims.yaml | '        because: almost linearly\n"
            + "' | '' | line 23, claims.C06.quantities.linear_growth: because is missing; say why"
            + " the band is that wide",
        "claims.yaml | rule: small | rules: small | line 28,"
            + " claims.C06.quantities.linear_growth.rules: unknown; use only [band, because,"
            + " first_look",
        "claims.yaml | paper: P22 | paper: P20 | line 11, claims.C06.paper: 'P20' is none of the"
            + " papers [P22]; use one, or add it",
        "claims.yaml | year: 2022 | year: soon | line 5, papers.P22.year: 'soon' is no whole"
            + " number",
        "claims.yaml | year: 2022 | year: 2022.5 | line 5, papers.P22.year: '2022.5' is no whole"
            + " number",
        "claims.yaml | year: 2022 | 'year: \"2022\"' | line 5, papers.P22.year: '2022' is no whole"
            + " number",
        "claims.yaml | link_name | linkname | line 2, papers.P22.link_name: is missing; add it",
        "claims.yaml | title: A paper | 'title:' | line 3, papers.P22.title: is empty; give a"
            + " value",
        "claims.yaml | title: A paper | title: 12 | line 3, papers.P22.title: '12' is no text; give"
            + " one, in quotes",
        "claims.yaml | statement: Chunks rebuild the layer. | 'statement: \" \"' | line 10,"
            + " claims.C06.statement: ' ' is no text",
        "claims.yaml | figure: Fig. 4 | 'figure: Fig. 4\n"
            + "    figure: x' | line 14: not readable as YAML: Duplicate field 'figure'",
        "claims.yaml | meaning: share | 'notes: {quick: {UNTESTED: so}}\n"
            + "        meaning: share' | line 24, claims.C06.quantities.linear_growth.notes: is of"
            + " one system; write it in that system's file",
        "claims.yaml | linear_growth | growth | toy.yaml, line 16,"
            + " claims.C06.quantities.linear_growth: expected/claims.yaml has no such quantity of"
            + " C06; add it there, or use one of [held_out_r2, growth]",
        "claims.yaml | '{chunk_size} neurons' | '{size} neurons' | toy.yaml, line 9,"
            + " claims.C06.quantities.held_out_r2: its text names the setting 'size'; it has"
            + " [chunk_size]",
        "claims.yaml | '      linear_growth:' | '      growth: {}\n"
            + "      linear_growth:' | line 23, claims.C06.quantities.growth: no system is tested"
            + " on it; name it in a system's file, or take it out",
        "claims.yaml | '        rule: small chunks\n"
            + "' | '' | toy.yaml, line 16, claims.C06.quantities.linear_growth: rule is missing;"
            + " add it here or in expected/claims.yaml",
        "toy.yaml | system: toy | system: another | line 1, system: 'another' is not toy, as the"
            + " file's name says; make them agree",
        "toy.yaml | 'C06:' | 'C07:' | line 5, claims.C07: expected/claims.yaml has no such claim;"
            + " add it there, or use one of [C06]",
        "toy.yaml | published: 0.999 | worth: 0.999 | line 10,"
            + " claims.C06.quantities.held_out_r2.worth: unknown; use only [band",
        "toy.yaml | published: 0.999 | published: high | line 10,"
            + " claims.C06.quantities.held_out_r2.published: 'high' is no finite number",
        "toy.yaml | published: 0.999 | 'published: \"0.999\"' | line 10,"
            + " claims.C06.quantities.held_out_r2.published: '0.999' is no finite number",
        "toy.yaml | '        read: footnote\n"
            + "' | '' | line 9, claims.C06.quantities.held_out_r2: read is missing; say where the"
            + " number was published",
        "toy.yaml | '{chunk_size: 128}' | '{chunk_size: many}' | line 12,"
            + " claims.C06.quantities.held_out_r2.settings.chunk_size: 'many' is no finite number",
        "toy.yaml | 'quick:' | 'fast:' | line 14, claims.C06.quantities.held_out_r2.notes: 'fast'"
            + " is none of [smoke, quick, extended, full]",
        "toy.yaml | 'NOT_REPRODUCED:' | 'FAILED:' | line 15,"
            + " claims.C06.quantities.held_out_r2.notes.quick: 'FAILED' is none of [REPRODUCED,"
            + " NOT_REPRODUCED",
        "toy.yaml | linear_growth: {} | 'linear_growth:' | line 16,"
            + " claims.C06.quantities.linear_growth: is empty",
        "toy.yaml | 'reconstruction:' | 'rebuilding:' | line 3, points: 'rebuilding' is none of"
            + " [chunk_excess_error",
        "toy.yaml | 'read: off the figure, ' | '' | line 3, points.reconstruction.read: is missing;"
            + " add it",
        "toy.yaml | 'sizes: [16, 32]' | 'sizes: [16]' | line 3, points.reconstruction: 1 sizes and"
            + " 2 values; give at least one point",
        "toy.yaml | 'sizes: [16, 32]' | 'sizes: [32, 16]' | line 3, points.reconstruction: sizes"
            + " are [32.0, 16.0]; give numbers of at least 1",
        "toy.yaml | 'sizes: [16, 32]' | 'sizes: [0, 16]' | line 3, points.reconstruction: sizes are"
            + " [0.0, 16.0]; give numbers of at least 1",
        "toy.yaml | 'sizes: [16, 32]' | 'sizes: 16' | line 3, points.reconstruction.sizes",
        "toy.yaml | 'values: [0.5, 0.9]' | 'values: [0.5, half]' | line 3,"
            + " points.reconstruction.values.1: 'half' is no finite number",
        "toy.yaml | 'values: [0.5, 0.9]' | 'values: [0.5, .inf]' | line 3,"
            + " points.reconstruction.values.1",
        "other.yaml | like: toy | like: joy | line 2, like: 'joy' is none of [other, toy]",
        "other.yaml | because: another network | because: 1 | line 8,"
            + " claims.C06.quantities.held_out_r2.because: '1' is no text",
        "findings/toy.yaml | 'C06:' | 'C07:' | line 1, C07: not tested on toy; there are [C06]",
        "findings/toy.yaml | held_out_r2 | r2 | line 2, C06.r2: not tested on toy; there are"
            + " [held_out_r2, linear_growth]",
        "findings/toy.yaml | 'quick:' | 'fast:' | line 3, C06.held_out_r2: 'fast' is none of"
            + " [smoke, quick, extended, full]",
        "findings/toy.yaml | 'verdict: NOT_REPRODUCED' | 'verdict: FAILED' | line 4,"
            + " C06.held_out_r2.quick.verdict: 'FAILED' is none of [REPRODUCED",
        "findings/toy.yaml | '      band: \"[0.99, 1)\"\n"
            + "' | '' | line 3, C06.held_out_r2.quick.band: is missing; add it",
        "findings/toy.yaml | 'value: 0.97' | 'value: none' | line 6,"
            + " C06.held_out_r2.quick.measured.value: 'none' is no finite number",
        "findings/toy.yaml | ', high: 0.98' | '' | line 6, C06.held_out_r2.quick.measured: give a"
            + " finite value, and both ends of its interval or none",
        "findings/toy.yaml | 'low: 0.96' | 'low: 0.99' | line 6, C06.held_out_r2.quick.measured:"
            + " interval [0.99, 0.98]: low is above high",
        "findings/toy.yaml | 'UNDERPOWERED: 3' | 'UNSURE: 3' | line 7,"
            + " C06.held_out_r2.quick.other_seeds: 'UNSURE' is none of [REPRODUCED",
        "findings/toy.yaml | 'UNDERPOWERED: 3' | 'UNDERPOWERED: 0' | line 3, C06.held_out_r2.quick:"
            + " UNDERPOWERED is said of 0 groups",
        "findings/toy.yaml | 'UNDERPOWERED: 3' | 'UNTESTED: 3' | line 3, C06.held_out_r2.quick:"
            + " UNTESTED is said of 3 groups",
        "findings/toy.yaml | 'count: 5' | 'count: 1' | line 8, C06.held_out_r2.quick.baseline:"
            + " baseline's count is 1",
        "findings/toy.yaml | 'count: 5' | 'count: 5.5' | line 8,"
            + " C06.held_out_r2.quick.baseline.count",
        "findings/toy.yaml | 'mean: 0.97' | 'mean: none' | line 8,"
            + " C06.held_out_r2.quick.baseline.mean: 'none' is no finite number",
        "findings/toy.yaml | '\"abc1234\"' | '1234567' | line 8,"
            + " C06.held_out_r2.quick.baseline.commit: '1234567' is no text; give one, in quotes",
        "power.csv | 'commit,planted' | 'commit,grown' | line 1: the columns are [system",
        "power.csv | 'toy,quick,C06,held_out_r2,\"[0.99, 1)\",0.98' |"
            + " 'toy,fast,C06,held_out_r2,\"[0.99, 1)\",0.98' | line 2: unknown scale 'fast'",
        "power.csv | '0.995,4,5' | '0.995,four,5' | line 3: seeds is 'four'; give a whole number",
      })
  void a_slip_is_refused_with_file_line_field_and_what_is_allowed(
      String file, String good, String bad, String message) throws IOException {
    ExpectedToy toy = ExpectedToy.in(Files.createDirectory(folder.resolve("expected")));
    toy.slip(file, good, bad);

    assertThatIllegalArgumentException()
        .isThrownBy(toy::read)
        .withMessageContaining(
            "expected/" + (message.startsWith("line") ? file + ", " : "") + message);
  }

  @Test
  void the_small_folder_without_a_slip_is_read() {
    assertThatCode(ExpectedToy.in(folder)::read).doesNotThrowAnyException();
  }

  @Test
  void what_is_not_tested_is_refused_with_what_is() {
    Expectations toy = ExpectedToy.in(folder).toy();

    assertThatIllegalArgumentException()
        .isThrownBy(() -> toy.of(ClaimId.C06, "r2", Scale.QUICK))
        .withMessageContaining(
            "no quantity 'r2' of claim C06; there are C06 held_out_r2, C06 linear_growth");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> r2(toy).setting("size"))
        .withMessageContaining("no setting 'size'; it has [chunk_size]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Expectations.read(folder, "nothing"))
        .withMessageContaining("nothing.yaml: no such file");
  }

  @Test
  void every_claim_in_the_suites_own_files_is_tested_on_a_system() {
    assertThatCode(() -> Expectations.requireTested(EXPECTED)).doesNotThrowAnyException();
    assertThat(Expectations.systems(EXPECTED)).hasSize(9).contains("pmnist-fc5", "subject");
  }

  @Test
  void that_nothing_was_measured_was_found_against_no_band() {
    ExpectedToy toy = ExpectedToy.in(folder);
    toy.slip(
        ExpectedToy.FINDINGS,
        "verdict: NOT_REPRODUCED\n      band: \"[0.99, 1)\"",
        "verdict: UNTESTED\n      band: \"[0.9, 1)\"");

    assertThat(r2(toy.toy()).finding().map(Finding::verdict)).contains(Verdict.UNTESTED);
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
