package mitosis.suite;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
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

  /** Everything that is to be trained. */
  public List<Recipe> recipes() {
    return Stream.concat(regularised.values().stream(), withoutWeightDecay.stream()).toList();
  }
}
