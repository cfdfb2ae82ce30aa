package mitosis.claims.support;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import mitosis.claim.ClaimId;
import mitosis.claim.ClaimResult;
import mitosis.claim.Estimate;
import mitosis.claim.Expectation;
import mitosis.claim.Expectations;
import mitosis.claim.Interval;
import mitosis.claim.Judgement.SideNote;
import mitosis.claim.RecordedPower;
import mitosis.claim.Scale;
import mitosis.claim.Verdict;
import mitosis.evidence.Unmeasurable;
import mitosis.evidence.Unmeasurable.NotTrained;
import mitosis.report.Figure;
import mitosis.report.Figure.Axis;
import mitosis.report.PowerTable;
import mitosis.suite.ClaimContext;
import mitosis.suite.ClaimContext.KeptMeasurement;
import mitosis.suite.Measured;
import mitosis.suite.TestedSystem.Untestable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.opentest4j.TestAbortedException;

class VerificationTest {

  private static final Expectation EXPECTATION =
      Expectations.read(Path.of("expected"), "pmnist-fc5")
          .of(ClaimId.C06, "held_out_r2", Scale.QUICK)
          .unrecorded();

  /** Inside the band from 0.99 to below 1, and far below it. */
  private static final double GOOD = 0.995;

  private static final double BAD = 0.5;

  @TempDir Path folder;

  private final List<ClaimResult> reported = new ArrayList<>();

  private Optional<KeptMeasurement> kept = Optional.empty();

  private Verification<Double> verification(Supplier<Double> evidence) {
    return new Verification<>(
        new Collecting(),
        EXPECTATION,
        "VerificationTest#a_number_of_its_own",
        () -> value -> new Estimate(value, new Interval(value - 1e-4, value + 1e-4), 0.95),
        evidence);
  }

  @Test
  void a_number_whose_controls_come_out_is_reproduced() {
    verification(() -> GOOD)
        .rejects("bad", () -> BAD)
        .accepts("good", () -> GOOD)
        .isWithinTheBand();

    assertThat(reported).extracting(ClaimResult::verdict).containsExactly(Verdict.REPRODUCED);
  }

  @Test
  void what_is_measured_beside_it_is_told_if_it_exists() {
    verification(() -> GOOD)
        .rejects("bad", () -> BAD)
        .accepts("good", () -> GOOD)
        .beside(
            () ->
                Optional.of(
                    new SideNote("live neurons", new Estimate(BAD, new Interval(BAD, BAD), 0.95))))
        .beside(Optional::empty)
        .beside(
            () -> {
              throw new Unmeasurable("dead neurons", "more weight decay");
            })
        .isWithinTheBand();

    assertThat(reported.get(0).verdict()).isEqualTo(Verdict.REPRODUCED);
    assertThat(reported.get(0).reason())
        .contains("\nbeside: live neurons: 0.5")
        .doesNotContain("dead");
  }

  @Test
  void nothing_is_decided_as_long_as_a_controls_networks_are_not_trained() {
    assertThatThrownBy(
            () ->
                verification(() -> GOOD)
                    .accepts("good", () -> GOOD)
                    .rejects(
                        "the network without weight decay",
                        () -> {
                          throw new NotTrained("runs of W=256: the budget was spent", "run again");
                        })
                    .isWithinTheBand())
        .isInstanceOf(TestAbortedException.class)
        .hasMessageContaining(
            "missing: for a control, runs of W=256: the budget was spent\nto get it: run again\nrerun: mvn verify");
    assertThat(reported).extracting(ClaimResult::verdict).containsExactly(Verdict.UNTESTED);
    assertThat(reported.get(0).controls()).isEmpty();
  }

  @Test
  void a_control_that_has_no_such_number_has_not_come_out() {
    assertThatThrownBy(
            () ->
                verification(() -> GOOD)
                    .rejects(
                        "a layer without a critical width",
                        () -> {
                          throw new Unmeasurable("a critical width", "another layer");
                        })
                    .isWithinTheBand())
        .isInstanceOf(TestAbortedException.class);
    assertThat(reported).extracting(ClaimResult::verdict).containsExactly(Verdict.UNDERPOWERED);
    assertThat(reported.get(0).controls()).hasSize(1);
  }

  /** So that a figure which cannot be drawn is found in minutes, not after a night of training. */
  @Test
  void what_decides_nothing_is_drawn_all_the_same() {
    assertThatThrownBy(
            () ->
                verification(() -> GOOD)
                    .decidesNothing(Optional.of(new Untestable("smoke run", "run it whole")))
                    .shownAs(() -> Figure.of("drawn", Axis.linear("x"), Axis.linear("y")))
                    .isWithinTheBand())
        .isInstanceOf(TestAbortedException.class);

    assertThat(reported).extracting(ClaimResult::verdict).containsExactly(Verdict.UNTESTED);
    assertThat(folder.resolve("pmnist-fc5-C06-held_out_r2.svg")).exists();
  }

