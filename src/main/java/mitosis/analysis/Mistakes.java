package mitosis.analysis;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import mitosis.representation.Readout;
import mitosis.representation.Split;

/**
 * How many images each chunk misreads, and how many chunks misread each image, at several sizes.
 * Both are whole numbers, so that the order of adding them up doesn't matter.
 */
final class Mistakes {

  /** Images in a block: W x 256 activities in double precision stay in a core's cache. */
  private static final int BLOCK = 256;

  private final int images;
  private final int[][] byChunk;
  private final int[][] byImage;

  /**
   * @param byChunk sizes x chunks: number of images
   * @param byImage sizes x images: number of chunks
   */
  private Mistakes(int[][] byChunk, int[][] byImage) {
    this.images = byImage[0].length;
    this.byChunk = byChunk;
    this.byImage = byImage;
  }

  /**
   * Counts.
   *
   * @param split N images seen by W neurons
   * @param readout from W neurons to K outputs
   * @param orders permutations of the W neurons, one for each chunk
   * @param sizes increasing, at most W
   */
  static Mistakes count(Split split, Readout readout, int[][] orders, int[] sizes) {
    int blocks = (split.images() + BLOCK - 1) / BLOCK;
    List<int[][]> byBlock =
        IntStream.range(0, blocks)
            .parallel()
            .mapToObj(block -> new Block(split, readout, block * BLOCK).count(orders, sizes))
            .toList();
    int[][] byChunk = new int[sizes.length][orders.length];
    int[][] byImage = new int[sizes.length][split.images()];
    for (int block = 0; block < blocks; block++) {
      for (int size = 0; size < sizes.length; size++) {
        int[] counts = byBlock.get(block)[size];
        for (int chunk = 0; chunk < orders.length; chunk++) {
          byChunk[size][chunk] += counts[chunk];
        }
        System.arraycopy(
            counts, orders.length, byImage[size], block * BLOCK, counts.length - orders.length);
      }
    }
    return new Mistakes(byChunk, byImage);
  }

  /** The share of images that one chunk misreads. */
  double error(int size, int chunk) {
    return (double) byChunk[size][chunk] / images;
  }

  /** For each size, the share of images misread. */
  List<MeanOverChunks> errors() {
    return IntStream.range(0, byChunk.length)
        .mapToObj(
            size ->
                MeanOverChunks.of(
                    IntStream.range(0, byChunk[size].length)
                        .mapToDouble(chunk -> error(size, chunk))
                        .toArray()))
        .toList();
  }

  /** For each size and image, the share of chunks that misread it. */
  float[][] shares() {
    float[][] shares = new float[byImage.length][images];
    for (int size = 0; size < shares.length; size++) {
      for (int image = 0; image < images; image++) {
        shares[size][image] = (float) byImage[size][image] / byChunk[size].length;
      }
    }
    return shares;
  }

  /** The activities of a few images, in double precision, neuron-major. */
  private static final class Block {

    private final Readout readout;
    private final int[] labels;
    private final double[][] activities;
    private final double[][] logits;
    private final int[] misread;

    Block(Split split, Readout readout, int start) {
      int images = Math.min(BLOCK, split.images() - start);
      this.readout = readout;
      this.labels = new int[images];
      System.arraycopy(split.labels(), start, labels, 0, images);
      this.activities = new double[split.width()][images];
      for (int neuron = 0; neuron < activities.length; neuron++) {
        float[] activity = split.activities()[neuron];
        for (int image = 0; image < images; image++) {
          activities[neuron][image] = activity[start + image];
        }
      }
      this.logits = new double[readout.outputs()][images];
      this.misread = new int[images];
    }

    /** Sizes x (chunks, then images): the two counts behind one another. */
    int[][] count(int[][] orders, int[] sizes) {
      int[][] counts = new int[sizes.length][orders.length + labels.length];
      for (int chunk = 0; chunk < orders.length; chunk++) {
        for (int output = 0; output < logits.length; output++) {
          Arrays.fill(logits[output], readout.biases()[output]);
        }
        int grown = 0;
        for (int size = 0; size < sizes.length; size++) {
          for (int output = 0; output < logits.length; output++) {
            grow(logits[output], readout.weights()[output], orders[chunk], grown, sizes[size]);
          }
          grown = sizes[size];
          countMisread(counts[size], chunk, orders.length);
        }
      }
      return counts;
    }

    private void countMisread(int[] counts, int chunk, int chunks) {
      LabelledLogits.note(logits, labels, misread);
      int sum = 0;
      for (int image = 0; image < misread.length; image++) {
        sum += misread[image];
      }
      for (int image = 0; image < misread.length; image++) {
        counts[chunks + image] += misread[image];
      }
      counts[chunk] = sum;
    }

    /** Adds the neurons at positions from to to, four at a time to save passes over the logits. */
    private void grow(double[] logit, double[] weights, int[] order, int from, int to) {
      int position = from;
      for (; position + 4 <= to; position += 4) {
        int a = order[position];
        int b = order[position + 1];
        int c = order[position + 2];
        int d = order[position + 3];
        addFour(
            logit,
            new double[] {weights[a], weights[b], weights[c], weights[d]},
            activities[a],
            activities[b],
            activities[c],
            activities[d]);
      }
      for (; position < to; position++) {
        int neuron = order[position];
        addOne(logit, weights[neuron], activities[neuron]);
      }
    }

    private static void addFour(
        double[] logit, double[] weights, double[] a, double[] b, double[] c, double[] d) {
      double wa = weights[0];
      double wb = weights[1];
      double wc = weights[2];
      double wd = weights[3];
      for (int i = 0; i < logit.length; i++) {
        logit[i] += wa * a[i] + wb * b[i] + (wc * c[i] + wd * d[i]);
      }
    }

    private static void addOne(double[] logit, double weight, double[] activity) {
      for (int i = 0; i < logit.length; i++) {
        logit[i] += weight * activity[i];
      }
    }
  }
}
