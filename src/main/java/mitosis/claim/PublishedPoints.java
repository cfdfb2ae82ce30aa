package mitosis.claim;

import java.util.List;

/**
 * Points of a figure of the papers, to be drawn beside what is measured. Nothing is judged by them.
 *
 * @param figure which, as in {@code P22 Fig. 3b}
 * @param read how they were read off it
 * @param sizes of chunks, widths, or numbers of networks, at least 1 and increasing
 * @param values at these sizes; finite
 */
public record PublishedPoints(String figure, String read, List<Double> sizes, List<Double> values) {

  /**
   * @throws IllegalArgumentException if there is no point, or not a value for each size, or sizes
   *     are below 1 or don't increase
   */
  public PublishedPoints {
    sizes = List.copyOf(sizes);
    values = List.copyOf(values);
    if (sizes.isEmpty() || sizes.size() != values.size()) {
      throw new IllegalArgumentException(
          "%d sizes and %d values; give at least one point, and a value for each size"
              .formatted(sizes.size(), values.size()));
    }
    for (int k = 0; k < sizes.size(); k++) {
      if (!(sizes.get(k) >= (k == 0 ? 1 : Math.nextUp(sizes.get(k - 1))))) {
        throw new IllegalArgumentException(
            "sizes are %s; give numbers of at least 1, each larger than the one before"
                .formatted(sizes));
      }
      if (!Double.isFinite(values.get(k))) {
        throw new IllegalArgumentException(
            "the value at size %s is %s; give a finite number"
                .formatted(sizes.get(k), values.get(k)));
      }
    }
  }
}
