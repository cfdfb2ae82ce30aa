package mitosis.train;

import ai.djl.ndarray.NDManager;

/** All training examples once, each seed in its own order. */
interface ShuffledEpoch extends AutoCloseable {

  /**
   * Some of them.
   *
   * @param from first place in the order
   * @param to place behind the last
   * @param scope owns the batch
   */
  Batch batch(int from, int to, NDManager scope);

  @Override
  void close();
}
