package mitosis.representation;

import java.util.Arrays;

/**
 * The linear map from the last hidden layer to the outputs (logits) of a network.
 *
 * <p>Under one row the class is the sign of the output, +1 where it is above zero and −1 elsewhere,
 * so that an output of exactly zero says −1. Under K rows the class is the row with the largest
 * output, the first of them where several are equal.
 *
 * @param weights K x W, {@code weights[k][j]} from neuron j to output k; finite
 * @param biases K biases; finite
 */
public record Readout(double[][] weights, double[] biases) {

  /**
   * @throws IllegalArgumentException if there is no row or no column, if rows differ in length, if
   *     there is not one bias a row, or if a number is not finite
   */
  public Readout {
    if (weights.length == 0 || weights[0].length == 0) {
      throw new IllegalArgumentException("a readout needs at least one row and one column");
    }
    if (biases.length != weights.length) {
      throw new IllegalArgumentException(
          "readout has %d rows of weights, but %d biases".formatted(weights.length, biases.length));
    }
    for (int row = 0; row < weights.length; row++) {
      requireFinite(weights[row], row, weights[0].length);
      if (!Double.isFinite(biases[row])) {
        throw new IllegalArgumentException(
            "bias %d of the readout is %s, not a finite number".formatted(row, biases[row]));
      }
    }
  }

  private static void requireFinite(double[] weights, int row, int width) {
    if (weights.length != width) {
      throw new IllegalArgumentException(
          "row %d of the readout has %d weights, but row 0 has %d"
              .formatted(row, weights.length, width));
    }
    for (int neuron = 0; neuron < width; neuron++) {
      if (!Double.isFinite(weights[neuron])) {
        throw new IllegalArgumentException(
            "weight of neuron %d in row %d of the readout is %s, not a finite number"
                .formatted(neuron, row, weights[neuron]));
      }
    }
  }

  /**
   * The map from some of the neurons alone, as if the others were zero.
   *
   * @param neurons each from 0 to W−1, at least one
   */
  public Readout of(int[] neurons) {
    return new Readout(
        Arrays.stream(weights)
            .map(row -> Arrays.stream(neurons).mapToDouble(neuron -> row[neuron]).toArray())
            .toArray(double[][]::new),
        biases);
  }

  /** The number K of rows. */
  public int outputs() {
    return weights.length;
  }

  /** The number W of neurons that are read. */
  public int width() {
    return weights[0].length;
  }

  /**
   * Whether a label can be read out: −1 or +1 under one row, 0 to K−1 under K rows.
   *
   * @param label any number
   */
  public boolean knows(int label) {
    return outputs() == 1 ? label == -1 || label == 1 : label >= 0 && label < outputs();
  }

  /**
   * The outputs of the full layer.
   *
   * @param split N images seen by W neurons; its labels are not looked at
   * @return K x N logits
   * @throws IllegalArgumentException if the split's width is not the readout's
   */
  public double[][] logits(Split split) {
    if (split.width() != width()) {
      throw new IllegalArgumentException(
          "readout reads %d neurons, but the layer has %d".formatted(width(), split.width()));
    }
    double[][] logits = new double[outputs()][split.images()];
    for (int output = 0; output < outputs(); output++) {
      Arrays.fill(logits[output], biases[output]);
      for (int neuron = 0; neuron < width(); neuron++) {
        double weight = weights[output][neuron];
        float[] activity = split.activities()[neuron];
        for (int image = 0; image < activity.length; image++) {
          logits[output][image] += weight * activity[image];
        }
      }
    }
    return logits;
  }
}
