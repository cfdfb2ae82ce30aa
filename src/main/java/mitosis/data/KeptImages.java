package mitosis.data;

/**
 * Room for images that are being read. Filled image by image, then handed over.
 *
 * @param pixels {@link Cifar#PIXELS} bytes an image
 * @param labels one an image
 */
record KeptImages(byte[] pixels, int[] labels) {

  /**
   * @param images how many there is room for, at least 0
   */
  static KeptImages room(int images) {
    return new KeptImages(new byte[images * Cifar.PIXELS], new int[images]);
  }

  /**
   * Keeps an image, unless it lies behind those there is room for.
   *
   * @param image which one, from 0
   * @param source holds its pixels from {@code offset} on
   */
  void put(int image, int label, byte[] source, int offset) {
    if (image < labels.length) {
      labels[image] = label;
      System.arraycopy(source, offset, pixels, image * Cifar.PIXELS, Cifar.PIXELS);
    }
  }

  /** What they were read for. */
  Images images(Normalisation normalisation) {
    return new Images(pixels, Cifar.SIDE, labels, normalisation);
  }
}
