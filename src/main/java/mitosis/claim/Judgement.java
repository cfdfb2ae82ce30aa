package mitosis.claim;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The outcome of one test: the claim's verdict, the state of the baseline, and a sentence that says
 * both.
 *
 * @param expectation what was fixed before measuring
 * @param estimate what was measured; empty if nothing was
 * @param controls what the same check said of the controls
 * @param verdict whether the claim holds
 * @param baseline whether the value is the one of earlier runs
 * @param beside what else was measured, to be read with it
 * @param reason the sentence, beginning with the verdict's name and a colon
 */
public record Judgement(
    Expectation expectation,
    Optional<Estimate> estimate,
    List<Control> controls,
    Verdict verdict,
    Baseline.State baseline,
    List<Beside> beside,
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

  /** The same judgement, which also says what was measured beside it. */
  public Judgement beside(List<Beside> measured) {
    return measured.isEmpty()
        ? this
        : new Judgement(
            expectation,
            estimate,
            controls,
            verdict,
            baseline,
            measured,
            reason
                + " Beside it: "
                + measured.stream().map(Beside::toString).collect(Collectors.joining("; "))
                + ".");
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
        Verdict.UNTESTED
            + ": "
            + expectation
            + ClaimResult.MISSING
            + missing
            + ". To get it: "
            + remedy);
  }

  /**
   * Fails the test if the claim was measured and does not hold.
   *
   * @throws ClaimMissed if the verdict is {@code NOT_REPRODUCED}
   */
  public void throwIfMissed() {
    if (verdict == Verdict.NOT_REPRODUCED) {
      throw new ClaimMissed(reason);
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
      return List.of(measured(), position(), controlled(), recorded(), drift(), firstLook())
          .stream()
          .filter(part -> !part.isEmpty())
          .collect(Collectors.joining(" "));
    }

    private String measured() {
      OptionalDouble published = expectation.quantity().published().value();
      return verdict
          + ": "
          + expectation
          + " = "
          + estimate
          + "; band "
          + expectation.band()
          + " ("
          + expectation.statement().place()
          + (published.isPresent()
              ? "; published " + Decimal.text(published.getAsDouble())
              : "; no published number")
          + ").";
    }

    private String position() {
      Band band = expectation.band();
      return switch (band.judge(estimate)) {
        case REPRODUCED -> "The whole interval agrees with the band.";
        case NOT_REPRODUCED ->
            "No part of the interval agrees with the band; the value is "
                + Decimal.text(band.distanceToEdge(estimate.value()))
                + " from its nearest edge.";
        default ->
            "The interval straddles the band's edge: "
                + band.wayToDecide(estimate.value(), estimate.interval())
                + ".";
      };
    }

    private String controlled() {
      if (controls.isEmpty()) {
        return "No control ran.";
      }
      List<Control> wrong = controls.stream().filter(Control::isWrong).toList();
      if (wrong.isEmpty()) {
        return "Controls: all " + controls.size() + " as they must be.";
      }
      return "The check cannot be relied on: "
          + wrong.stream().map(Control::toString).collect(Collectors.joining("; "))
          + ".";
    }

    private String recorded() {
      return expectation
          .finding()
          .map(
              finding ->
                  "Recorded finding: "
                      + finding
                      + expectation
                          .note()
                          .map(note -> ", because " + note.replaceFirst("\\.$", ""))
                          .orElse("")
                      + ".")
          .or(
              () ->
                  expectation
                      .findingOfAnotherBand()
                      .map(
                          finding ->
                              "The recorded finding, %s, is of another band, %s, and counts as none."
                                  .formatted(finding, finding.band())))
          .orElse("");
    }

    private String drift() {
      if (state != Baseline.State.DRIFTED) {
        return "";
      }
      Baseline baseline = expectation.baseline().orElseThrow();
      return "DRIFTED: "
          + baseline.count()
          + " runs at commit "
          + baseline.commit()
          + " predict "
          + baseline.prediction()
          + ".";
    }

    private String firstLook() {
      return verdict == Verdict.REPRODUCED
          ? ""
          : "Look first at: " + expectation.quantity().firstLook();
    }
  }
}
