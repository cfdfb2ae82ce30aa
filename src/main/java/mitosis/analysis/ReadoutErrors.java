package mitosis.analysis;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import mitosis.representation.Readout;
import mitosis.representation.Split;

/** The errors of many readouts of one layer. */
final class ReadoutErrors {

  /** Images in a block. */
  private static final int BLOCK = 256;

  /** Outputs that are computed together; even. */
  private static final int BATCH = 64;

  private ReadoutErrors() {}

  /**
   * The share of images that each readout misreads.
   *
   * @param split N images seen by W neurons
   * @param readouts R readouts from W neurons to the same number of outputs, at least one
   * @return R shares
   */
  static double[] of(Split split, List<Readout> readouts) {
    List<double[][]> batches = batches(readouts);
    List<int[]> byBlock =
        IntStream.range(0, (split.images() + BLOCK - 1) / BLOCK)
            .parallel()
            .mapToObj(block -> misread(split, readouts, batches, block * BLOCK))
            .toList();
    return IntStream.range(0, readouts.size())
        .mapToDouble(
            readout ->
                byBlock.stream().mapToInt(counts -> counts[readout]).sum()
                    / (double) split.images())
        .toArray();
  }

  /** The rows of all readouts, one after another: neuron by row, in batches, padded with zeros. */
  private static List<double[][]> batches(List<Readout> readouts) {
    double[][] rows =
        readouts.stream().flatMap(r -> Arrays.stream(r.weights())).toArray(double[][]::new);
    int width = rows[0].length;
    return IntStream.range(0, (rows.length + BATCH - 1) / BATCH)
        .mapToObj(
            batch -> {
              double[][] weights = new double[InnerProducts.padded(width)][BATCH];
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

  private static int[] misread(
      Split split, List<Readout> readouts, List<double[][]> batches, int start) {
    int images = Math.min(BLOCK, split.images() - start);
    double[][] activities = new double[InnerProducts.padded(split.width())][images];
    for (int neuron = 0; neuron < split.width(); neuron++) {
      float[] activity = split.activities()[neuron];
      Arrays.setAll(activities[neuron], image -> activity[start + image]);
    }
    double[][] rows = new double[batches.size() * BATCH][];
    for (int batch = 0; batch < batches.size(); batch++) {
      double[][] products = new double[BATCH][images];
      InnerProducts.of(batches.get(batch), activities, products);
      System.arraycopy(products, 0, rows, batch * BATCH, BATCH);
    }
    int[] labels = Arrays.copyOfRange(split.labels(), start, start + images);
    int[] noted = new int[images];
    int[] counts = new int[readouts.size()];
    for (int readout = 0; readout < counts.length; readout++) {
      double[] biases = readouts.get(readout).biases();
      double[][] logits =
          Arrays.copyOfRange(rows, readout * biases.length, (readout + 1) * biases.length);
      for (int output = 0; output < biases.length; output++) {
        for (int image = 0; image < images; image++) {
          logits[output][image] += biases[output];
        }
      }
      LabelledLogits.note(logits, labels, noted);
      counts[readout] = Arrays.stream(noted).sum();
    }
    return counts;
  }
}
