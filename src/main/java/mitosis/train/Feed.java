package mitosis.train;

import ai.djl.ndarray.NDManager;
import mitosis.data.Examples;
import mitosis.data.Images;
import mitosis.data.Vectors;

/**
 * Training examples as a device sees them. What an epoch looks like depends on its number, the
 * seeds and nothing else.
 */
interface Feed {

  /** The feed that suits the examples. */
  static Feed of(Recipe recipe, Examples examples, NDManager manager) {
    if (examples instanceof Vectors vectors) {
      return new VectorFeed(recipe, vectors, manager);
    }
    return new ImageFeed(recipe, (Images) examples, manager);
  }

  /** Number of examples in an epoch. */
  int count();

  /**
   * Shuffles.
   *
   * @param epoch from 0
   */
  ShuffledEpoch epoch(int epoch);
}
