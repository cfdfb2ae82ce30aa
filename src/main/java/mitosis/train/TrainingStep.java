package mitosis.train;

import ai.djl.ndarray.NDManager;
import mitosis.model.Precision;
import mitosis.model.Scalars;

/** How a recipe's step is carried out on a device. */
interface TrainingStep {

  /** Makes the step of a training. */
  interface Maker {

    /**
     * @param recipe what is done
     * @param arrays to be changed
     * @param manager owns them, and what the step keeps
     */
    TrainingStep of(Recipe recipe, TrainedArrays arrays, NDManager manager);
  }

  /** The step that computes in a precision. */
  static Maker in(Precision precision) {
    return switch (precision) {
      case FLOAT32 -> (recipe, arrays, manager) -> new OperationStep(recipe, arrays);
      case BF16 ->
          (recipe, arrays, manager) -> new ScriptedStep(recipe, arrays, manager, precision);
    };
  }

  /**
   * Moves the weights and the optimiser's memory by one batch, and adds its losses and mistakes to
   * the sums.
   *
   * @param batch which belongs to {@code scope}
   * @param rate learning rate
   * @param number of this step since training began, from 1
   * @param scalars of the training
   * @param scope ends with the step
   */
  void take(Batch batch, double rate, long number, Scalars scalars, NDManager scope);
}
