package mitosis.train;

import ai.djl.ndarray.NDManager;
import java.util.function.Consumer;
import mitosis.data.Examples;
import mitosis.data.Examples.Images;
import mitosis.data.Examples.Vectors;
import mitosis.data.ImageFiles;

/**
 * Training examples as a device sees them. What an epoch looks like depends on its number, the
 * seeds and nothing else.
 */
interface Feed {

  /**
   * The feed that suits the examples.
   *
   * @param warning told of examples that cannot be used
   */
  static Feed of(Recipe recipe, Examples examples, NDManager manager, Consumer<String> warning) {
    if (examples instanceof Vectors vectors) {
      return new VectorFeed(recipe, vectors, manager);
    }
    if (examples instanceof Images images) {
      return new ImageFeed(recipe, images, manager);
    }
    return new ImageFileFeed(recipe, (ImageFiles) examples, manager, warning);
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
