package mitosis.analysis;

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
   * Notes which images the chunk misreads; see {@link mitosis.representation.Readout} for what the
   * outputs say.
   *
   * @param misread overwritten: for each image of the block, 1 if it is misread, else 0
   */
  void note(int[] misread);

  @Override
  void close();
}
