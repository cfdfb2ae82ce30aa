package mitosis.model;

import ai.djl.ndarray.NDArray;

/** BatchNorm over the second axis, with PyTorch's constants. */
public final class BatchNorm {

  /** Added to a variance. */
  public static final float EPSILON = 1e-5f;

  /** The share of the old running statistic that a step keeps: PyTorch's momentum of 0.1. */
  public static final float RUNNING_SHARE = 0.9f;

  private BatchNorm() {}

  /**
   * @param weights that hold the layer's scale, offset and running statistics
   * @param name of the layer
   * @param batch {@code examples x channels x …}
   * @param training whether the statistics are those of the batch, and the running ones updated
   */
  static NDArray of(Weights weights, String name, NDArray batch, boolean training) {
    long channels = batch.getShape().get(1);
    return batch
        .getNDArrayInternal()
        .batchNorm(
            batch,
            weights.get(name + ".running_mean").reshape(channels),
            weights.get(name + ".running_var").reshape(channels),
            weights.get(name + ".weight").reshape(channels),
            weights.get(name + ".bias").reshape(channels),
            -1,
            RUNNING_SHARE,
            EPSILON,
            training)
        .singletonOrThrow();
  }
}
