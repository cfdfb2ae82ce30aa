package mitosis.train;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import java.util.function.Consumer;
import mitosis.data.Examples;
import mitosis.model.Architecture.Activation;
import mitosis.model.NativeEngine;
import mitosis.model.Parameter;
import mitosis.model.Scalars;
import mitosis.model.Weights;

/** A step of any recipe, operation by operation, in float32. */
final class OperationStep extends EngineStep {

  /**
   * @param recipe what is done
   * @param examples what is learned
   * @param device where
   * @param state to go on from
   * @param warning told of examples that cannot be used
   */
  OperationStep(
      Recipe recipe,
      Examples examples,
      Device device,
      TrainingState state,
      Consumer<String> warning) {
    super(recipe, examples, device, state, warning);
    for (Parameter parameter : recipe.network().parameters()) {
      arrays().weights().get(parameter.name()).setRequiresGradient(true);
    }
  }

  @Override
  void take(Batch batch, double rate, long number, Scalars scalars, NDManager scope) {
    Recipe recipe = recipe();
    TrainedArrays arrays = arrays();
    Weights weights = arrays.weights();
    scope.tempAttachAll(weights.arrays().values().toArray(NDArray[]::new));
    arrays.memory().values().forEach(slots -> scope.tempAttachAll(slots.toArray(NDArray[]::new)));
    scope.tempAttachAll(arrays.losses(), arrays.mistakes());
    long examples = batch.labels().getShape().get(2);
    try (GradientCollector collector = NativeEngine.get().newGradientCollector()) {
      Activation activation = recipe.network().forward(weights, batch.inputs(), true);
      NDArray loss = recipe.loss().perSeed(activation.logits(), batch.labels(), scalars);
      collector.backward(loss.sum());
      arrays.losses().addi(loss.stopGradient().mul(scalars.of(examples)));
      arrays
          .mistakes()
          .addi(
              recipe.loss().mistakes(activation.logits().stopGradient(), batch.labels(), scalars));
    }
    for (Parameter parameter : recipe.network().parameters()) {
      NDArray array = weights.get(parameter.name());
      NDArray gradient = array.getGradient();
      gradient.attach(scope);
      recipe
          .optimiser()
          .update(array, gradient, arrays.memory().get(parameter.name()), rate, number, scalars);
      gradient.muli(scalars.of(0));
    }
  }
}
