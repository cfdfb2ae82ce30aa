package mitosis.train;

import ai.djl.ndarray.NDManager;
import mitosis.model.Precision;
import mitosis.model.ResNet;
import mitosis.model.Scalars;
import mitosis.model.WideResNet;

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

  /**
   * The step that computes in a precision. In float32 a residual network's is a script too: with
   * channels last in memory it takes a quarter less time on a CPU, and agrees to rounding. The
   * other networks' is not: there BatchNorm meets channels that are zero by the thousand, and its
   * sums in float32, which is how PyTorch takes them with channels last, would show.
   */
  static Maker in(Precision precision) {
    return (recipe, arrays, manager) ->
        precision == Precision.BF16 || isResidual(recipe)
            ? new ScriptedStep(recipe, arrays, manager, precision)
            : new OperationStep(recipe, arrays);
  }

  private static boolean isResidual(Recipe recipe) {
    boolean residual = recipe.network() instanceof WideResNet || recipe.network() instanceof ResNet;
    return residual
        && recipe.loss() == Loss.CROSS_ENTROPY
        && recipe.optimiser() instanceof Optimiser.Sgd;
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
