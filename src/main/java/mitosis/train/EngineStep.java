package mitosis.train;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.training.GradientCollector;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import mitosis.data.Examples;
import mitosis.model.Architecture.Activation;
import mitosis.model.NativeEngine;
import mitosis.model.Parameter;
import mitosis.model.Weights;
import mitosis.model.Weights.DeviceRead;
import mitosis.train.DataLoader.Batch;
import mitosis.train.DataLoader.ShuffledEpoch;
import mitosis.train.Optimiser.Scalars;
import mitosis.train.Training.TrainingState;

/** A step that PyTorch computes, with its arrays on the device. */
abstract class EngineStep implements TrainingStep {

  private final Recipe recipe;
  private final NDManager manager;
  private final DataLoader loader;
  private final TrainedArrays arrays;
  private ShuffledEpoch epoch;
  private NDManager epochManager;
  private Scalars scalars;

  /**
   * @param recipe what is done
   * @param examples what is learned
   * @param device where
   * @param state to go on from
   * @param warning told of examples that cannot be used
   */
  EngineStep(
      Recipe recipe,
      Examples examples,
      Device device,
      TrainingState state,
      Consumer<String> warning) {
    this.recipe = recipe;
    // Outside a gradient collector nothing may be recorded, or weights could not move in place. The
    // engine's default differs from thread to thread.
    manager = NativeEngine.on(device).newBaseManager(device);
    JniUtils.setGradMode(false);
    loader = DataLoader.of(recipe, examples, manager, warning);
    Shape perSeed = new Shape(recipe.seeds().size());
    Weights weights = Weights.of(recipe.network(), recipe.seeds().size(), state.weights(), manager);
    Map<String, List<NDArray>> memory = new LinkedHashMap<>();
    for (Parameter parameter : recipe.network().parameters()) {
      Shape shape = weights.get(parameter.name()).getShape();
      List<NDArray> slots = new ArrayList<>();
      for (String slot : recipe.optimiser().memory()) {
        float[] saved = state.memory().get(slot + "/" + parameter.name());
        slots.add(saved == null ? manager.zeros(shape) : manager.create(saved, shape));
      }
      memory.put(parameter.name(), slots);
    }
    arrays =
        new TrainedArrays(
            weights,
            memory,
            manager.create(state.losses(), perSeed),
            manager.create(state.mistakes(), perSeed));
  }

  /**
   * Moves the weights and the optimiser's memory by one batch, and adds its losses and mistakes to
   * the sums.
   *
   * @param batch which belongs to {@code scope}
   * @param rate learning rate
   * @param number of this step since training began, from 1
   * @param numbers of the epoch
   * @param scope ends with the step
   */
  abstract void take(Batch batch, double rate, long number, Scalars numbers, NDManager scope);

  Recipe recipe() {
    return recipe;
  }

  TrainedArrays arrays() {
    return arrays;
  }

  /** Owns the arrays. */
  NDManager manager() {
    return manager;
  }

  @Override
  public final int examples() {
    return loader.count();
  }

  @Override
  public final void begin(int number) {
    end();
    epochManager = manager.newSubManager();
    scalars = new Scalars(epochManager);
    epoch = loader.epoch(number);
  }

  private void end() {
    if (epoch != null) {
      epoch.close();
      epochManager.close();
      epoch = null;
    }
  }

  @Override
  public final void take(int from, int to, double rate, long number) {
    try (NDManager scope = manager.newSubManager()) {
      take(epoch.batch(from, to, scope), rate, number, scalars, scope);
    }
  }

  @Override
  public final float[] losses() {
    return DeviceRead.floats(arrays.losses());
  }

  @Override
  public final float[] mistakes() {
    return DeviceRead.floats(arrays.mistakes());
  }

  @Override
  public final void clearSums() {
    arrays.losses().muli(scalars.of(0));
    arrays.mistakes().muli(scalars.of(0));
  }

  @Override
  public final Map<String, float[]> weights() {
    return arrays.weights().toHeap();
  }

  @Override
  public final Map<String, float[]> memory() {
    Map<String, float[]> saved = new LinkedHashMap<>();
    arrays
        .memory()
        .forEach(
            (name, slots) -> {
              for (int k = 0; k < slots.size(); k++) {
                saved.put(
                    recipe.optimiser().memory().get(k) + "/" + name,
                    DeviceRead.floats(slots.get(k)));
              }
            });
    return saved;
  }

  @Override
  public final void close() {
    end();
    manager.close();
  }

  /** A step of any recipe, operation by operation, in float32. */
  static final class OperationStep extends EngineStep {

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
                recipe
                    .loss()
                    .mistakes(activation.logits().stopGradient(), batch.labels(), scalars));
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
}
