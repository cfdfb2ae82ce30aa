package mitosis.train;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.Map;
import mitosis.model.Weights;

/**
 * What a training changes on its device, step by step.
 *
 * @param weights parameters and running statistics of S seeds
 * @param memory of the optimiser, by parameter, in the order of its slots
 * @param losses shape (S), sums over the epoch under way
 * @param mistakes shape (S), numbers over the epoch under way
 */
record TrainedArrays(
    Weights weights, Map<String, List<NDArray>> memory, NDArray losses, NDArray mistakes) {}
