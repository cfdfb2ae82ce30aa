package mitosis.suite;

import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import mitosis.claim.ClaimId;
import mitosis.train.Recipe;

/**
 * What is trained to test a system's claims at one scale.
 *
 * @param regularised one recipe a width, with weight decay
 * @param withoutWeightDecay the widest network again without it; nothing where the system has no
 *     weight decay to leave out
 * @param variants networks that differ from those in one thing alone, in the order of that
 * @param stoppedEarly the snapshot of the widest network that stands for a training stopped early
 */
public record Study(
    SortedMap<Integer, Recipe> regularised,
    Optional<Recipe> withoutWeightDecay,
    Map<Variant, List<Recipe>> variants,
    int stoppedEarly) {

  /** Keeps copies, the regularised sorted by width. */
  public Study {
    regularised = Collections.unmodifiableSortedMap(new TreeMap<>(regularised));
    Map<Variant, List<Recipe>> copies = new EnumMap<>(Variant.class);
    variants.forEach((variant, recipes) -> copies.put(variant, List.copyOf(recipes)));
    variants = Collections.unmodifiableMap(copies);
  }

  /** Without variants. */
  public static Study of(
      SortedMap<Integer, Recipe> regularised,
      Optional<Recipe> withoutWeightDecay,
      int stoppedEarly) {
    return new Study(regularised, withoutWeightDecay, Map.of(), stoppedEarly);
  }

  /** The widest network with weight decay. */
  public Recipe widest() {
    return regularised.get(regularised.lastKey());
  }

  /** The networks of a variant; none where the scale does not have them. */
  public List<Recipe> variant(Variant variant) {
    return variants.getOrDefault(variant, List.of());
  }

  /**
   * Less of it: some widths, of which the widest is then the widest of the study, and trained
   * without weight decay too. Variants of another width are left out, and with another widest
   * network also those of which the body is as wide as that.
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
    Map<Variant, List<Recipe>> kept = new EnumMap<>(Variant.class);
    variants.forEach(
        (variant, recipes) ->
            kept.put(
                variant,
                recipes.stream()
                    .filter(
                        recipe ->
                            variant == Variant.BODY_WIDENED
                                ? widest.equals(widest())
                                : widths.contains(recipe.width()))
                    .toList()));
    return new Study(
        fewer,
        withoutWeightDecay.map(without -> widest.withOptimiser(without.optimiser())),
        kept,
        stoppedEarly);
  }

  /** Without the variants that none of the claims asks for. */
  public Study askedBy(Set<ClaimId> claims) {
    Map<Variant, List<Recipe>> asked = new EnumMap<>(Variant.class);
    variants.forEach(
        (variant, recipes) -> {
          if (claims.contains(variant.claim())) {
            asked.put(variant, recipes);
          }
        });
    return new Study(regularised, withoutWeightDecay, asked, stoppedEarly);
  }

  /** Everything that is to be trained. */
  public List<Recipe> recipes() {
    return Stream.of(
            regularised.values().stream(),
            withoutWeightDecay.stream(),
            variants.values().stream().flatMap(List::stream))
        .flatMap(recipes -> recipes)
        .distinct()
        .toList();
  }
}
