package mitosis.train;

import mitosis.model.BatchNorm;

/**
 * What a fully connected network does between two products, forward and backward: BatchNorm if it
 * has one, an offset, and ReLU. Rows are neurons, columns the examples of a batch. What a backward
 * pass needs is kept from the forward pass before it.
 *
 * <p>It consists of loops over arrays of the heap that all share one index: of others, such as
 * {@code a[j] += z[o + j]}, HotSpot 17 makes no vector instructions. Sums go to eight accumulators,
 * since floats are added in the order that is written down. All loops pass over a chunk of whole
 * rows before the next is read, so that it stays in the first cache.
 */
final class HiddenLayer {

  /** About how many numbers a chunk has: three arrays of so many fit into 32 KiB. */
  private static final int CHUNK = 1024;

  /** Makes any positive float, down to the last normal one, more than 1. */
  private static final float HUGE = 0x1p126f;

  private final boolean batchNorm;
  private final int width;
  private final int rowsAtOnce;
  private final FloatMatrix output;

  /** By chunk: what is scaled, offset and rectified, W x B in all. */
  private final float[][] normalised;

  private final float[] inverseDeviations;
  private final float[] scaleGradient;
  private final float[] offsetGradient;
  // A chunk each.
  private final float[] numbers;
  private final float[] products;
  private final float[] activity;

  /**
   * @param width W
   * @param batch the most examples
   * @param batchNorm whether it normalises
   */
  HiddenLayer(int width, int batch, boolean batchNorm) {
    this.width = width;
    this.batchNorm = batchNorm;
    this.rowsAtOnce = Math.min(width, Math.max(1, CHUNK / batch));
    this.output = FloatMatrix.zeros(width, batch);
    this.normalised = new float[(width + rowsAtOnce - 1) / rowsAtOnce][rowsAtOnce * batch];
    this.inverseDeviations = new float[width];
    this.scaleGradient = new float[width];
    this.offsetGradient = new float[width];
    this.numbers = new float[rowsAtOnce * batch];
    this.products = new float[rowsAtOnce * batch];
    this.activity = new float[rowsAtOnce * batch];
  }

  /**
   * The layer's own numbers, one a neuron.
   *
   * @param bias added to the sums
   * @param scale of the BatchNorm, or ones
   * @param offset of the BatchNorm, or {@code bias}
   * @param runningMean of the BatchNorm, changed, or nothing of meaning
   * @param runningVariance of the BatchNorm, changed, or nothing of meaning
   */
  record Neurons(
      float[] bias, float[] scale, float[] offset, float[] runningMean, float[] runningVariance) {}

  /** Activities of a batch, W x examples, as the last forward pass left them. */
  FloatMatrix output(int examples) {
    return output.reshaped(width, examples);
  }

  /** The gradient of the BatchNorm's scale, as the last backward pass left it. */
  float[] scaleGradient() {
    return scaleGradient;
  }

  /** The gradient of the offset, the BatchNorm's if there is one. */
  float[] offsetGradient() {
    return offsetGradient;
  }

  /**
   * Turns weighted sums into activities.
   *
   * @param sums without their bias, W x {@code examples}
   */
  void forward(FloatMatrix sums, int examples, Neurons neurons) {
    for (int first = 0; first < width; first += rowsAtOnce) {
      int rows = Math.min(rowsAtOnce, width - first);
      sums.read(first * examples, numbers, rows * examples);
      float[] kept = normalised[first / rowsAtOnce];
      for (int row = 0; row < rows; row++) {
        int neuron = first + row;
        int from = row * examples;
        int to = from + examples;
        float mean = 0;
        float inverse = 1;
        if (batchNorm) {
          mean = sum(numbers, from, to) / examples;
          square(from, to, mean, numbers, products);
          float squares = sum(products, from, to);
          inverse = (float) (1 / Math.sqrt(squares / examples + BatchNorm.EPSILON));
          inverseDeviations[neuron] = inverse;
          neurons.runningMean[neuron] =
              mixed(neurons.runningMean[neuron], mean + neurons.bias[neuron]);
          neurons.runningVariance[neuron] =
              mixed(neurons.runningVariance[neuron], squares / (examples - 1));
        }
        rectify(
            from,
            to,
            mean,
            inverse,
            neurons.scale[neuron],
            neurons.offset[neuron],
            numbers,
            kept,
            activity);
      }
      output.write(first * examples, activity, rows * examples);
    }
  }

