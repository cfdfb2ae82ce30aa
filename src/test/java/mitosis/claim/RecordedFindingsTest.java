package mitosis.claim;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordedFindingsTest {

  private static final Baseline BASELINE = new Baseline(0.5, 0.01, 10, "0123456789ab");

  @TempDir Path folder;

  private ExpectedToy toy;

  @BeforeEach
  void write() {
    toy = ExpectedToy.in(folder);
  }

  private Expectation of(String quantity, Scale scale) {
    return toy.toy().of(ClaimId.C06, quantity, scale);
  }

  private String put(
      Expectation expectation, Verdict verdict, Map<Verdict, Integer> others, Baseline baseline) {
    return new RecordedFindings(folder)
        .put(
            expectation,
            verdict,
            Optional.of(new Estimate(0.4, new Interval(Double.NEGATIVE_INFINITY, 0.5), 0.95)),
            others,
            Optional.ofNullable(baseline));
  }

  @Test
  void what_is_recorded_is_read_back_with_the_band_that_it_was_found_against() {
    String change =
        put(
            of("linear_growth", Scale.FULL),
            Verdict.NOT_REPRODUCED,
            Map.of(Verdict.NOT_REPRODUCED, 8, Verdict.UNDERPOWERED, 2),
            BASELINE);

    assertThat(change).contains("linear_growth").contains("NEW -> NOT_REPRODUCED");
    assertThat(of("linear_growth", Scale.FULL).finding())
        .contains(
            new Finding(
                Verdict.NOT_REPRODUCED,
                "≥ 0.95",
                OptionalDouble.of(0.4),
                Optional.of(new Interval(Double.NEGATIVE_INFINITY, 0.5)),
                Map.of(Verdict.NOT_REPRODUCED, 8, Verdict.UNDERPOWERED, 2)));
    assertThat(of("linear_growth", Scale.FULL).baseline()).contains(BASELINE);
  }

  @Test
  void other_seeds_and_baseline_stay_where_none_are_recorded_anew() {
    put(of("held_out_r2", Scale.QUICK), Verdict.REPRODUCED, Map.of(), null);

    assertThat(of("held_out_r2", Scale.QUICK).finding().map(Finding::toString))
        .contains("REPRODUCED (3 groups of other seeds: UNDERPOWERED 3)");
    assertThat(of("held_out_r2", Scale.QUICK).baseline())
        .contains(new Baseline(0.97, 0.001, 5, "abc1234"));
  }

  @Test
  void other_seeds_that_were_held_against_another_band_are_dropped() {
    toy.slip(ExpectedToy.CLAIMS, "low: 0.99", "low: 0.98");

    put(of("held_out_r2", Scale.QUICK), Verdict.REPRODUCED, Map.of(), null);

    assertThat(of("held_out_r2", Scale.QUICK).finding().map(Finding::toString))
        .contains("REPRODUCED");
  }

  @Test
  void the_file_is_the_same_in_whatever_order_findings_were_recorded() throws IOException {
    Path file = folder.resolve(ExpectedToy.FINDINGS);
    put(of("linear_growth", Scale.FULL), Verdict.REPRODUCED, Map.of(), BASELINE);
    put(of("linear_growth", Scale.QUICK), Verdict.UNDERPOWERED, Map.of(), null);
    put(of("held_out_r2", Scale.QUICK), Verdict.REPRODUCED, Map.of(Verdict.REPRODUCED, 2), null);
    String text = Files.readString(file);
    Files.delete(file);

    put(
        of("held_out_r2", Scale.QUICK),
        Verdict.REPRODUCED,
        Map.of(Verdict.REPRODUCED, 2),
        new Baseline(0.97, 0.001, 5, "abc1234"));
    put(of("linear_growth", Scale.QUICK), Verdict.UNDERPOWERED, Map.of(), null);
    put(of("linear_growth", Scale.FULL), Verdict.REPRODUCED, Map.of(), BASELINE);

    assertThat(Files.readString(file)).isEqualTo(text);
    assertThat(text)
        .contains(
            """
            C06:
              held_out_r2:
                quick:
                  verdict: REPRODUCED
                  band: "[0.99, 1)"
                  measured: {value: 0.4, low: none, high: 0.5}
                  other_seeds: {REPRODUCED: 2}
                  baseline: {mean: 0.97, deviation: 0.001, count: 5, commit: "abc1234"}
              linear_growth:
                quick:
                  verdict: UNDERPOWERED
                  band: "≥ 0.95"
            """);
  }
}
