package mitosis.analysis;

import java.util.Arrays;
import mitosis.representation.Readout;
import mitosis.representation.Split;
import org.bytedeco.openblas.global.openblas;

/**
 * The logits of chunks on a block of images, as neurons are added to a chunk in the order of a
 * permutation. To be used from one thread.
 */
interface LogitBlock extends AutoCloseable {

  /**
   * Starts with an empty chunk.
   *
   * @param order a permutation of the W neurons
   */
  void start(int[] order);

  /**
   * Adds neurons until the chunk has so many.
   *
   * @param size at most W
   */
  void growTo(int size);

  /**
   * Notes which images the chunk misclassifies; see {@link mitosis.representation.Readout} for what
   * the outputs say.
   *
   * @param misread overwritten: for each image of the block, 1 if it is misclassified, else 0
   */
  void note(int[] misread);

  @Override
  void close();

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

  /**
   * Logits of networks with K outputs, by matrix products: the activities of the neurons that join
   * are gathered side by side and multiplied by their weights, all outputs at once.
   */
  final class ManyOutputsBlock implements LogitBlock {

    private final int[] labels;
    private final Readout readout;
    private final int outputs;
    private final int images;
    private final NativeMatrix activities;
    private final NativeMatrix gathered;
    private final NativeMatrix weights;
    private final NativeMatrix logits;
    private final double[] onHeap;
    private final double[] weight;
    private int[] order;
    private int size;

    /**
     * @param split images seen by W neurons
     * @param readout of at least two outputs
     * @param start the first image of the block
     * @param images how many it has
     */
    ManyOutputsBlock(Split split, Readout readout, int start, int images) {
      this.labels = Arrays.copyOfRange(split.labels(), start, start + images);
      this.readout = readout;
      this.outputs = readout.outputs();
      this.images = images;
      this.activities = new NativeMatrix(images, split.width());
      this.gathered = new NativeMatrix(images, split.width());
      this.weights = new NativeMatrix(outputs, split.width());
      this.logits = new NativeMatrix(outputs, images);
      this.onHeap = new double[outputs * images];
      this.weight = new double[outputs];
      double[] column = new double[images];
      for (int neuron = 0; neuron < split.width(); neuron++) {
        float[] activity = split.activities()[neuron];
        for (int image = 0; image < images; image++) {
          column[image] = activity[start + image];
        }
        activities.write(0, neuron, column, images);
      }
    }

    @Override
    public void start(int[] permutation) {
      order = permutation;
      size = 0;
      for (int image = 0; image < images; image++) {
        System.arraycopy(readout.biases(), 0, onHeap, image * outputs, outputs);
      }
      logits.write(0, 0, onHeap, onHeap.length);
    }

    @Override
    public void growTo(int wanted) {
      if (wanted == size) {
        return;
      }
      for (int position = size; position < wanted; position++) {
        gathered.copyColumn(position, activities, order[position]);
        for (int output = 0; output < outputs; output++) {
          weight[output] = readout.weights()[output][order[position]];
        }
        weights.write(0, position, weight, outputs);
      }
      openblas.cblas_dgemm(
          openblas.CblasColMajor,
          openblas.CblasNoTrans,
          openblas.CblasTrans,
          outputs,
          images,
          wanted - size,
          1,
          weights.at(0, size),
          outputs,
          gathered.at(0, size),
          images,
          1,
          logits.at(0, 0),
          outputs);
      size = wanted;
    }

    @Override
    public void note(int[] misread) {
      logits.read(0, 0, onHeap, onHeap.length);
      for (int image = 0; image < images; image++) {
        misread[image] = misreads(image * outputs, labels[image]) ? 1 : 0;
      }
    }

    /** Whether an output before the label's is as large, or one behind it larger. */
    private boolean misreads(int first, int label) {
      double own = onHeap[first + label];
      boolean misread = false;
      for (int output = 0; output < label; output++) {
        misread |= onHeap[first + output] >= own;
      }
      for (int output = label + 1; output < outputs; output++) {
        misread |= onHeap[first + output] > own;
      }
      return misread;
    }

    @Override
    public void close() {
      activities.close();
      gathered.close();
      weights.close();
      logits.close();
    }
  }
}
