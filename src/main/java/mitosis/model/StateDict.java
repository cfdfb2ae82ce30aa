package mitosis.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The names and shapes of a network's arrays, as PyTorch's {@code state_dict} has them. Whole
 * numbers, such as {@code num_batches_tracked}, are not among them.
 *
 * @param shapes extents by name
 */
public record StateDict(Map<String, List<Integer>> shapes) {

  /** How many of a kind of misfits are listed; the rest is counted. */
  private static final int LISTED = 3;

  /** Keeps a copy, in the same order. */
  public StateDict {
    shapes = new LinkedHashMap<>(shapes);
  }

  /** All that a network needs. */
  static StateDict of(Architecture network) {
    Map<String, List<Integer>> shapes = new LinkedHashMap<>();
    network.parameters().forEach(each -> shapes.put(each.name(), each.shape()));
    network.runningStatistics().forEach(each -> shapes.put(each.name(), each.shape()));
    return new StateDict(shapes);
  }

  /**
   * One extent of one array.
   *
   * @throws IllegalArgumentException if there is no such array, or it has fewer dimensions
   */
  int extent(String name, int dimension) {
    List<Integer> shape = shapes.get(name);
    if (shape == null) {
      throw new IllegalArgumentException(
          "has no %s, whose shape says how large the network is".formatted(name));
    }
    if (shape.size() <= dimension) {
      throw new IllegalArgumentException(
          "has %s of shape %s, where dimension %d says how large the network is"
              .formatted(name, shape, dimension + 1));
    }
    return shape.get(dimension);
  }

  /** How many arrays have a name that matches. */
  int count(String regex) {
    Pattern pattern = Pattern.compile(regex);
    return (int) shapes.keySet().stream().filter(name -> pattern.matcher(name).matches()).count();
  }

  /**
   * @throws IllegalArgumentException if arrays are missing, foreign, or of another shape than the
   *     network's; lists the first three of each kind
   */
  public void requireFits(Architecture network) {
    Map<String, List<Integer>> needed = of(network).shapes();
    List<String> missing = new ArrayList<>();
    List<String> misshapen = new ArrayList<>();
    needed.forEach(
        (name, shape) -> {
          List<Integer> found = shapes.get(name);
          if (found == null) {
            missing.add(name);
          } else if (!found.equals(shape)) {
            misshapen.add("%s %s instead of %s".formatted(name, found, shape));
          }
        });
    List<String> unexpected =
        shapes.keySet().stream().filter(name -> !needed.containsKey(name)).toList();
    List<String> misfits = new ArrayList<>();
    list(misfits, "missing", missing);
    list(misfits, "unexpected", unexpected);
    list(misfits, "of another shape", misshapen);
    if (!misfits.isEmpty()) {
      throw new IllegalArgumentException(
          "does not fit %s: %s".formatted(network, String.join("; ", misfits)));
    }
  }

  private static void list(List<String> misfits, String kind, List<String> all) {
    if (!all.isEmpty()) {
      String more = all.size() > LISTED ? " and %d more".formatted(all.size() - LISTED) : "";
      misfits.add(
          kind + ": " + String.join(", ", all.subList(0, Math.min(LISTED, all.size()))) + more);
    }
  }
}
