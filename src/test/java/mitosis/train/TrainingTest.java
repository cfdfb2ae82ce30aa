package mitosis.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import mitosis.data.Examples;
import mitosis.data.Examples.Images;
import mitosis.data.Examples.Vectors;
import mitosis.model.FullyConnected;
import mitosis.model.NativeEngine;
import mitosis.model.Parameter;
import mitosis.model.Precision;
import mitosis.model.Weights;
import mitosis.model.Weights.DeviceRead;
import mitosis.train.EngineStep.OperationStep;
import mitosis.train.Recipe.Augmentation;
import mitosis.train.Recipe.Schedule;
import mitosis.train.Recipes.Pictures;
import mitosis.train.Run.EpochRecord;
import mitosis.train.Training.TrainingState;
import mitosis.train.TrainingException.DivergedException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("convolution")
class TrainingTest {

  private static final Vectors EXAMPLES = (Vectors) Recipes.dataset(500).train();

  /**
   * Eight steps, the last of them of fewer examples. Differences are measured against the largest
   * number of the same kind: the offset before a BatchNorm has no gradient but rounding's.
   */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void a_seed_trains_with_others_as_it_would_alone(boolean byTheEngine) {
    TrainingStep.Maker step = byTheEngine ? OperationStep::new : TrainingStep.in(Precision.FLOAT32);
    Recipe fused = Recipes.of(16, List.of(3, 7, 1), 0.1, 64, 1);
    Map<String, float[]> together = train(fused, step);
    for (int s = 0; s < 3; s++) {
      int seed = fused.seeds().get(s);
      Map<String, float[]> alone = train(Recipes.of(16, List.of(seed), 0.1, 64, 1), step);
      for (Parameter.Kind kind : Parameter.Kind.values()) {
        List<String> names =
            fused.network().parameters().stream()
                .filter(parameter -> parameter.kind() == kind)
                .map(Parameter::name)
                .toList();
        expectAlike(alone, together, s, names);
      }
      for (String suffix : List.of("running_mean", "running_var")) {
        expectAlike(
            alone, together, s, alone.keySet().stream().filter(n -> n.endsWith(suffix)).toList());
      }
    }
  }

  private static void expectAlike(
      Map<String, float[]> alone, Map<String, float[]> together, int s, List<String> names) {
    double largest = 0;
    for (String name : names) {
      for (float value : alone.get(name)) {
        largest = Math.max(largest, Math.abs(value));
      }
    }
    assertThat(largest).as("largest of %s", names).isPositive();
    for (String name : names) {
      float[] expected = alone.get(name);
      float[] found =
          Arrays.copyOfRange(together.get(name), s * expected.length, (s + 1) * expected.length);
      assertThat(found)
          .as("%s of seed number %d", name, s)
          .containsExactly(expected, within((float) (1e-5 * largest)));
    }
  }

  /** But for the offsets of linear maps, which the BatchNorms behind them take away. */
  @Test
  void training_moves_every_parameter_and_lowers_the_loss() {
    Recipe recipe = Recipes.of(16, List.of(1, 2), 0.1, 64, 10);
    try (Training training = new Training(recipe, EXAMPLES, Device.cpu())) {
      Map<String, float[]> before = training.snapshot();
      EpochRecord first = training.next();
      EpochRecord last = first;
      while (training.epoch() < 10) {
        last = training.next();
      }
      FullyConnected network = (FullyConnected) recipe.network();
      Set<String> cancelled =
          IntStream.range(0, network.depth())
              .mapToObj(layer -> network.linear(layer) + ".bias")
              .collect(Collectors.toSet());
      training
          .snapshot()
          .forEach(
              (name, value) ->
                  assertThat(Arrays.equals(value, before.get(name)))
                      .as(name)
                      .isEqualTo(cancelled.contains(name)));
      for (int s = 0; s < 2; s++) {
        assertThat(last.loss()[s]).isLessThan(first.loss()[s] / 2);
        assertThat(last.trainingError()[s]).isLessThan(first.trainingError()[s]);
      }
    }
  }

