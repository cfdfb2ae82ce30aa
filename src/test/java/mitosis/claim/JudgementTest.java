package mitosis.claim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import mitosis.claim.Judgement.SideNote;
import org.junit.jupiter.api.Test;

class JudgementTest {

  private static final Expectations PMNIST = Expectations.read(Path.of("expected"), "pmnist-fc5");
  private static final Expectation R2 =
      PMNIST.of(ClaimId.C06, "held_out_r2", Scale.QUICK).unrecorded();
  private static final List<Control> GOOD =
      List.of(
          Control.mustReject("Gaussian layer", Control.Origin.MADE_UP, Verdict.NOT_REPRODUCED),
          Control.mustAccept("planted clones", Control.Origin.MADE_UP, Verdict.REPRODUCED));
  private static final List<Control> BAD =
      List.of(Control.mustReject("Gaussian layer", Control.Origin.MADE_UP, Verdict.REPRODUCED));

  private static Estimate estimate(double low, double value, double high) {
    return new Estimate(value, new Interval(low, high), 0.95);
  }

  private static Expectation recorded(Verdict verdict, Baseline baseline) {
    return new Expectation(
        R2.system(),
        R2.scale(),
        R2.statement(),
        R2.quantity(),
        Optional.of(new Finding(verdict, R2.band())),
        Optional.of("few epochs"),
        Optional.of(baseline));
  }

  @Test
  void a_claim_that_holds_says_so_with_one_fact_a_line() {
    Judgement judgement = Judgement.of(R2, estimate(0.9941, 0.9953, 0.9962), GOOD);

    assertThat(judgement.verdict()).isEqualTo(Verdict.REPRODUCED);
    assertThat(judgement.baseline()).isEqualTo(Baseline.State.NONE);
    assertThat(judgement.reason())
        .isEqualTo(
            """
            REPRODUCED: C06 reconstruction on pmnist-fc5 (quick), held_out_r2
            measured: 0.9953
            interval: [0.9941, 0.9962], 95 %
            band: [0.99, 1): the whole interval agrees with it
            published: 0.999 (P22 §2.2, §3, Fig. 4d)
            controls: all 2 as they must be""");
    assertThatCode(() -> judgement.throwIfMissed("mvn verify")).doesNotThrowAnyException();
  }

  @Test
  void what_was_measured_beside_it_is_said_and_decides_nothing() {
    Judgement judgement =
        Judgement.of(R2, estimate(0.9941, 0.9953, 0.9962), GOOD)
            .beside(List.of(new SideNote("its live neurons alone", estimate(0.1, 0.2, 0.3))));

    assertThat(judgement.verdict()).isEqualTo(Verdict.REPRODUCED);
    assertThat(judgement.reason())
        .endsWith(
            "\ncontrols: all 2 as they must be"
                + "\nbeside: its live neurons alone: 0.2, 95 % interval [0.1, 0.3]");
  }

  @Test
  void a_miss_fails_with_one_fact_a_line_from_the_value_to_the_command_that_reruns_it() {
    Expectation expectation =
        recorded(Verdict.NOT_REPRODUCED, new Baseline(0.97, 0.001, 5, "abc1234"));
    Judgement judgement = Judgement.of(expectation, estimate(0.94, 0.953, 0.96), GOOD);

    assertThatExceptionOfType(ClaimMissed.class)
        .isThrownBy(() -> judgement.throwIfMissed("mvn verify -Dclaims=C06"))
        .withMessage(
            """
            NOT_REPRODUCED: C06 reconstruction on pmnist-fc5 (quick), held_out_r2
            measured: 0.953
            interval: [0.94, 0.96], 95 %%
            band: [0.99, 1): no part of the interval agrees with it; the value is 0.037 from its nearest edge
            published: 0.999 (P22 §2.2, §3, Fig. 4d)
            controls: all 2 as they must be
            finding: NOT_REPRODUCED, because few epochs
            baseline: DRIFTED: 5 runs at commit abc1234 predict [0.9606, 0.9794]
            look first: %s
            rerun: mvn verify -Dclaims=C06"""
                .formatted(R2.quantity().firstLook()));
  }

  @Test
  void an_undecided_claim_says_what_it_would_take() {
    // Half-width 0.004, distance 0.002: four times as many.
    Judgement judgement = Judgement.of(R2, estimate(0.984, 0.988, 0.992), GOOD);

    assertThat(judgement.verdict()).isEqualTo(Verdict.UNDERPOWERED);
    assertThat(judgement.reason())
        .startsWith("UNDERPOWERED: C06")
        .contains("about 4 times as many seeds or images");
    assertThatCode(() -> judgement.throwIfMissed("mvn verify")).doesNotThrowAnyException();
  }

  @Test
  void nothing_is_reproduced_by_a_check_whose_control_came_out_wrong() {
    Judgement judgement = Judgement.of(R2, estimate(0.9941, 0.9953, 0.9962), BAD);

    assertThat(judgement.verdict()).isEqualTo(Verdict.UNDERPOWERED);
    assertThat(judgement.reason())
        .contains(
            "controls: the check cannot be relied on: control 'Gaussian layer' came out ACCEPTED");
  }

  @Test
  void a_wrong_control_is_no_way_out_of_a_miss() {
    assertThat(Judgement.of(R2, estimate(0.94, 0.953, 0.96), BAD).verdict())
        .isEqualTo(Verdict.NOT_REPRODUCED);
  }

