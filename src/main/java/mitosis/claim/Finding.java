package mitosis.claim;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/**
 * The verdict that was found before and is expected again.
 *
 * <p>Where an interval ends near an edge of its band, other seeds may bring it to the other side,
 * and so does another processor, on which the same seeds train to other bits. So the verdicts of
 * groups of other seeds are recorded beside it, and one that some of them came to is no change.
 *
 * @param verdict the recorded verdict
 * @param band the band that it was found against, as {@link Band#toString} gives it
 * @param measured the value; empty if nothing was measured, or it was not kept
 * @param interval its interval; empty if it was not kept
 * @param otherSeeds how many groups of other seeds came to which verdict; empty if none was
 *     recorded
 */
public record Finding(
    Verdict verdict,
    String band,
    OptionalDouble measured,
    Optional<Interval> interval,
    Map<Verdict, Integer> otherSeeds) {

  /**
   * Keeps a copy of the counts.
   *
   * @throws IllegalArgumentException if a count is below 1, or given for {@code UNTESTED}
   */
  public Finding {
    Map<Verdict, Integer> counts = new EnumMap<>(Verdict.class);
    counts.putAll(otherSeeds);
    counts.forEach(
        (each, count) -> {
          if (count < 1 || each == Verdict.UNTESTED) {
            throw new IllegalArgumentException(
                "%s is said of %d groups of other seeds; give only verdicts that were measured, each at least once"
                    .formatted(each, count));
          }
        });
    otherSeeds = Collections.unmodifiableMap(counts);
  }

  /** Nothing is known but the verdict. */
  public Finding(Verdict verdict, Band band) {
    this(verdict, band.toString(), OptionalDouble.empty(), Optional.empty(), Map.of());
  }

  /**
   * Whether the verdict was found against this band, or without any, and so still means something.
   */
  boolean isOf(Band today) {
    return verdict == Verdict.UNTESTED || band.equals(today.toString());
  }

  /** As in {@code NOT_REPRODUCED (10 groups of other seeds: NOT_REPRODUCED 8, UNDERPOWERED 2)}. */
  @Override
  public String toString() {
    int groups = otherSeeds.values().stream().mapToInt(Integer::intValue).sum();
    return groups == 0
        ? verdict.name()
        : "%s (%d groups of other seeds: %s)"
            .formatted(
                verdict,
                groups,
                otherSeeds.entrySet().stream()
                    .map(entry -> entry.getKey() + " " + entry.getValue())
                    .collect(Collectors.joining(", ")));
  }
}
