package mitosis.train;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.training.GradientCollector;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import mitosis.data.Vectors;
import mitosis.model.Activation;
import mitosis.model.NativeEngine;
import mitosis.model.Parameter;
import mitosis.model.Weights;

/**
 * A training in progress: the seeds of one recipe, their weights and the optimiser's memory, moved
 * on by one epoch at a time. To be used from one thread.
 */
final class Training implements AutoCloseable {

  private final Recipe recipe;
  private final Vectors examples;
  private final NDManager manager;
  private final Weights weights;
  private final Map<String, List<NDArray>> memory = new LinkedHashMap<>();
  private int epoch;
  private long step;

  /** Starts a training at its first epoch. */
  Training(Recipe recipe, Vectors examples, Device device) {
    this(
        recipe,
        examples,
        device,
        new TrainingState(
            0, 0, recipe.initialisation().draw(recipe.network(), recipe.seeds()), Map.of()));
  }

  /** Goes on from a state. */
  Training(Recipe recipe, Vectors examples, Device device, TrainingState state) {
    this.recipe = recipe;
    this.examples = examples;
    this.epoch = state.epoch();
    this.step = state.step();
    // Outside a gradient collector nothing may be recorded, or weights could not move in place. The
    // engine's default differs from thread to thread.
    manager = NativeEngine.get().newBaseManager(device);
    JniUtils.setGradMode(false);
    weights = Weights.of(recipe.network(), recipe.seeds().size(), state.weights(), manager);
    for (Parameter parameter : recipe.network().parameters()) {
      NDArray array = weights.get(parameter.name());
      List<NDArray> slots = new ArrayList<>();
      for (String slot : recipe.optimiser().memory()) {
        float[] saved = state.memory().get(slot + "/" + parameter.name());
        slots.add(
            saved == null
                ? manager.zeros(array.getShape())
                : manager.create(saved, array.getShape()));
      }
      memory.put(parameter.name(), slots);
      array.setRequiresGradient(true);
    }
  }

  /** Epochs done. */
  int epoch() {
    return epoch;
  }

  Weights weights() {
    return weights;
  }

  /**
   * Passes once over the training examples, each seed in its own order.
   *
   * @throws DivergedException if a seed's loss is not a finite number
   */
  EpochRecord next() {
    int seeds = recipe.seeds().size();
    int count = examples.count();
    double rate = recipe.schedule().rate(epoch, recipe.epochs());
    double[] loss;
    double[] error;
    try (NDManager scope = manager.newSubManager()) {
      NDArray inputs = scope.create(new Shape(seeds, examples.dimension(), count));
      NDArray labels = scope.create(new Shape(seeds, 1, count));
      shuffle(inputs, labels);
      NDArray losses = scope.zeros(new Shape(seeds));
      NDArray mistakes = scope.zeros(new Shape(seeds));
      for (int from = 0; from < count; from += recipe.batch()) {
        int to = Math.min(count, from + recipe.batch());
        step(inputs, labels, from, to, rate, losses, mistakes);
      }
      loss = divided(losses, count);
      error = divided(mistakes, count);
    }
    epoch++;
    for (int s = 0; s < seeds; s++) {
      if (!Double.isFinite(loss[s])) {
        throw new DivergedException(recipe, recipe.seeds().get(s), epoch, "the loss is " + loss[s]);
      }
    }
    return new EpochRecord(epoch, rate, loss, error);
  }

  private void shuffle(NDArray inputs, NDArray labels) {
    int count = examples.count();
    int dimension = examples.dimension();
    float[] shuffledInputs = new float[recipe.seeds().size() * dimension * count];
    float[] shuffledLabels = new float[recipe.seeds().size() * count];
    for (int s = 0; s < recipe.seeds().size(); s++) {
      int[] order =
          RandomStream.permutation(count, RandomStream.of(recipe.seeds().get(s), "order", epoch));
      for (int d = 0; d < dimension; d++) {
        int row = (s * dimension + d) * count;
        for (int i = 0; i < count; i++) {
          shuffledInputs[row + i] = examples.inputs()[order[i] * dimension + d];
        }
      }
      for (int i = 0; i < count; i++) {
        shuffledLabels[s * count + i] = examples.labels()[order[i]];
      }
    }
    inputs.set(shuffledInputs);
    labels.set(shuffledLabels);
  }

  /** One step on the examples {@code from…to-1} of the shuffled epoch; sums stay on the device. */
  private void step(
      NDArray inputs,
      NDArray labels,
      int from,
      int to,
      double rate,
      NDArray losses,
      NDArray mistakes) {
    step++;
    try (NDManager scope = manager.newSubManager()) {
      scope.tempAttachAll(weights.arrays().values().toArray(NDArray[]::new));
      memory.values().forEach(slots -> scope.tempAttachAll(slots.toArray(NDArray[]::new)));
      scope.tempAttachAll(inputs, labels, losses, mistakes);
      NDIndex columns = new NDIndex().addAllDim(2).addSliceDim(from, to);
      NDArray batch = inputs.get(columns);
      NDArray truth = labels.get(columns);
      try (GradientCollector collector = NativeEngine.get().newGradientCollector()) {
        Activation activation = recipe.network().forward(weights, batch, true);
        NDArray loss = recipe.loss().perSeed(activation.logits(), truth);
        collector.backward(loss.sum());
        losses.addi(loss.stopGradient().mul(to - from));
        mistakes.addi(recipe.loss().mistakes(activation.logits().stopGradient(), truth));
      }
      for (Parameter parameter : recipe.network().parameters()) {
        NDArray array = weights.get(parameter.name());
        NDArray gradient = array.getGradient();
        gradient.attach(scope);
        recipe.optimiser().update(array, gradient, memory.get(parameter.name()), rate, step);
        gradient.muli(0);
      }
    }
  }

  private static double[] divided(NDArray sums, int count) {
    float[] values = sums.toFloatArray();
    double[] means = new double[values.length];
    for (int s = 0; s < values.length; s++) {
      means[s] = values[s] / (double) count;
    }
    return means;
  }

  /**
   * Copies the weights.
   *
   * @return parameters and running statistics by name, {@code S x shape} row-major
   * @throws DivergedException if one of them is not a finite number: the last step of an epoch can
   *     spoil them without a trace in its loss
   */
  Map<String, float[]> snapshot() {
    Map<String, float[]> values = weights.toHeap();
    values.forEach(
        (name, value) -> {
          for (int i = 0; i < value.length; i++) {
            if (!Float.isFinite(value[i])) {
              int seed = recipe.seeds().get(i / (value.length / recipe.seeds().size()));
              throw new DivergedException(recipe, seed, epoch, name + " holds " + value[i]);
            }
          }
        });
    return values;
  }

  /** Copies everything that the next epoch depends on. */
  TrainingState state() {
    Map<String, float[]> saved = new LinkedHashMap<>();
    memory.forEach(
        (name, slots) -> {
          for (int k = 0; k < slots.size(); k++) {
            saved.put(recipe.optimiser().memory().get(k) + "/" + name, slots.get(k).toFloatArray());
          }
        });
    return new TrainingState(epoch, step, weights.toHeap(), saved);
  }

  @Override
  public void close() {
    manager.close();
  }
}