  @Test
  void the_same_recipe_gives_the_same_bits() {
    Recipe recipe = Recipes.of(16, List.of(3, 7), 0.1, 64, 3);
    expectSameBits(train(recipe), train(recipe));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void a_training_goes_on_from_its_state_as_if_it_had_never_stopped(boolean adam) {
    Recipe sgd = Recipes.of(16, List.of(3, 7), 0.1, 64, 4);
    Recipe recipe =
        new Recipe(
            sgd.system(),
            sgd.dataset(),
            sgd.network(),
            sgd.seeds(),
            sgd.initialisation(),
            sgd.loss(),
            adam ? new Optimiser.Adam(0.9, 0.999, 1e-8) : sgd.optimiser(),
            sgd.schedule(),
            Augmentation.NONE,
            sgd.batch(),
            sgd.epochs(),
            sgd.snapshots(),
            sgd.stopAtZeroLoss());
    TrainingState half;
    try (Training training = new Training(recipe, EXAMPLES, Device.cpu())) {
      training.next();
      training.next();
      half = training.state();
    }
    assertThat(half.epoch()).isEqualTo(2);
    assertThat(half.step()).isEqualTo(16);
    try (Training training = new Training(recipe, EXAMPLES, Device.cpu(), half, warning -> {})) {
      training.next();
      training.next();
      expectSameBits(training.snapshot(), train(recipe));
    }
  }

  /** Of a network of vectors and of one of images alike. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void a_training_goes_on_within_an_epoch_as_if_it_had_never_stopped(boolean pictures) {
    Recipe recipe =
        pictures
            ? Pictures.recipe(Augmentation.CROP_AND_FLIP, 16, 2)
            : Recipes.of(16, List.of(3, 7), 0.1, 64, 2);
    Examples examples = pictures ? Pictures.of(50, 8) : EXAMPLES;
    List<TrainingState> between = new ArrayList<>();
    EpochRecord record;
    Map<String, float[]> expected;
    try (Training training = new Training(recipe, examples, Device.cpu())) {
      training.next();
      record = training.next(() -> between.add(training.state()));
      expected = training.snapshot();
    }
    assertThat(between).hasSize(pictures ? 3 : 7);
    TrainingState state = between.get(1);
    assertThat(state.epoch()).isEqualTo(1);
    assertThat(state.seen()).isEqualTo(2 * recipe.batch());
    try (Training training = new Training(recipe, examples, Device.cpu(), state, warning -> {})) {
      EpochRecord resumed = training.next();
      assertThat(resumed.loss()).isEqualTo(record.loss());
      assertThat(resumed.trainingError()).isEqualTo(record.trainingError());
      expectSameBits(training.snapshot(), expected);
    }
  }

  @Test
  void a_network_of_images_learns_what_they_show() {
    Images images = Pictures.of(64, 8);
    try (Training training =
        new Training(Pictures.recipe(Augmentation.NONE, 16, 12), images, Device.cpu())) {
      EpochRecord record = training.next();
      while (training.epoch() < 12) {
        record = training.next();
      }
      assertThat(record.trainingError()[0]).isZero();
      assertThat(record.loss()[0]).isLessThan(0.1);
    }
  }

  /** A read waits for the device; two an epoch, however many steps, are the loss and the error. */
  @Test
  void the_device_is_read_twice_an_epoch() {
    for (int batch : new int[] {4, 64}) {
      try (Training training =
          new Training(
              Pictures.recipe(Augmentation.CROP_AND_FLIP, batch, 2),
              Pictures.of(64, 8),
              Device.cpu())) {
        long before = DeviceRead.count();
        training.next();
        assertThat(DeviceRead.count() - before).isEqualTo(2);
      }
    }
  }

  @Test
  void seeds_that_are_trained_one_by_one_are_not_taken_together() {
    Recipe recipe = Pictures.recipe(Augmentation.NONE, 16, 2).withSeeds(List.of(1, 2));
    assertThat(recipe.trainings())
        .extracting(Recipe::seeds)
        .containsExactly(List.of(1), List.of(2));
    assertThatThrownBy(() -> new Training(recipe, Pictures.of(64, 8), Device.cpu()))
        .hasMessageContainingAll("pictures", "by itself");
  }

  private static void expectSameBits(Map<String, float[]> found, Map<String, float[]> expected) {
    assertThat(found).hasSameSizeAs(expected);
    expected.forEach((name, value) -> assertThat(found.get(name)).as(name).isEqualTo(value));
  }

  /** With a rate of 0 the weights stay, so the record is the mean over all examples at once. */
  @Test
  void the_record_is_the_mean_over_all_examples_though_the_last_batch_is_smaller() {
    FullyConnected network = new FullyConnected(10, 2, 8, false);
    Recipe recipe =
        new Recipe(
            "test",
            "pmnist",
            network,
            List.of(4, 5),
            new Initialisation(Initialisation.Weight.ORTHOGONAL, Initialisation.Gamma.ONE),
            Loss.SQUARED_HINGE,
            new Optimiser.Sgd(0.9, 0.1),
            new Schedule.Constant(0),
            Augmentation.NONE,
            150,
            2,
            List.of(2),
            false);
    try (Training training = new Training(recipe, EXAMPLES, Device.cpu());
        NDManager manager = NativeEngine.get().newBaseManager(Device.cpu())) {
      training.next();
      EpochRecord record = training.next();
      Weights weights = Weights.of(network, 2, training.snapshot(), manager);
      NDArray one = manager.create(EXAMPLES.inputs(), new Shape(1, 500, 10)).transpose(0, 2, 1);
      float[] logits = network.forward(weights, one.repeat(0, 2), false).logits().toFloatArray();
      assertThat(record.epoch()).isEqualTo(2);
      assertThat(record.rate()).isZero();
      for (int s = 0; s < 2; s++) {
        double loss = 0;
        double mistakes = 0;
        for (int i = 0; i < 500; i++) {
          double margin = logits[s * 500 + i] * EXAMPLES.labels()[i];
          loss += Math.pow(Math.max(0, 1 - margin), 2) / 2 / 500;
          mistakes += margin <= 0 ? 1 : 0;
        }
        assertThat(record.loss()[s]).isCloseTo(loss, within(1e-6));
        assertThat(record.trainingError()[s]).isCloseTo(mistakes / 500, within(1e-9));
      }
    }
  }

  @Test
  void a_loss_that_is_not_finite_stops_training_and_says_where() {
    Recipe recipe = Recipes.of(8, List.of(11), 1e8, 64, 50);
    List<EpochRecord> history = new ArrayList<>();
    try (Training training = new Training(recipe, EXAMPLES, Device.cpu())) {
      assertThatThrownBy(
              () -> {
                while (training.epoch() < 50) {
                  history.add(training.next());
                }
              })
          .isInstanceOf(DivergedException.class)
          .hasMessageContainingAll("pmnist-fc5", "width 8", "seed 11", "Lower the learning rate")
          .satisfies(
              e -> assertThat(e).hasMessageContaining("epoch %d:".formatted(history.size() + 1)));
    }
  }

  /** One step, whose loss is that of the initial weights; the step itself overflows. */
  @Test
  void weights_that_are_not_finite_are_no_snapshot() {
    Recipe recipe = Recipes.of(8, List.of(11, 12), 1e39, 500, 1);
    try (Training training = new Training(recipe, EXAMPLES, Device.cpu())) {
      training.next();
      assertThatThrownBy(training::snapshot)
          .isInstanceOf(DivergedException.class)
          .hasMessageContainingAll("width 8", "seed 11", "epoch 1", "body.0.weight holds");
    }
  }

  private static Map<String, float[]> train(Recipe recipe) {
    return train(recipe, TrainingStep.in(Precision.FLOAT32));
  }

  private static Map<String, float[]> train(Recipe recipe, TrainingStep.Maker step) {
    try (Training training =
        new Training(
            recipe, EXAMPLES, Device.cpu(), step, TrainingState.before(recipe), warning -> {})) {
      while (training.epoch() < recipe.epochs()) {
        training.next();
      }
      return training.snapshot();
    }
  }
}
