package mitosis.train;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.jni.JniUtils;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import mitosis.data.Examples;
import mitosis.model.DeviceRead;
import mitosis.model.NativeEngine;
import mitosis.model.Parameter;
import mitosis.model.Precision;
import mitosis.model.Scalars;
import mitosis.model.Weights;

/**
 * A training in progress: the seeds of one recipe, their weights and the optimiser's memory, moved
 * on by one epoch at a time. To be used from one thread.
 */
final class Training implements AutoCloseable {

  private final Recipe recipe;
  private final Feed feed;
  private final NDManager manager;
  private final TrainedArrays arrays;
  private final TrainingStep step;
  private int epoch;
  private long steps;
  private int seen;

  /** Starts a training in float32 at its first epoch. */
  Training(Recipe recipe, Examples examples, Device device) {
    this(recipe, examples, device, TrainingState.before(recipe), warning -> {});
  }

  /**
   * Goes on in float32 from a state.
   *
   * @param warning told of examples that cannot be used
   * @throws IllegalArgumentException if the recipe's seeds are to be trained one by one
   */
  Training(
      Recipe recipe,
      Examples examples,
      Device device,
      TrainingState state,
      Consumer<String> warning) {
    this(recipe, examples, device, TrainingStep.in(Precision.FLOAT32), state, warning);
  }

  /**
   * Goes on from a state.
   *
   * @param step how a step is carried out
   * @param warning told of examples that cannot be used
   * @throws IllegalArgumentException if the recipe's seeds are to be trained one by one, or there
   *     is no such step for it
   */
  Training(
      Recipe recipe,
      Examples examples,
      Device device,
      TrainingStep.Maker step,
      TrainingState state,
      Consumer<String> warning) {
    if (recipe.trainings().size() > 1) {
      throw new IllegalArgumentException(
          "%s: each seed is trained by itself, not several at once".formatted(recipe.summary()));
    }
    this.recipe = recipe;
    this.epoch = state.epoch();
    this.steps = state.step();
    this.seen = state.seen();
    // Outside a gradient collector nothing may be recorded, or weights could not move in place. The
    // engine's default differs from thread to thread.
    manager = NativeEngine.on(device).newBaseManager(device);
    JniUtils.setGradMode(false);
    feed = Feed.of(recipe, examples, manager, warning);
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
    this.step = step.of(recipe, arrays, manager);
  }

  /** Epochs done. */
  int epoch() {
    return epoch;
  }

  Weights weights() {
    return arrays.weights();
  }

  /**
   * Passes once over the training examples, each seed in its own order, or over what is left of
   * them if the training was resumed within an epoch.
   *
   * @param betweenSteps called after every step but the last
   * @throws DivergedException if a seed's loss is not a finite number
   */
  EpochRecord next(Runnable betweenSteps) {
    int count = feed.count();
    double rate = recipe.schedule().rate(epoch, recipe.epochs());
    double[] loss;
    double[] error;
    try (NDManager scope = manager.newSubManager();
        ShuffledEpoch examples = feed.epoch(epoch)) {
      Scalars scalars = new Scalars(scope);
      while (seen < count) {
        int to = Math.min(count, seen + recipe.batch());
        step(examples, seen, to, rate, scalars);
        seen = to;
        if (seen < count) {
          betweenSteps.run();
        }
      }
      loss = divided(arrays.losses(), count);
      error = divided(arrays.mistakes(), count);
      arrays.losses().muli(scalars.of(0));
      arrays.mistakes().muli(scalars.of(0));
    }
    seen = 0;
    epoch++;
    for (int s = 0; s < loss.length; s++) {
      if (!Double.isFinite(loss[s])) {
        throw new DivergedException(recipe, recipe.seeds().get(s), epoch, "the loss is " + loss[s]);
      }
    }
    return new EpochRecord(epoch, rate, loss, error);
  }

  /** An epoch without a break. */
  EpochRecord next() {
    return next(() -> {});
  }

  /** One step on the examples {@code from…to-1} of the shuffled epoch; sums stay on the device. */
  private void step(ShuffledEpoch examples, int from, int to, double rate, Scalars scalars) {
    steps++;
    try (NDManager scope = manager.newSubManager()) {
      step.take(examples.batch(from, to, scope), rate, steps, scalars, scope);
    }
  }

  private static double[] divided(NDArray sums, int count) {
    float[] values = DeviceRead.floats(sums);
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
    Map<String, float[]> values = arrays.weights().toHeap();
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

  /** Copies everything that the next step depends on. */
  TrainingState state() {
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
    return new TrainingState(
        epoch,
        steps,
        seen,
        DeviceRead.floats(arrays.losses()),
        DeviceRead.floats(arrays.mistakes()),
        arrays.weights().toHeap(),
        saved);
  }

  @Override
  public void close() {
    manager.close();
  }
}
