package mitosis.analysis;

import java.util.Arrays;
import mitosis.representation.Readout;
import mitosis.representation.Split;
import org.bytedeco.openblas.global.openblas;

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
