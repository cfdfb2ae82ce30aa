package mitosis.suite;

import java.util.Collection;
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
 * @param lastLayerWidened one recipe a width of the last layer, with a body as narrow as it is in
 *     the papers' Fig. S4b; empty where the system has no such networks
 * @param bodyWidened a network of wide body and narrow last layer (P22 Fig. S4a)
 * @param stoppedEarly the snapshot of the widest network that stands for a training stopped early
 */
public record Study(
    SortedMap<Integer, Recipe> regularised,
    Optional<Recipe> withoutWeightDecay,
    SortedMap<Integer, Recipe> lastLayerWidened,
    Optional<Recipe> bodyWidened,
    int stoppedEarly) {

  /** Keeps copies, sorted by width. */
  public Study {
    regularised = Collections.unmodifiableSortedMap(new TreeMap<>(regularised));
    lastLayerWidened = Collections.unmodifiableSortedMap(new TreeMap<>(lastLayerWidened));
  }

  /** Without the networks of which one part alone is wide. */
  public static Study of(
      SortedMap<Integer, Recipe> regularised,
      Optional<Recipe> withoutWeightDecay,
      int stoppedEarly) {
    return new Study(
        regularised, withoutWeightDecay, new TreeMap<>(), Optional.empty(), stoppedEarly);
  }

  /** The widest network with weight decay. */
  public Recipe widest() {
    return regularised.get(regularised.lastKey());
  }

  /** Everything that is to be trained. */
  public List<Recipe> recipes() {
    return Stream.of(
            regularised.values(),
            withoutWeightDecay.stream().toList(),
            lastLayerWidened.values(),
            bodyWidened.stream().toList())
        .flatMap(Collection::stream)
        .toList();
  }
}
