package mitosis.claim;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * What one test found: an entry of {@code claims.json}.
 *
 * @param claim which claim
 * @param system the system measured, e.g. {@code pmnist-fc5}
 * @param scale the scale of the run
 * @param test the test as {@code class#method}, the class by its binary name
 * @param verdict whether the claim holds
 * @param finding the recorded verdict; empty if the claim is new at this scale
 * @param otherSeeds the verdicts that recorded groups of other seeds came to
 * @param baseline how the value stands to earlier runs
 * @param quantity the measured quantity's name
 * @param measured its value; empty exactly if the verdict is {@code UNTESTED}
 * @param interval its interval; present exactly if the value is
 * @param band the values that agree with the claim
 * @param published the paper's number, if it gives one
 * @param controls what the check said of its controls
 * @param reason the judgement's reason, one fact a line
 * @param rerun the command line that reruns just this test
 * @param provenance what the number was made from; strings, numbers, booleans, and lists and maps
 *     of them
 */
public record ClaimResult(
    ClaimId claim,
    String system,
    Scale scale,
    String test,
    Verdict verdict,
    Optional<Verdict> finding,
    Set<Verdict> otherSeeds,
    Baseline.State baseline,
    String quantity,
    OptionalDouble measured,
    Optional<Interval> interval,
    Band band,
    OptionalDouble published,
    List<Control> controls,
    String reason,
    String rerun,
    Map<String, Object> provenance) {

  /** Where the provenance says how what is measured departs from the papers; Markdown. */
  public static final String DEPARTURE = "departure";

  /**
   * Where the provenance of a number that was measured by an earlier run, and not by this one,
   * names the file that it was read from.
   */
  public static final String LOADED = "loaded";

  /** How the line begins that says, in the reason of an untested claim, what is missing. */
  static final String MISSING = "missing";

  /** How the line begins that says, in the reason of an untested claim, how to get it. */
  static final String TO_GET_IT = "to get it";

  /**
   * Keeps copies of the lists.
   *
   * @throws IllegalArgumentException if value, interval and verdict do not go together
   */
  public ClaimResult {
    controls = List.copyOf(controls);
    otherSeeds = Set.copyOf(otherSeeds);
    provenance = Map.copyOf(provenance);
    boolean tested = verdict != Verdict.UNTESTED;
    if (measured.isPresent() != tested || interval.isPresent() != tested) {
      throw new IllegalArgumentException(
          claim
              + " on "
              + system
              + ", "
              + quantity
              + ": verdict "
              + verdict
              + " with measured "
              + measured
              + " and interval "
              + interval
              + "; UNTESTED has neither, every other verdict has both");
    }
  }

  /**
   * Whether the verdict is neither the recorded one nor one that other seeds came to; a new claim
   * has none to differ from.
   */
  public boolean differsFromFinding() {
    return finding.isPresent() && finding.get() != verdict && !otherSeeds.contains(verdict);
  }

  /** How what is measured departs from the papers, in Markdown; nothing if it is not told. */
  public Optional<String> departure() {
    return Optional.ofNullable(provenance.get(DEPARTURE)).map(String::valueOf);
  }

  /** Whether it was measured by an earlier run, and read from what that kept. */
  public boolean isLoaded() {
    return provenance.containsKey(LOADED);
  }

  /** Claim, system, scale and quantity, e.g. {@code C06 pmnist-fc5 quick held_out_r2}. */
  public String name() {
    return claim + " " + system + " " + scale.word() + " " + quantity;
  }

  /**
   * What it would take to decide an undecided claim: what is missing and how to get it; or how many
   * more seeds or images; or which control must come out right.
   *
   * @return a sentence without its full stop; empty if the claim is decided
   */
  public Optional<String> whatItWouldTake() {
    return switch (verdict) {
      case REPRODUCED, NOT_REPRODUCED -> Optional.empty();
      case UNTESTED ->
          Optional.of(
              fact(MISSING)
                  .map(missing -> missing + fact(TO_GET_IT).map(". To get it: "::concat).orElse(""))
                  .orElse(reason));
      case UNDERPOWERED -> {
        Interval around = interval.orElseThrow();
        List<String> ways = new ArrayList<>();
        if (band.judge(around) == Verdict.UNDERPOWERED) {
          ways.add(band.wayToDecide(measured.orElseThrow(), around));
        }
        controls.stream()
            .filter(Control::isWrong)
            .forEach(
                control ->
                    ways.add(
                        (control.speaksAgainstTheSuite()
                                ? "a check that can be relied on: "
                                : "more seeds: ")
                            + control));
        yield Optional.of(ways.isEmpty() ? reason : String.join("; ", ways));
      }
    };
  }

  /** What the reason says of a fact. */
  private Optional<String> fact(String name) {
    String begin = name + ": ";
    return reason
        .lines()
        .filter(line -> line.startsWith(begin))
        .findFirst()
        .map(line -> line.substring(begin.length()));
  }
}
