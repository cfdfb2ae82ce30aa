package mitosis.data;

import java.util.Arrays;

/**
 * Labelled inputs that are vectors of numbers, all held in memory.
 *
 * @param inputs row-major, {@code count x dimension}
 * @param dimension numbers per example, at least 1
 * @param labels one per example
 */
public record Vectors(float[] inputs, int dimension, int[] labels) implements Examples {

  /**
   * @throws IllegalArgumentException if the shapes disagree or an input is not finite
   */
  public Vectors {
    if (dimension < 1 || labels.length < 1 || (long) labels.length * dimension != inputs.length) {
      throw new IllegalArgumentException(
          "inputs hold %d numbers, but %d labels of dimension %d ask for %d"
              .formatted(
                  inputs.length, labels.length, dimension, (long) labels.length * dimension));
    }
    for (int k = 0; k < inputs.length; k++) {
      if (!Float.isFinite(inputs[k])) {
        throw new IllegalArgumentException(
            "input %d of example %d is %s".formatted(k % dimension, k / dimension, inputs[k]));
      }
    }
  }

  @Override
  public int count() {
    return labels.length;
  }

  @Override
  public Vectors first(int count) {
    return new Vectors(
        Arrays.copyOf(inputs, count * dimension), dimension, Arrays.copyOf(labels, count));
  }
}
