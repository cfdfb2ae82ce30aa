package mitosis.suite;

import java.util.List;
import java.util.stream.Stream;

/**
 * How a scale's recipe differs from the papers', in words.
 *
 * @param differences one by one
 */
record RecipeDifference(List<String> differences) {

  /** From which nothing departs. */
  static final RecipeDifference NONE = new RecipeDifference(List.of());

  /** Keeps a copy. */
  RecipeDifference {
    differences = List.copyOf(differences);
  }

  /** With what is otherwise than in the papers, if it is. */
  RecipeDifference differing(String what, Object here, Object paper) {
    return here.equals(paper) ? this : and("%s %s instead of %s".formatted(what, here, paper));
  }

  /** With something else that differs. */
  RecipeDifference and(String words) {
    return new RecipeDifference(Stream.concat(differences.stream(), Stream.of(words)).toList());
  }

  /** A sentence or two. */
  @Override
  public String toString() {
    return differences.isEmpty()
        ? "The papers' recipe."
        : "Here %s. All else as in the papers.".formatted(String.join("; ", differences));
  }
}
