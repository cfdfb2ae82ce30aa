package mitosis.report;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import mitosis.claim.Band;
import mitosis.claim.Baseline;
import mitosis.claim.ClaimId;
import mitosis.claim.ClaimResult;
import mitosis.claim.Control;
import mitosis.claim.Interval;
import mitosis.claim.Scale;
import mitosis.claim.Verdict;

/** Results with invented numbers. */
final class SampleResults {

  static final Control GOOD =
      Control.mustAccept("planted clones", Control.Origin.MADE_UP, Verdict.REPRODUCED);
  static final Control REJECTED_CLONES =
      Control.mustAccept("planted clones", Control.Origin.MADE_UP, Verdict.NOT_REPRODUCED);
  static final Control WRONG =
      Control.mustReject("Gaussian layer", Control.Origin.MADE_UP, Verdict.REPRODUCED);

  private SampleResults() {}

  static ClaimResult result(
      ClaimId claim, String test, Verdict verdict, Optional<Verdict> finding) {
    return result(claim, test, verdict, finding, Set.of());
  }

  static ClaimResult result(
      ClaimId claim,
      String test,
      Verdict verdict,
      Optional<Verdict> finding,
      Set<Verdict> otherSeeds) {
    return result(claim, test, verdict, finding, otherSeeds, Baseline.State.STABLE, GOOD);
  }

  static ClaimResult result(
      ClaimId claim,
      String test,
      Verdict verdict,
      Optional<Verdict> finding,
      Baseline.State baseline,
      Control control) {
    return result(claim, test, verdict, finding, Set.of(), baseline, control);
  }

  private static ClaimResult result(
      ClaimId claim,
      String test,
      Verdict verdict,
      Optional<Verdict> finding,
      Set<Verdict> otherSeeds,
      Baseline.State baseline,
      Control control) {
    boolean tested = verdict != Verdict.UNTESTED;
    return new ClaimResult(
        claim,
        "pmnist-fc5",
        Scale.QUICK,
        test,
        verdict,
        finding,
        otherSeeds,
        baseline,
        "exponent",
        tested ? OptionalDouble.of(-0.47) : OptionalDouble.empty(),
        tested ? Optional.of(new Interval(-0.52, -0.41)) : Optional.empty(),
        Band.between(-0.65, -0.35),
        OptionalDouble.of(-0.5),
        List.of(control),
        verdict + ": " + claim.title() + " and why.",
        "mvn verify -Dgroups=" + claim,
        Map.of("seeds", 20));
  }

  /** A quantity on another system, with a reason of its own. */
  static ClaimResult on(
      String system, ClaimId claim, String quantity, Verdict verdict, double value, String reason) {
    boolean tested = verdict != Verdict.UNTESTED;
    return new ClaimResult(
        claim,
        system,
        Scale.QUICK,
        "a.B$On#" + quantity,
        verdict,
        Optional.empty(),
        Set.of(),
        Baseline.State.NONE,
        quantity,
        tested ? OptionalDouble.of(value) : OptionalDouble.empty(),
        tested ? Optional.of(new Interval(value - 0.1, value + 0.1)) : Optional.empty(),
        Band.between(-0.65, -0.35),
        OptionalDouble.empty(),
        List.of(),
        reason,
        "mvn verify",
        Map.of("commit", "abc123", "seeds", List.of(0, 1, 2)));
  }

  /** The same result as an earlier run measured it. */
  static ClaimResult loaded(ClaimResult result, String file) {
    return new ClaimResult(
        result.claim(),
        result.system(),
        result.scale(),
        result.test(),
        result.verdict(),
        result.finding(),
        result.otherSeeds(),
        result.baseline(),
        result.quantity(),
        result.measured(),
        result.interval(),
        result.band(),
        result.published(),
        result.controls(),
        result.reason(),
        result.rerun(),
        Map.of(ClaimResult.LOADED, file));
  }
}
