package mitosis.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import mitosis.data.Examples.Vectors;
import mitosis.model.FullyConnected;
import mitosis.model.Precision;
import mitosis.train.EngineStep.OperationStep;
import mitosis.train.Recipe.Augmentation;
import mitosis.train.Recipe.Schedule;
import mitosis.train.Run.EpochRecord;
import mitosis.train.Training.TrainingState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FullyConnectedStepTest {

  /** In three steps, the last of them of fewer. */
  private static final Vectors EXAMPLES = (Vectors) Recipes.dataset(300).train();

  private static final int BATCH = 128;

  private static final TrainingStep.Maker OPENBLAS = TrainingStep.in(Precision.FLOAT32);

  /** Roundings of float32 in three steps, against the largest number of its kind. */
  private static final double ROUNDINGS = 1e-5;

  private static Stream<Recipe> recipes() {
    Optimiser sgd = new Optimiser.Sgd(0.9, 0.01);
    Optimiser adam = new Optimiser.Adam(0.9, 0.999, 1e-8);
    return Stream.of(
        recipe(new FullyConnected(10, 4, 24, true), Loss.SQUARED_HINGE, sgd),
        recipe(new FullyConnected(10, 1, 7, true), Loss.LOGISTIC, sgd),
        recipe(new FullyConnected(10, 5, 200, true), Loss.LOGISTIC, sgd),
        recipe(new FullyConnected(10, 2, 1, false), Loss.LOGISTIC, sgd),
        recipe(new FullyConnected(10, 3, 24, false), Loss.SQUARED_HINGE, sgd),
        recipe(new FullyConnected(10, 3, 24, false), Loss.SQUARED_HINGE, adam),
        recipe(new FullyConnected(10, 2, 4, false), Loss.LOGISTIC, adam));
  }

  /** Weights, running statistics, velocities, losses and mistakes. */
  @ParameterizedTest
  @MethodSource("recipes")
  void it_does_what_operations_of_the_engine_do(Recipe recipe) {
    Trained expected = train(recipe, OperationStep::new);
    Trained found = train(recipe, OPENBLAS);
    AlikeArrays.expect(found.state().weights(), expected.state().weights(), ROUNDINGS);
    AlikeArrays.expect(found.state().memory(), expected.state().memory(), ROUNDINGS);
    for (int s = 0; s < recipe.seeds().size(); s++) {
      assertThat(found.record().loss()[s])
          .isCloseTo(expected.record().loss()[s], within(ROUNDINGS * expected.record().loss()[s]));
    }
    assertThat(found.record().trainingError()).isEqualTo(expected.record().trainingError());
  }

  @Test
  void a_seed_computes_the_same_bits_with_others_as_alone() {
    Recipe recipe = recipe(new FullyConnected(10, 4, 24, true), Loss.SQUARED_HINGE, sgd());
    Map<String, float[]> together = train(recipe, OPENBLAS).state().weights();
    for (int s = 0; s < recipe.seeds().size(); s++) {
      int place = s;
      train(recipe.withSeeds(List.of(recipe.seeds().get(s))), OPENBLAS)
          .state()
          .weights()
          .forEach(
              (name, alone) ->
                  assertThat(
                          Arrays.copyOfRange(
                              together.get(name), place * alone.length, (place + 1) * alone.length))
                      .as(name)
                      .isEqualTo(alone));
    }
  }

  /** The product of every row and column is a sum in its own order, whoever else is at work. */
  @Test
  void trainings_side_by_side_compute_the_same_bits_as_one_by_one() throws Exception {
    Recipe recipe = recipe(new FullyConnected(10, 3, 130, true), Loss.SQUARED_HINGE, sgd());
    Map<String, float[]> alone = train(recipe, OPENBLAS).state().weights();
    ExecutorService threads = Executors.newFixedThreadPool(3);
    try {
      List<Callable<Trained>> trainings = Collections.nCopies(3, () -> train(recipe, OPENBLAS));
      for (Future<Trained> training : threads.invokeAll(trainings)) {
        training
            .get()
            .state()
            .weights()
            .forEach((name, value) -> assertThat(value).as(name).isEqualTo(alone.get(name)));
      }
    } finally {
      threads.shutdown();
    }
  }

  @Test
  void a_state_that_does_not_fit_is_refused() {
    Recipe recipe = recipe(new FullyConnected(10, 2, 8, true), Loss.SQUARED_HINGE, sgd());
    TrainingState start = TrainingState.before(recipe);
    Map<String, float[]> cut = new HashMap<>(start.weights());
    cut.put("body.3.weight", new float[127]);
    Map<String, float[]> without = new HashMap<>(start.weights());
    without.remove("body.4.running_var");
    expectRefused(recipe, cut, "body.3.weight", "128", "127");
    expectRefused(recipe, without, "body.4.running_var", "16", "none");
  }

  private static void expectRefused(Recipe recipe, Map<String, float[]> weights, String... words) {
    TrainingState state = new TrainingState(0, 0, 0, new float[2], new float[2], weights, Map.of());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new FullyConnectedStep(recipe, EXAMPLES, state))
        .withMessageContainingAll(words);
  }

  private static Optimiser sgd() {
    return new Optimiser.Sgd(0.9, 0.01);
  }

  private record Trained(EpochRecord record, TrainingState state) {}

  private static Trained train(Recipe recipe, TrainingStep.Maker step) {
    try (Training training =
        new Training(
            recipe, EXAMPLES, Device.cpu(), step, TrainingState.before(recipe), warning -> {})) {
      EpochRecord record = training.next();
      return new Trained(record, training.state());
    }
  }

  private static Recipe recipe(FullyConnected network, Loss loss, Optimiser optimiser) {
    return new Recipe(
        "test",
        "pmnist",
        network,
        List.of(3, 7),
        new Initialisation(Initialisation.Weight.ORTHOGONAL, Initialisation.Gamma.UNIFORM),
        loss,
        optimiser,
        new Schedule.Constant(0.02),
        Augmentation.NONE,
        BATCH,
        1,
        List.of(1),
        false);
  }
}
