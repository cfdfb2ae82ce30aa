package mitosis.analysis;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import mitosis.representation.Readout;
import mitosis.representation.Split;

/** The errors and losses of many readouts of one layer. */
final class ManyReadouts {

  /** Coordinates are taken this many at a time, and points of the left block two at a time. */
  static final int COORDINATES = 4;

  /** Images in a block. */
  private static final int BLOCK = 256;

  /** Outputs that are computed together; even. */
  private static final int BATCH = 64;

  private ManyReadouts() {}

  /** Adds up a quantity over a block of images, from their K x B logits and their B labels. */
  private interface Quantity {
    double sum(double[][] logits, int[] labels);
  }

  /**
   * The share of images that each readout misclassifies.
   *
   * @param split N images seen by W neurons
   * @param readouts R readouts from W neurons to the same number of outputs, at least one
   * @return R shares
   */
  static double[] errors(Split split, List<Readout> readouts) {
    return means(split, readouts, ManyReadouts::misread);
  }

  /**
   * The mean loss of each readout: ½·max(0, 1 − f·y)² under one output, as pMNIST is trained, and
   * the cross-entropy of the softmax under several.
   *
   * @param split as above
   * @param readouts as above
   * @return R losses, not negative
   */
  static double[] losses(Split split, List<Readout> readouts) {
    return means(split, readouts, ManyReadouts::loss);
  }

  private static double[] means(Split split, List<Readout> readouts, Quantity quantity) {
    List<double[][]> batches = batches(readouts);
    List<double[]> byBlock =
        IntStream.range(0, (split.images() + BLOCK - 1) / BLOCK)
            .parallel()
            .mapToObj(block -> sums(split, readouts, batches, block * BLOCK, quantity))
            .toList();
    double[] means = new double[readouts.size()];
    for (double[] block : byBlock) {
      Arrays.setAll(means, readout -> means[readout] + block[readout]);
    }
    Arrays.setAll(means, readout -> means[readout] / split.images());
    return means;
  }

  private static double misread(double[][] logits, int[] labels) {
    int[] misread = new int[labels.length];
    Mistakes.note(logits, labels, misread);
    return Arrays.stream(misread).sum();
  }

  private static double loss(double[][] logits, int[] labels) {
    double sum = 0;
    for (int image = 0; image < labels.length; image++) {
      if (logits.length == 1) {
        double missing = Math.max(0, 1 - logits[0][image] * labels[image]);
        sum += 0.5 * missing * missing;
      } else {
        sum += PredictionProducts.logarithmOfSum(logits, image) - logits[labels[image]][image];
      }
    }
    return sum;
  }

  /** The rows of all readouts, one after another: neuron by row, in batches, padded with zeros. */
  private static List<double[][]> batches(List<Readout> readouts) {
    double[][] rows =
        readouts.stream().flatMap(r -> Arrays.stream(r.weights())).toArray(double[][]::new);
    int width = rows[0].length;
    return IntStream.range(0, (rows.length + BATCH - 1) / BATCH)
        .mapToObj(
            batch -> {
              double[][] weights = new double[padded(width)][BATCH];
              int end = Math.min(rows.length, (batch + 1) * BATCH);
              for (int row = batch * BATCH; row < end; row++) {
                for (int neuron = 0; neuron < width; neuron++) {
                  weights[neuron][row - batch * BATCH] = rows[row][neuron];
                }
              }
              return weights;
            })
        .toList();
  }

  private static double[] sums(
      Split split, List<Readout> readouts, List<double[][]> batches, int start, Quantity quantity) {
    int images = Math.min(BLOCK, split.images() - start);
    double[][] activities = new double[padded(split.width())][images];
    for (int neuron = 0; neuron < split.width(); neuron++) {
      float[] activity = split.activities()[neuron];
      Arrays.setAll(activities[neuron], image -> activity[start + image]);
    }
    double[][] rows = new double[batches.size() * BATCH][];
    for (int batch = 0; batch < batches.size(); batch++) {
      double[][] products = new double[BATCH][images];
      multiply(batches.get(batch), activities, products);
      System.arraycopy(products, 0, rows, batch * BATCH, BATCH);
    }
    int[] labels = Arrays.copyOfRange(split.labels(), start, start + images);
    double[] sums = new double[readouts.size()];
    for (int readout = 0; readout < sums.length; readout++) {
      double[] biases = readouts.get(readout).biases();
      double[][] logits =
          Arrays.copyOfRange(rows, readout * biases.length, (readout + 1) * biases.length);
      for (int output = 0; output < biases.length; output++) {
        for (int image = 0; image < images; image++) {
          logits[output][image] += biases[output];
        }
      }
      sums[readout] = quantity.sum(logits, labels);
    }
    return sums;
  }

  /** The least multiple of {@link #COORDINATES} that is not below a number. */
  static int padded(int number) {
    return (number + COORDINATES - 1) / COORDINATES * COORDINATES;
  }

  /**
   * Computes products[i][j] = Σ_k left[k][i] · right[k][j]. The order of adding up depends on the
   * number of coordinates alone.
   *
   * @param left D x B, coordinate by point; D a multiple of {@link #COORDINATES}, B even
   * @param right D x B'
   * @param products B x B', zeros; overwritten
   */
  static void multiply(double[][] left, double[][] right, double[][] products) {
    for (int k = 0; k < left.length; k += COORDINATES) {
      for (int i = 0; i < products.length; i += 2) {
        addTwoRows(products[i], products[i + 1], left, i, right, k);
      }
    }
  }

  private static void addTwoRows(
      double[] first, double[] second, double[][] left, int i, double[][] right, int k) {
    double fa = left[k][i];
    double fb = left[k + 1][i];
    double fc = left[k + 2][i];
    double fd = left[k + 3][i];
    double sa = left[k][i + 1];
    double sb = left[k + 1][i + 1];
    double sc = left[k + 2][i + 1];
    double sd = left[k + 3][i + 1];
    double[] a = right[k];
    double[] b = right[k + 1];
    double[] c = right[k + 2];
    double[] d = right[k + 3];
    for (int j = 0; j < first.length; j++) {
      first[j] += fa * a[j] + fb * b[j] + (fc * c[j] + fd * d[j]);
      second[j] += sa * a[j] + sb * b[j] + (sc * c[j] + sd * d[j]);
    }
  }
}
