package mitosis.representation;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValueUtils;

/**
 * A TorchScript program whose outputs are its last hidden layer.
 *
 * @param script takes a batch, gives {@code B x W}
 * @param width W
 */
record ScriptTrunk(PtSymbolBlock script, int width) implements Trunk {

  private static final int DIMENSIONS_OF_IMAGES = 5;

  @Override
  public NDArray features(NDArray inputs, NDManager scope) {
    return run(script, rows(inputs)).singletonOrThrow().transpose().expandDims(0);
  }

  /** One seed's inputs as PyTorch takes them, one example behind the other. */
  static NDArray rows(NDArray inputs) {
    NDArray batch = inputs.squeeze(0);
    return inputs.getShape().dimension() == DIMENSIONS_OF_IMAGES ? batch : batch.transpose();
  }

  /** What a program makes of a batch; belongs to the batch's manager. */
  static NDList run(PtSymbolBlock script, NDArray batch) {
    return IValueUtils.forward(script, new NDList(batch), false);
  }
}
