package mitosis.train;

import java.util.Map;

/**
 * Everything that the next step of a training depends on, besides its recipe.
 *
 * @param epoch epochs done
 * @param step steps done
 * @param seen examples that the epoch under way has gone through
 * @param losses S sums of losses over them
 * @param mistakes S numbers of mistakes among them
 * @param weights parameters and running statistics by name, {@code S x shape} row-major
 * @param memory the optimiser's arrays, named {@code slot/parameter}; empty before the first step
 */
record TrainingState(
    int epoch,
    long step,
    int seen,
    float[] losses,
    float[] mistakes,
    Map<String, float[]> weights,
    Map<String, float[]> memory) {

  /** The state in which a recipe's training begins. */
  static TrainingState before(Recipe recipe) {
    int seeds = recipe.seeds().size();
    return new TrainingState(
        0,
        0,
        0,
        new float[seeds],
        new float[seeds],
        recipe.initialisation().draw(recipe.network(), recipe.seeds()),
        Map.of());
  }
}
