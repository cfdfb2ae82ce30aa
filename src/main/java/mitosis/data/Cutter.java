package mitosis.data;

import java.util.Arrays;
import mitosis.data.CropRule.Crop;
import mitosis.data.ImageDecoder.RgbImage;

/**
 * Cuts squares from images: bilinear, with antialiasing ({@link TriangleFilter}), first along the
 * rows, then down the columns, in single precision and rounded once, at the end. For one thread.
 */
final class Cutter {

  private final int side;
  private final float[] sums;
  private float[] rows = new float[0];

  /**
   * @param side pixels along an edge of the squares
   */
  Cutter(int side) {
    this.side = side;
    this.sums = new float[ImageFiles.CHANNELS * side];
  }

  /**
   * Cuts one square.
   *
   * @param image the image
   * @param crop what to cut from it
   * @param square {@code 3 x side x side} unsigned bytes, row-major; overwritten
   */
  void cut(RgbImage image, Crop crop, byte[] square) {
    TriangleFilter across =
        TriangleFilter.of(crop.width(), crop.resizedWidth(), crop.windowLeft(), side);
    TriangleFilter down =
        TriangleFilter.of(crop.height(), crop.resizedHeight(), crop.windowTop(), side);
    narrow(image, crop, across, down.start(), down.end());
    for (int y = 0; y < side; y++) {
      Arrays.fill(sums, 0);
      float[] weights = down.weights(y);
      int row = (down.start(y) - down.start()) * sums.length;
      for (float weight : weights) {
        for (int i = 0; i < sums.length; i++) {
          sums[i] += weight * rows[row + i];
        }
        row += sums.length;
      }
      for (int c = 0; c < ImageFiles.CHANNELS; c++) {
        int to = (c * side + y) * side;
        for (int x = 0; x < side; x++) {
          int from = crop.mirrored() ? side - 1 - x : x;
          // A weighted mean of bytes, so it lies in 0…255 but for the last bits.
          square[to + x] = (byte) Math.min(255, (int) (sums[c * side + from] + 0.5f));
        }
      }
    }
  }

  /** Resizes the rows that count to the window's width: {@code rows x 3 x side}. */
  private void narrow(RgbImage image, Crop crop, TriangleFilter across, int first, int end) {
    int length = (end - first) * sums.length;
    if (rows.length < length) {
      rows = new float[length];
    }
    byte[] pixels = image.pixels();
    for (int y = first; y < end; y++) {
      int line = ((crop.top() + y) * image.width() + crop.left()) * ImageFiles.CHANNELS;
      int to = (y - first) * sums.length;
      for (int x = 0; x < side; x++) {
        int from = line + across.start(x) * ImageFiles.CHANNELS;
        float red = 0;
        float green = 0;
        float blue = 0;
        for (float weight : across.weights(x)) {
          red += weight * (pixels[from] & 0xff);
          green += weight * (pixels[from + 1] & 0xff);
          blue += weight * (pixels[from + 2] & 0xff);
          from += ImageFiles.CHANNELS;
        }
        rows[to + x] = red;
        rows[to + side + x] = green;
        rows[to + 2 * side + x] = blue;
      }
    }
  }

  /**
   * Bilinear interpolation along one axis. To enlarge, it weights the two nearest pixels; to shrink
   * by a factor s, the triangle is s times as wide, so that each pixel has its share and nothing
   * aliases (the filter of PIL's {@code resize} and of torchvision's antialiasing). The weights of
   * an output pixel add up to 1.
   */
  static final class TriangleFilter {

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
}
