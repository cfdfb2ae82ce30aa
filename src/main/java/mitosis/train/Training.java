package mitosis.train;

import ai.djl.Device;
import java.util.Map;
import java.util.function.Consumer;
import mitosis.data.Examples;
import mitosis.model.Precision;
import mitosis.train.Run.EpochRecord;
import mitosis.train.TrainingException.DivergedException;

/**
 * A training in progress: the seeds of one recipe, their weights and the optimiser's memory, moved
 * on by one epoch at a time. To be used from one thread.
 */
final class Training implements AutoCloseable {

  private final Recipe recipe;
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
    this.step = step.of(recipe, examples, device, state, warning);
  }

  /** Epochs done. */
  int epoch() {
    return epoch;
  }

  /**
   * Passes once over the training examples, each seed in its own order, or over what is left of
   * them if the training was resumed within an epoch.
   *
   * @param betweenSteps called after every step but the last
   * @throws DivergedException if a seed's loss is not a finite number
   */
  EpochRecord next(Runnable betweenSteps) {
    int count = step.examples();
    double rate = recipe.schedule().rate(epoch, recipe.epochs());
    step.begin(epoch);
    while (seen < count) {
      int to = Math.min(count, seen + recipe.batch());
      steps++;
      step.take(seen, to, rate, steps);
      seen = to;
      if (seen < count) {
        betweenSteps.run();
      }
    }
    double[] loss = divided(step.losses(), count);
    double[] error = divided(step.mistakes(), count);
    step.clearSums();
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

  private static double[] divided(float[] sums, int count) {
    double[] means = new double[sums.length];
    for (int s = 0; s < sums.length; s++) {
      means[s] = sums[s] / (double) count;
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
    Map<String, float[]> values = step.weights();
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
    return new TrainingState(
        epoch, steps, seen, step.losses(), step.mistakes(), step.weights(), step.memory());
  }

  @Override
  public void close() {
    step.close();
  }

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
}
