package mitosis.suite;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import mitosis.train.Recipe;

/**
 * What is trained to test a system's claims at one scale.
 *
 * @param regularised one recipe a width, with weight decay
 * @param withoutWeightDecay the widest network again without it; nothing where the system has no
 *     weight decay to leave out
 * @param stoppedEarly the snapshot of the widest network that stands for a training stopped early
 */
public record Study(
    SortedMap<Integer, Recipe> regularised, Optional<Recipe> withoutWeightDecay, int stoppedEarly) {

  /** Keeps a copy, sorted by width. */
  public Study {
    regularised = Collections.unmodifiableSortedMap(new TreeMap<>(regularised));
  }

  /** The widest network with weight decay. */
  public Recipe widest() {
    return regularised.get(regularised.lastKey());
  }

  /**
   * Less of it: some widths, of which the widest is then the widest of the study, and trained
   * without weight decay too.
   *
   * @param widths some of those that there are
   * @throws IllegalArgumentException if it has none of them
   */
  public Study ofWidths(Set<Integer> widths) {
    SortedMap<Integer, Recipe> fewer = new TreeMap<>(regularised);
    fewer.keySet().retainAll(widths);
    if (fewer.isEmpty()) {
      throw new IllegalArgumentException(
          "none of the widths %s is among %s".formatted(widths, regularised.keySet()));
    }
    Recipe widest = fewer.get(fewer.lastKey());
    return new Study(
        fewer,
        withoutWeightDecay.map(without -> widest.withOptimiser(without.optimiser())),
        stoppedEarly);
  }

  /** Everything that is to be trained. */
  public List<Recipe> recipes() {
    return Stream.concat(regularised.values().stream(), withoutWeightDecay.stream()).toList();
  }
}
