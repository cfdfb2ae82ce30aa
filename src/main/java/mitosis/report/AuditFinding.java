package mitosis.report;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;
import mitosis.claim.ClaimId;
import mitosis.claim.ClaimResult;
import mitosis.claim.Control;
import mitosis.claim.Decimal;
import mitosis.claim.Verdict;

/**
 * What the claims say together of one network. A chunk is a clone if three things hold of it: it
 * fits the training set (C05), it rebuilds the layer (C06), and what it misses is independent noise
 * (C07; P22 §3). A network is wide enough if, besides, two of them fit into it (C15). A miss does
 * not count where the same check, on as many images, misses planted clones too.
 *
 * @param answer whether the network is redundant
 * @param sentence the same in words, with what decided it
 */
public record AuditFinding(Answer answer, String sentence) {

  /** Whether a network holds independent copies of its representation. */
  public enum Answer {
    REDUNDANT,
    NOT_REDUNDANT,
    UNDECIDED
  }

  private static final Set<ClaimId> SIGNS =
      EnumSet.of(ClaimId.C05, ClaimId.C06, ClaimId.C07, ClaimId.C15);

  /**
   * Puts the verdicts together.
   *
   * @param results of one audit
   * @param criticalWidth w*, if there is one
   * @param width W
   */
  public static AuditFinding of(
      List<ClaimResult> results, OptionalDouble criticalWidth, int width) {
    List<ClaimResult> signs =
        results.stream().filter(result -> SIGNS.contains(result.claim())).toList();
    List<ClaimResult> missed =
        signs.stream()
            .filter(result -> result.verdict() == Verdict.NOT_REPRODUCED)
            .filter(result -> rejectedClones(result).isEmpty())
            .toList();
    if (!missed.isEmpty()) {
      return new AuditFinding(Answer.NOT_REDUNDANT, "not redundant: " + described(missed));
    }
    List<String> open = new ArrayList<>();
    for (ClaimId claim : SIGNS) {
      if (signs.stream().noneMatch(result -> result.claim() == claim)) {
        open.add(claim.title() + " was not checked");
      }
    }
    signs.stream()
        .filter(result -> result.verdict() != Verdict.REPRODUCED)
        .map(AuditFinding::described)
        .forEach(open::add);
    if (!open.isEmpty()) {
      return new AuditFinding(Answer.UNDECIDED, "undecided: " + String.join("; ", open));
    }
    double critical = criticalWidth.orElseThrow();
    return new AuditFinding(
        Answer.REDUNDANT,
        String.format(
            Locale.ROOT,
            "wide enough: %.1f clones of %d neurons",
            width / critical,
            Math.round(critical)));
  }

  /**
   * A control that the check rejects though it must accept it. It has as many images and neurons as
   * the network: what is said of it with so few says nothing of the network.
   */
  private static Optional<Control> rejectedClones(ClaimResult result) {
    return result.controls().stream()
        .filter(
            control ->
                control.expected() == Control.Outcome.ACCEPTED
                    && control.outcome() == Control.Outcome.REJECTED)
        .findFirst();
  }

  private static String described(List<ClaimResult> results) {
    return results.stream().map(AuditFinding::described).collect(Collectors.joining("; "));
  }

  private static String described(ClaimResult result) {
    String what = "%s, %s".formatted(result.claim().title(), result.quantity().replace('_', ' '));
    return switch (result.verdict()) {
      case UNTESTED -> what + ", is untested";
      case UNDERPOWERED ->
          "%s of %s may or may not be %s"
              .formatted(what, Decimal.text(result.measured().orElseThrow()), result.band());
      case NOT_REPRODUCED -> {
        String measured =
            "%s of %s should be %s"
                .formatted(what, Decimal.text(result.measured().orElseThrow()), result.band());
        yield rejectedClones(result)
            .map(control -> measured + ", which so few images or neurons cannot show: " + control)
            .orElse(measured);
      }
      case REPRODUCED -> what + " holds";
    };
  }
}
