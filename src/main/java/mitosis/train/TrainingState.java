package mitosis.train;

import java.util.Map;

/**
 * Everything that the next epoch of a training depends on, besides its recipe.
 *
 * @param epoch epochs done
 * @param step steps done
 * @param weights parameters and running statistics by name, {@code S x shape} row-major
 * @param memory the optimiser's arrays, named {@code slot/parameter}; empty before the first step
 */
record TrainingState(
    int epoch, long step, Map<String, float[]> weights, Map<String, float[]> memory) {}
