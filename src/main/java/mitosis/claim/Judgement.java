package mitosis.claim;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The outcome of one test: the claim's verdict, the state of the baseline, and a text that says
 * what they rest on, one fact a line.
 *
 * @param expectation what was fixed before measuring
 * @param estimate what was measured; empty if nothing was
 * @param controls what the same check said of the controls
 * @param verdict whether the claim holds
 * @param baseline whether the value is the one of earlier runs
 * @param beside what else was measured, to be read with it
 * @param reason a line that begins with the verdict's name and a colon, and names claim, system,
 *     scale and quantity; then one line for each fact, beginning with what it says and a colon:
 *     {@code measured}, {@code interval}, {@code band}, {@code published}, {@code controls}, {@code
 *     finding}, {@code baseline} if it drifted, {@code look first} unless the claim is reproduced,
 *     and {@code beside} for each thing measured beside it; or {@code missing} and {@code to get
 *     it} if nothing was measured
 */
public record Judgement(
    Expectation expectation,
    Optional<Estimate> estimate,
    List<Control> controls,
    Verdict verdict,
    Baseline.State baseline,
    List<SideNote> beside,
    String reason) {

  /** Keeps copies of the lists. */
  public Judgement {
    controls = List.copyOf(controls);
    beside = List.copyOf(beside);
  }

  /**
   * Judges a measurement. The verdict is the band's, except that nothing is called reproduced by a
   * check whose control came out wrong: such a check cannot tell, which is {@code UNDERPOWERED}. A
   * miss stays a miss.
   *
   * @param expectation the band, the recorded finding and the baseline
   * @param estimate the measured value with its interval
   * @param controls what the same check said of the controls
   */
  public static Judgement of(Expectation expectation, Estimate estimate, List<Control> controls) {
    Verdict verdict = expectation.band().judge(estimate);
    if (verdict == Verdict.REPRODUCED && controls.stream().anyMatch(Control::isWrong)) {
      verdict = Verdict.UNDERPOWERED;
    }
    Baseline.State baseline =
        expectation
            .baseline()
            .map(recorded -> recorded.state(estimate.value()))
            .orElse(Baseline.State.NONE);
    String reason = new Reason(expectation, estimate, controls, verdict, baseline).text();
    return new Judgement(
        expectation, Optional.of(estimate), controls, verdict, baseline, List.of(), reason);
  }

  /** This judgement, which also says what was measured beside it. */
  public Judgement beside(List<SideNote> measured) {
    String text =
        Stream.concat(Stream.of(reason), measured.stream().map(each -> line("beside", each)))
            .collect(Collectors.joining("\n"));
    return new Judgement(expectation, estimate, controls, verdict, baseline, measured, text);
  }

  private static String line(String fact, Object text) {
    return fact + ": " + String.valueOf(text).strip().replaceAll("\\s*\\R\\s*", " ");
  }

  /**
   * The judgement on what could not be measured.
   *
   * @param expectation what would have been measured
   * @param missing which data, device or runs are missing
   * @param remedy how to get them
   */
  public static Judgement untested(Expectation expectation, String missing, String remedy) {
    return new Judgement(
        expectation,
        Optional.empty(),
        List.of(),
        Verdict.UNTESTED,
        Baseline.State.NONE,
        List.of(),
        String.join(
            "\n",
            line(Verdict.UNTESTED.name(), expectation),
            line(ClaimResult.MISSING, missing),
            line(ClaimResult.TO_GET_IT, remedy)));
  }

  /**
   * What a test that does not pass says: the reason, and how to run it again.
   *
   * @param rerun the command line that reruns just this test
   */
  public String message(String rerun) {
    return reason + "\n" + line("rerun", rerun);
  }

  /**
   * Fails the test if the claim was measured and does not hold.
   *
   * @param rerun the command line that reruns just this test
   * @throws ClaimMissed if the verdict is {@code NOT_REPRODUCED}
   */
  public void throwIfMissed(String rerun) {
    if (verdict == Verdict.NOT_REPRODUCED) {
      throw new ClaimMissed(message(rerun));
    }
  }

  /**
   * This judgement as an entry of {@code claims.json}.
   *
   * @param test the test as {@code class#method}, the class by its binary name
   * @param rerun the command line that reruns just this test
   * @param provenance what the number was made from; strings, numbers, booleans, and lists and maps
   *     of them
   */
  public ClaimResult result(String test, String rerun, Map<String, Object> provenance) {
    Quantity quantity = expectation.quantity();
    return new ClaimResult(
        expectation.claim(),
        expectation.system(),
        expectation.scale(),
        test,
        verdict,
        expectation.finding().map(Finding::verdict),
        expectation.finding().map(finding -> finding.otherSeeds().keySet()).orElse(Set.of()),
        baseline,
        quantity.name(),
        estimate.map(e -> OptionalDouble.of(e.value())).orElse(OptionalDouble.empty()),
        estimate.map(Estimate::interval),
        quantity.band(),
        quantity.published().value(),
        controls,
        reason,
        rerun,
        provenance);
  }

  /** Puts a judgement into words. */
  private record Reason(
      Expectation expectation,
      Estimate estimate,
      List<Control> controls,
      Verdict verdict,
      Baseline.State state) {

    String text() {
      return Stream.of(
              Stream.of(
                  line(verdict.name(), expectation),
                  line("measured", Decimal.text(estimate.value())),
                  line("interval", "%s, %s %%".formatted(estimate.interval(), level())),
                  line("band", expectation.band() + ": " + position()),
                  line("published", published()),
                  line("controls", controlled())),
              finding().map(text -> line("finding", text)).stream(),
              drift().map(text -> line("baseline", text)).stream(),
              firstLook().map(text -> line("look first", text)).stream())
          .flatMap(lines -> lines)
          .collect(Collectors.joining("\n"));
    }

    private String level() {
      return Decimal.text(100 * estimate.level());
    }

    private String position() {
      Band band = expectation.band();
      return switch (band.judge(estimate)) {
        case REPRODUCED -> "the whole interval agrees with it";
        case NOT_REPRODUCED ->
            "no part of the interval agrees with it; the value is "
                + Decimal.text(band.distanceToEdge(estimate.value()))
                + " from its nearest edge";
        default ->
            "the interval straddles its edge: "
                + band.wayToDecide(estimate.value(), estimate.interval());
      };
    }

    private String published() {
      OptionalDouble published = expectation.quantity().published().value();
      return "%s (%s)"
          .formatted(
              published.isPresent() ? Decimal.text(published.getAsDouble()) : "no number",
              expectation.statement().place());
    }

    private String controlled() {
      if (controls.isEmpty()) {
        return "none ran";
      }
      List<Control> wrong = controls.stream().filter(Control::isWrong).toList();
      if (wrong.isEmpty()) {
        return "all " + controls.size() + " as they must be";
      }
      return "the check cannot be relied on: "
          + wrong.stream().map(Control::toString).collect(Collectors.joining("; "));
    }

    private Optional<String> finding() {
      return expectation
          .finding()
          .map(
              finding ->
                  finding
                      + expectation
                          .note()
                          .map(note -> ", because " + note.replaceFirst("\\.$", ""))
                          .orElse(""))
          .or(
              () ->
                  expectation
                      .findingOfAnotherBand()
                      .map(
                          finding ->
                              "none counts: %s is of another band, %s"
                                  .formatted(finding, finding.band())));
    }

    private Optional<String> drift() {
      return expectation
          .baseline()
          .filter(baseline -> state == Baseline.State.DRIFTED)
          .map(
              baseline ->
                  "DRIFTED: %d runs at commit %s predict %s"
                      .formatted(baseline.count(), baseline.commit(), baseline.prediction()));
    }

    private Optional<String> firstLook() {
      return verdict == Verdict.REPRODUCED
          ? Optional.empty()
          : Optional.of(expectation.quantity().firstLook());
    }
  }

  /**
   * What the same test found besides, to be read with its number: it decides nothing.
   *
   * @param name what it was measured on, or how it differs
   * @param found in words
   */
  public record SideNote(String name, String found) {

    /** A number that was measured. */
    public SideNote(String name, Estimate estimate) {
      this(name, estimate.toString());
    }

    @Override
    public String toString() {
      return "%s: %s".formatted(name, found);
    }
  }
}
