package mitosis.representation;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;

/** A network up to its last hidden layer, on a device, no longer trained. */
interface Trunk {

  /** Width W. */
  int width();

  /**
   * The last hidden layer.
   *
   * @param inputs of one seed, as {@link Presentation} lays them before a network
   * @param scope owns the inputs and the result
   * @return {@code 1 x W x B}
   */
  NDArray features(NDArray inputs, NDManager scope);
}
