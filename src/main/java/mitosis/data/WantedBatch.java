package mitosis.data;

/**
 * A batch that is to be read, and where its images go.
 *
 * @param batch the batch
 * @param kept takes its images
 * @param from which of the images there is its first one
 */
record WantedBatch(Batch batch, KeptImages kept, int from) {

  /**
   * Keeps an image.
   *
   * @param image of the batch, from 0
   * @param source holds its pixels from {@code offset} on
   */
  void keep(int image, int label, byte[] source, int offset) {
    kept.put(from + image, label, source, offset);
  }
}
