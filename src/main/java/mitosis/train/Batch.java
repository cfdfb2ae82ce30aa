package mitosis.train;

import ai.djl.ndarray.NDArray;

/**
 * What one step sees, for S seeds.
 *
 * @param inputs as the network takes them, see {@link mitosis.model.Architecture#forward}
 * @param labels {@code S x 1 x B}
 */
record Batch(NDArray inputs, NDArray labels) {}
