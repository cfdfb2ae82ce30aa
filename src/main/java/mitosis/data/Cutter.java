package mitosis.data;

import java.util.Arrays;

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
}
