package mitosis.data;

/**
 * A decoded image.
 *
 * @param width pixels across
 * @param height pixels down
 * @param pixels {@code height x width x 3} unsigned bytes, row-major: red, green, blue
 */
record RgbImage(int width, int height, byte[] pixels) {

  RgbImage {
    if (pixels.length != 3L * width * height) {
      throw new IllegalArgumentException(
          "%d bytes for %d x %d pixels of three".formatted(pixels.length, width, height));
    }
  }
}
