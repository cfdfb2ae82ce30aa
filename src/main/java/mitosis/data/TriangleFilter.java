package mitosis.data;

import java.util.Arrays;

/**
 * Bilinear interpolation along one axis. To enlarge, it weights the two nearest pixels; to shrink
 * by a factor s, the triangle is s times as wide, so that each pixel has its share and nothing
 * aliases (the filter of PIL's {@code resize} and of torchvision's antialiasing). The weights of an
 * output pixel add up to 1.
 */
final class TriangleFilter {

  private final int[] starts;
  private final float[][] weights;

  private TriangleFilter(int[] starts, float[][] weights) {
    this.starts = starts;
    this.weights = weights;
  }

  /**
   * The filter for a window of the outputs.
   *
   * @param inputs number of input pixels
   * @param outputs number of output pixels that the inputs are resized to
   * @param first the first output of the window
   * @param count outputs in the window
   */
  static TriangleFilter of(int inputs, int outputs, int first, int count) {
    double scale = (double) inputs / outputs;
    double radius = Math.max(1, scale);
    int[] starts = new int[count];
    float[][] weights = new float[count][];
    for (int k = 0; k < count; k++) {
      double centre = (first + k + 0.5) * scale;
      int start = Math.max(0, (int) (centre - radius + 0.5));
      int end = Math.min(inputs, (int) (centre + radius + 0.5));
      double[] shares = new double[end - start];
      for (int i = 0; i < shares.length; i++) {
        shares[i] = Math.max(0, 1 - Math.abs(start + i + 0.5 - centre) / radius);
      }
      double sum = Arrays.stream(shares).sum();
      starts[k] = start;
      weights[k] = new float[shares.length];
      for (int i = 0; i < shares.length; i++) {
        weights[k][i] = (float) (shares[i] / sum);
      }
    }
    return new TriangleFilter(starts, weights);
  }

  /** The first input that counts for an output of the window. */
  int start(int output) {
    return starts[output];
  }

  /** The inputs' weights for an output of the window, from {@link #start} on. */
  float[] weights(int output) {
    return weights[output];
  }

  /** The first input that counts for any output of the window. */
  int start() {
    return starts[0];
  }

  /** One after the last input that counts for any output of the window. */
  int end() {
    int last = starts.length - 1;
    return starts[last] + weights[last].length;
  }
}