  @Test
  void drift_is_said_beside_the_verdict() {
    Expectation expectation =
        recorded(Verdict.NOT_REPRODUCED, new Baseline(0.97, 0.001, 5, "abc1234"));
    Judgement judgement = Judgement.of(expectation, estimate(0.94, 0.953, 0.96), GOOD);

    assertThat(judgement.baseline()).isEqualTo(Baseline.State.DRIFTED);
    assertThat(judgement.reason())
        .contains("\nfinding: NOT_REPRODUCED, because few epochs\n")
        .contains("\nbaseline: DRIFTED: 5 runs at commit abc1234 predict [0.9606, 0.9794]\n");
  }

  @Test
  void a_finding_of_another_band_is_said_to_count_as_none() {
    Expectation expectation =
        new Expectation(
            R2.system(),
            R2.scale(),
            R2.statement(),
            R2.quantity(),
            Optional.of(new Finding(Verdict.REPRODUCED, Band.atLeast(0.9))),
            Optional.empty(),
            Optional.empty());
    Judgement judgement = Judgement.of(expectation, estimate(0.94, 0.953, 0.96), GOOD);

    assertThat(judgement.reason())
        .contains("\nfinding: none counts: REPRODUCED is of another band, ≥ 0.9\n");
    assertThat(judgement.result("test", "rerun", Map.of()).finding()).isEmpty();
  }

  @Test
  void what_could_not_be_measured_says_what_is_missing() {
    Judgement judgement =
        Judgement.untested(
            R2, "a run of width 512:\n  the budget was spent", "mvn verify -Dscale=extended");

    assertThat(judgement.verdict()).isEqualTo(Verdict.UNTESTED);
    assertThat(judgement.message("mvn verify -Dclaims=C06"))
        .isEqualTo(
            """
            UNTESTED: C06 reconstruction on pmnist-fc5 (quick), held_out_r2
            missing: a run of width 512: the budget was spent
            to get it: mvn verify -Dscale=extended
            rerun: mvn verify -Dclaims=C06""");
    assertThat(judgement.result("a.B#c", "mvn", Map.of()).whatItWouldTake())
        .contains(
            "a run of width 512: the budget was spent. To get it: mvn verify -Dscale=extended");
  }

  @Test
  void an_entry_has_the_form_that_readers_of_claims_json_rely_on() throws Exception {
    Expectation expectation =
        PMNIST.of(ClaimId.C05, "full_training_error", Scale.QUICK).unrecorded();
    ClaimResult result =
        Judgement.of(expectation, estimate(0, 0.0002, 0.0006), GOOD)
            .result("a.B$C#d", "mvn verify -Dgroups=C05", Map.of("seeds", 20));

    JsonNode expected =
        new ObjectMapper()
            .readTree(
                """
                {"claim":"C05","system":"pmnist-fc5","scale":"quick","test":"a.B$C#d",
                 "verdict":"REPRODUCED","finding":"NEW","baseline":"NONE",
                 "quantity":"full_training_error","measured":2.0E-4,"interval":[0.0,6.0E-4],
                 "band":[null,0.001],"published":0.0,
                 "controls":[
                  {"name":"Gaussian layer","origin":"MADE_UP","expected":"REJECTED","outcome":"REJECTED"},
                  {"name":"planted clones","origin":"MADE_UP","expected":"ACCEPTED","outcome":"ACCEPTED"}],
                 "reason":"","rerun":"mvn verify -Dgroups=C05","provenance":{"seeds":20}}
                """);
    ObjectNode written = ClaimResultJson.write(result);
    ((ObjectNode) expected).put("reason", result.reason());
    assertThat(written).isEqualTo(expected);
    assertThat(written.fieldNames()).toIterable().containsExactlyElementsOf(expected::fieldNames);
  }

  @Test
  void entries_read_back_as_they_were_written() {
    List<Expectation> expectations = PMNIST.at(Scale.FULL);
    for (Expectation expectation : expectations) {
      for (Judgement judgement :
          List.of(
              Judgement.of(expectation, estimate(-1, 0.5, Double.POSITIVE_INFINITY), GOOD),
              Judgement.untested(expectation, "a GPU", "mvn verify -Pgpu"))) {
        ClaimResult result =
            judgement.result("a.B#c", "mvn", Map.of("widths", List.of(2, 4), "seed", "1"));
        assertThat(ClaimResultJson.read(ClaimResultJson.write(result), "claims.json"))
            .isEqualTo(result);
      }
    }
  }

  @Test
  void entries_that_contradict_themselves_are_refused_by_file_test_and_field() {
    ObjectNode entry =
        ClaimResultJson.write(
            Judgement.of(R2, estimate(0.94, 0.953, 0.96), GOOD).result("a.B#c", "mvn", Map.of()));

    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> ClaimResultJson.read(entry.deepCopy().put("baseline", "OLD"), "claims.json"))
        .withMessageStartingWith(
            "claims.json: test a.B#c: baseline: 'OLD' is none of [STABLE, DRIFTED, NONE]");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> ClaimResultJson.read(entry.deepCopy().put("verdict", "UNTESTED"), "claims.json"))
        .withMessageContaining("UNTESTED has neither");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ClaimResultJson.read(entry.deepCopy().without("rerun"), "claims.json"))
        .withMessage("claims.json: test a.B#c: rerun: is missing; add it");
  }
}
