package mitosis.representation;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import mitosis.model.Architecture;
import mitosis.model.Weights;

/**
 * A fully connected network with its weights on a device.
 *
 * @param network its architecture
 * @param weights of one seed
 */
record LaidWeights(Architecture network, Weights weights) implements Trunk {

  @Override
  public int width() {
    return network.width();
  }

  @Override
  public NDArray features(NDArray inputs, NDManager scope) {
    scope.tempAttachAll(weights.arrays().values().toArray(NDArray[]::new));
    return network.forward(weights, inputs, false).features();
  }
}
