package mitosis.model;

import ai.djl.ndarray.NDArray;

/**
 * What a network shows of a batch of B inputs, for S seeds at once.
 *
 * @param features the last hidden layer, {@code S x W x B}
 * @param logits the linear readout, {@code S x K x B}
 */
public record Activation(NDArray features, NDArray logits) {}
