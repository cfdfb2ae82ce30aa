package mitosis.train;

import ai.djl.Device;
import java.util.Map;
import java.util.function.Consumer;
import mitosis.data.Examples;
import mitosis.model.Precision;
import mitosis.model.ResNet;
import mitosis.model.WideResNet;
import mitosis.train.EngineStep.OperationStep;
import mitosis.train.Training.TrainingState;

/** How a recipe's step is carried out on a device, and what it moves there. */
interface TrainingStep extends AutoCloseable {

  /** Makes the step of a training. */
  interface Maker {

    /**
     * @param recipe what is done
     * @param examples what is learned
     * @param device where
     * @param state to go on from
     * @param warning told of examples that cannot be used
     */
    TrainingStep of(
        Recipe recipe,
        Examples examples,
        Device device,
        TrainingState state,
        Consumer<String> warning);
  }

  /**
   * The step that computes in a precision. On the CPU that of a fully connected network does
   * without the engine, which takes less than half of the time. A residual network's is a script in
   * float32 too: with channels last in memory it takes a quarter less time on a CPU, and agrees to
   * rounding. That of other convolutional networks is not: there BatchNorm meets channels that are
   * zero by the thousand, and its sums in float32, which is how PyTorch takes them with channels
   * last, would show.
   */
  static Maker in(Precision precision) {
    return (recipe, examples, device, state, warning) -> {
      if (FullyConnectedStep.suits(recipe, device, precision)) {
        return new FullyConnectedStep(recipe, examples, state);
      }
      return precision == Precision.BF16 || isResidual(recipe)
          ? new ScriptedStep(recipe, examples, device, state, warning, precision)
          : new OperationStep(recipe, examples, device, state, warning);
    };
  }

  private static boolean isResidual(Recipe recipe) {
    boolean residual = recipe.network() instanceof WideResNet || recipe.network() instanceof ResNet;
    return residual
        && recipe.loss() == Loss.CROSS_ENTROPY
        && recipe.optimiser() instanceof Optimiser.Sgd;
  }

  /** Number of examples in an epoch. */
  int examples();

  /**
   * Begins an epoch, with the examples in an order that depends on its number and the seeds alone.
   *
   * @param epoch from 0
   */
  void begin(int epoch);

  /**
   * Moves the weights and the optimiser's memory by one batch, and adds its losses and mistakes to
   * the sums.
   *
   * @param from the batch's first place in the order of the epoch that was begun
   * @param to the place behind its last
   * @param rate learning rate
   * @param number of this step since training began, from 1
   */
  void take(int from, int to, double rate, long number);

  /** S sums of losses since they were last cleared. */
  float[] losses();

  /** S numbers of mistakes since they were last cleared. */
  float[] mistakes();

  /** Sets sums of losses and numbers of mistakes to zero. */
  void clearSums();

  /** Copies parameters and running statistics by name, {@code S x shape} row-major. */
  Map<String, float[]> weights();

  /** Copies the optimiser's arrays, named {@code slot/parameter}. */
  Map<String, float[]> memory();

  @Override
  void close();
}
