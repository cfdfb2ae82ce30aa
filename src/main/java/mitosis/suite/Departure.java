package mitosis.suite;

import java.util.ArrayList;
import java.util.List;

/** How a scale's recipe differs from the papers', in words. */
final class Departure {

  private final List<String> differences = new ArrayList<>();

  /** Says that something is otherwise than in the papers, if it is. */
  Departure differing(String what, Object here, Object paper) {
    return here.equals(paper) ? this : and("%s %s instead of %s".formatted(what, here, paper));
  }

  /** Says something else that differs. */
  Departure and(String words) {
    differences.add(words);
    return this;
  }

  /** A sentence or two. */
  @Override
  public String toString() {
    return differences.isEmpty()
        ? "The papers' recipe."
        : "Here %s. All else as in the papers.".formatted(String.join("; ", differences));
  }
}
