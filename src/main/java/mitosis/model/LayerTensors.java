package mitosis.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.function.UnaryOperator;

/**
 * The operations on numbers: a batch of images is an array {@code B x channels x side x side}.
 *
 * @param weights of one seed
 * @param training whether BatchNorm takes its statistics from the batch, and updates the running
 *     ones
 */
record LayerTensors(Weights weights, boolean training) implements Layers<NDArray> {

  @Override
  public NDArray convolution(String name, NDArray images, int channels, int kernel, int stride) {
    long padding = kernel / 2;
    return images
        .getNDArrayInternal()
        .convolution(
            images,
            weights.get(name + ".weight").squeeze(0),
            null,
            new Shape(stride, stride),
            new Shape(padding, padding),
            new Shape(1, 1),
            1)
        .singletonOrThrow();
  }

  @Override
  public NDArray batchNorm(String name, NDArray images) {
    return BatchNorm.of(weights, name, images, training);
  }

  /** Its backward pass reads the result, so that the memory of the images serves the next layer. */
  @Override
  public NDArray relu(NDArray images) {
    NDArray result = images.getNDArrayInternal().relu();
    images.close();
    return result;
  }

  @Override
  public NDArray add(NDArray left, NDArray right) {
    return left.addi(right);
  }

  @Override
  public NDArray concatenate(NDArray first, NDArray second) {
    return NDArrays.concat(new NDList(first, second), 1);
  }

  @Override
  public NDArray maxPool(NDArray images) {
    return images
        .getNDArrayInternal()
        .maxPool(new Shape(3, 3), new Shape(2, 2), new Shape(1, 1), false);
  }

  @Override
  public NDArray averagePool(NDArray images) {
    return images
        .getNDArrayInternal()
        .avgPool(new Shape(2, 2), new Shape(2, 2), new Shape(0, 0), false, false);
  }

  /**
   * What backward needs of what is let go, the engine keeps by itself; the rest would fill the
   * device.
   */
  @Override
  public NDArray block(NDArray images, UnaryOperator<NDArray> inside) {
    NDManager outer = images.getManager();
    try (NDManager scope = outer.newSubManager()) {
      images.attach(scope);
      NDArray result = inside.apply(images);
      result.attach(outer);
      return result;
    }
  }

  @Override
  public NDArray globalMean(NDArray images) {
    return images.getNDArrayInternal().globalAvgPool();
  }
}
