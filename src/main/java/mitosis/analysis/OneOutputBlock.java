package mitosis.analysis;

import java.util.Arrays;
import mitosis.representation.Readout;
import mitosis.representation.Split;

/**
 * Logits of networks with one output. Each neuron adds its activities once and for all times its
 * weight, so that there is nothing for a matrix product to gain.
 */
final class OneOutputBlock implements LogitBlock {

  /** 1 for an image whose label is +1, 0 for one whose label is −1. */
  private final int[] positive;

  private final double bias;
  private final double[][] contributions;
  private final double[] logits;
  private int[] order;
  private int size;

  /**
   * @param split images seen by W neurons
   * @param readout of one output
   * @param start the first image of the block
   * @param images how many it has
   */
  OneOutputBlock(Split split, Readout readout, int start, int images) {
    this.positive =
        Arrays.stream(split.labels(), start, start + images)
            .map(label -> isPositive(label))
            .toArray();
    this.bias = readout.biases()[0];
    this.contributions = new double[split.width()][images];
    for (int neuron = 0; neuron < contributions.length; neuron++) {
      float[] activity = split.activities()[neuron];
      double weight = readout.weights()[0][neuron];
      for (int image = 0; image < images; image++) {
        contributions[neuron][image] = weight * activity[start + image];
      }
    }
    this.logits = new double[images];
  }

  @Override
  public void start(int[] permutation) {
    Arrays.fill(logits, bias);
    order = permutation;
    size = 0;
  }

  @Override
  public void growTo(int wanted) {
    for (; size + 4 <= wanted; size += 4) {
      addFour(
          logits,
          contributions[order[size]],
          contributions[order[size + 1]],
          contributions[order[size + 2]],
          contributions[order[size + 3]]);
    }
    for (; size < wanted; size++) {
      add(logits, contributions[order[size]]);
    }
  }

  /** Four at a time, to save passes over the logits. */
  private static void addFour(double[] logit, double[] a, double[] b, double[] c, double[] d) {
    for (int i = 0; i < logit.length; i++) {
      logit[i] += a[i] + b[i] + (c[i] + d[i]);
    }
  }

  private static void add(double[] logit, double[] a) {
    for (int i = 0; i < logit.length; i++) {
      logit[i] += a[i];
    }
  }

  @Override
  public void note(int[] misread) {
    for (int image = 0; image < positive.length; image++) {
      misread[image] = isPositive(logits[image]) ^ positive[image];
    }
  }

  /**
   * 1 if a number is above zero, else 0, without a branch: signs of logits are as good as random,
   * and a processor that guesses them wrong loses more time than all else takes here. As a whole
   * number, a double's bits are above zero where it is, and the lowest of all where it is −0.
   */
  private static int isPositive(double number) {
    long bits = Double.doubleToRawLongBits(number);
    return (int) ((~bits & -bits) >>> (Long.SIZE - 1));
  }

  @Override
  public void close() {
    // Everything is on the heap.
  }
}
