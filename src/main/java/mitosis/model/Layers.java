package mitosis.model;

import java.util.function.UnaryOperator;

/**
 * The operations that convolutional networks consist of, on whatever stands for a batch of images:
 * its shape, its numbers on a device, or its name in a script. A network is written down once, as
 * the operations that it does in the order in which PyTorch registers their parameters.
 *
 * @param <T> what stands for a batch of images
 */
public interface Layers<T> {

  /**
   * A convolution without offset, padded with zeros so that stride 1 keeps the size.
   *
   * @param name of the layer
   * @param images to convolve
   * @param channels of the result
   * @param kernel pixels along an edge of the kernel, odd
   * @param stride 1 or more
   */
  T convolution(String name, T images, int channels, int kernel, int stride);

  /**
   * BatchNorm of every channel.
   *
   * @param name of the layer
   * @param images to normalise
   */
  T batchNorm(String name, T images);

  /**
   * Negative numbers become 0.
   *
   * @param images not to be used any more
   */
  T relu(T images);

  /**
   * The sum of two batches of the same shape.
   *
   * @param left not to be used any more, the result of a convolution or BatchNorm
   * @param right is left as it is
   */
  T add(T left, T right);

  /** The channels of one batch, then those of another of the same size. */
  T concatenate(T first, T second);

  /** The largest of 3 x 3 pixels around every second one. */
  T maxPool(T images);

  /** The mean of every 2 x 2 pixels. */
  T averagePool(T images);

  /**
   * Operations of which only the result is needed afterwards. It lets go of everything else, the
   * images that it was given included.
   *
   * @param images what goes in; not to be used any more
   * @param inside what is done
   */
  T block(T images, UnaryOperator<T> inside);

  /** The mean of every channel over its pixels: the last hidden layer. */
  T globalMean(T images);
}