  /** Measured once, and then read: whatever would be measured now. */
  @Test
  void what_was_kept_is_reported_and_drawn_as_it_was_measured() throws IOException {
    kept = Optional.of(new InMemory());
    verification(() -> GOOD)
        .rejects("bad", () -> BAD)
        .beside(() -> Optional.of(new SideNote("live neurons", "81")))
        .shownAs(() -> Figure.of("drawn", Axis.linear("x"), Axis.linear("y")))
        .isWithinTheBand();
    Path figure = folder.resolve("pmnist-fc5-C06-held_out_r2.svg");
    String drawn = Files.readString(figure);
    Files.delete(figure);

    verification(VerificationTest::measuredAgain)
        .rejects("bad", VerificationTest::measuredAgain)
        .beside(VerificationTest::measuredAgain)
        .shownAs(VerificationTest::measuredAgain)
        .isWithinTheBand();

    ClaimResult measured = reported.get(0);
    ClaimResult loaded = reported.get(1);
    assertThat(measured.isLoaded()).isFalse();
    assertThat(loaded.isLoaded()).isTrue();
    assertThat(loaded.provenance()).containsEntry(ClaimResult.LOADED, "kept");
    assertThat(loaded).usingRecursiveComparison().ignoringFields("provenance").isEqualTo(measured);
    assertThat(figure).hasContent(drawn);
  }

  private static <T> T measuredAgain() {
    throw new AssertionError("measured again");
  }

  @Test
  void that_there_is_no_such_number_is_kept_and_said_again() {
    kept = Optional.of(new InMemory());
    assertThatThrownBy(
            () ->
                verification(
                        () -> {
                          throw new Unmeasurable("a critical width", "train it longer");
                        })
                    .isWithinTheBand())
        .isInstanceOf(TestAbortedException.class);

    assertThatThrownBy(() -> verification(VerificationTest::measuredAgain).isWithinTheBand())
        .isInstanceOf(TestAbortedException.class)
        .hasMessageContaining("missing: a critical width\nto get it: train it longer");
  }

  /** The next run may have them. */
  @Test
  void what_lacks_networks_is_not_kept() {
    kept = Optional.of(new InMemory());
    verification(() -> GOOD)
        .rejects("bad", () -> BAD)
        .shownAs(VerificationTest::notTrained)
        .isWithinTheBand();
    verification(() -> GOOD)
        .rejects("bad", () -> BAD)
        .beside(VerificationTest::notTrained)
        .isWithinTheBand();
    Verification<Double> lacking = verification(VerificationTest::notTrained);
    Verification<Double> withControl =
        verification(() -> GOOD).rejects("bad", VerificationTest::notTrained);
    assertThatThrownBy(lacking::isWithinTheBand).isInstanceOf(TestAbortedException.class);
    assertThatThrownBy(withControl::isWithinTheBand).isInstanceOf(TestAbortedException.class);

    assertThat(kept.orElseThrow().read()).isEmpty();
  }

  private static <T> T notTrained() {
    throw new NotTrained("runs of W=256: the budget was spent", "run again");
  }

  @Test
  void what_decides_nothing_is_not_kept() {
    kept = Optional.of(new InMemory());
    assertThatThrownBy(
            () ->
                verification(() -> GOOD)
                    .decidesNothing(Optional.of(new Untestable("smoke run", "run it whole")))
                    .isWithinTheBand())
        .isInstanceOf(TestAbortedException.class);

    assertThat(kept.orElseThrow().read()).isEmpty();
  }

  private static final class InMemory implements KeptMeasurement {

    private Optional<Measured> measured = Optional.empty();

    @Override
    public Path file() {
      return Path.of("kept");
    }

    @Override
    public Optional<Measured> read() {
      return measured;
    }

    @Override
    public void write(Measured written) {
      measured = Optional.of(written);
    }
  }

  private final class Collecting implements ClaimContext {

    @Override
    public Optional<KeptMeasurement> kept(
        Expectation expectation, String test, Class<?> measuring) {
      return kept;
    }

    @Override
    public String departure(String system) {
      return "none";
    }

    @Override
    public String rerun(ClaimId claim, String system) {
      return "mvn verify";
    }

    @Override
    public Map<String, Object> provenance(String system) {
      return Map.of();
    }

    @Override
    public void report(ClaimResult result) {
      reported.add(result);
    }

    @Override
    public PowerTable.Row power(Expectation expectation) {
      return PowerTable.row(expectation, RecordedPower.none());
    }

    @Override
    public Path figures() {
      return folder;
    }

    @Override
    public Path dynamics() {
      return folder;
    }
  }
}