  private static float mixed(float running, float now) {
    return BatchNorm.RUNNING_SHARE * running + (1 - BatchNorm.RUNNING_SHARE) * now;
  }

  /**
   * Turns the gradient of the activities into that of the sums, in place, and finds those of scale
   * and offset.
   *
   * @param gradient W x {@code examples}, changed
   */
  void backward(FloatMatrix gradient, int examples, Neurons neurons) {
    for (int first = 0; first < width; first += rowsAtOnce) {
      int rows = Math.min(rowsAtOnce, width - first);
      gradient.read(first * examples, numbers, rows * examples);
      float[] kept = normalised[first / rowsAtOnce];
      for (int row = 0; row < rows; row++) {
        int neuron = first + row;
        int from = row * examples;
        int to = from + examples;
        mask(from, to, neurons.scale[neuron], neurons.offset[neuron], kept, numbers, products);
        float sum = sum(numbers, from, to);
        offsetGradient[neuron] = sum;
        if (batchNorm) {
          float product = sum(products, from, to);
          scaleGradient[neuron] = product;
          float factor = neurons.scale[neuron] * inverseDeviations[neuron];
          centre(from, to, factor, sum / examples, product / examples, kept, numbers);
        }
      }
      gradient.write(first * examples, numbers, rows * examples);
    }
  }

  /** Sets what is below zero to zero, by half of y + |y|, which is quicker than a maximum. */
  private static void rectify(
      int from,
      int to,
      float mean,
      float inverse,
      float scale,
      float offset,
      float[] sums,
      float[] kept,
      float[] activity) {
    for (int i = from; i < to; i++) {
      float x = (sums[i] - mean) * inverse;
      kept[i] = x;
      float y = x * scale + offset;
      activity[i] = 0.5f * (y + Math.abs(y));
    }
  }

  private static void square(int from, int to, float mean, float[] sums, float[] squares) {
    for (int i = from; i < to; i++) {
      float difference = sums[i] - mean;
      squares[i] = difference * difference;
    }
  }

  /**
   * The gradient becomes zero where the activity is, and is multiplied with what was kept. A
   * condition would not be vectorised.
   */
  private static void mask(
      int from,
      int to,
      float scale,
      float offset,
      float[] kept,
      float[] gradient,
      float[] products) {
    for (int i = from; i < to; i++) {
      float x = kept[i];
      float y = x * scale + offset;
      float masked = gradient[i] * Math.min(1f, HUGE * (y + Math.abs(y)));
      gradient[i] = masked;
      products[i] = masked * x;
    }
  }

  /** Backward through a normalisation (Ioffe and Szegedy 2015). */
  private static void centre(
      int from, int to, float factor, float mean, float slope, float[] kept, float[] gradient) {
    for (int i = from; i < to; i++) {
      gradient[i] = factor * (gradient[i] - mean - kept[i] * slope);
    }
  }

  private static float sum(float[] x, int from, int to) {
    float a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0;
    int i = from;
    for (; i <= to - 8; i += 8) {
      a += x[i];
      b += x[i + 1];
      c += x[i + 2];
      d += x[i + 3];
      e += x[i + 4];
      f += x[i + 5];
      g += x[i + 6];
      h += x[i + 7];
    }
    for (; i < to; i++) {
      a += x[i];
    }
    return ((a + b) + (c + d)) + ((e + f) + (g + h));
  }
}
