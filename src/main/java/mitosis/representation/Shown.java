package mitosis.representation;

import ai.djl.ndarray.NDArray;

/**
 * Examples as they are laid before a network.
 *
 * @param inputs for one seed, as the network takes them
 * @param labels of the examples
 */
record Shown(NDArray inputs, int[] labels) {}
