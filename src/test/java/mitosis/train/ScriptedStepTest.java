package mitosis.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import mitosis.data.Examples.Images;
import mitosis.model.Architecture;
import mitosis.model.Convolutional;
import mitosis.model.DenseNet;
import mitosis.model.Precision;
import mitosis.model.ResNet;
import mitosis.model.Weights.DeviceRead;
import mitosis.model.WideResNet;
import mitosis.train.EngineStep.OperationStep;
import mitosis.train.Recipe.Augmentation;
import mitosis.train.Recipes.Pictures;
import mitosis.train.Run.EpochRecord;
import mitosis.train.Training.TrainingState;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("convolution")
class ScriptedStepTest {

  /** In three steps, the last of them of fewer. */
  private static final int IMAGES = 40;

  private static final int BATCH = 16;

  private static final TrainingStep.Maker OPERATIONS = OperationStep::new;

  /** Roundings of float32 in three steps, against the largest number of its kind. */
  private static final double ROUNDINGS = 1e-5;

  /**
   * A number rounded to bfloat16 is off by at most 2^-8 of itself, and by 2^-9.3 in the mean
   * square. The some thirty roundings between an image and its logits add up as independent ones
   * do, to 0.9 % of a logit, and three steps carry them on; the loss is a mean over examples.
   */
  private static final double ROUNDINGS_OF_BF16 = 2e-2;

  private static final int MISTAKES_BY_BF16 = 2;

  /**
   * Each large enough for BatchNorms of some hundred numbers, or roundings would be blown up. Small
   * images for DenseNet: with channels last the engine sums up a BatchNorm's squares in float32 on
   * the CPU, and where a ReLU went before, equal numbers by the thousand round to the same side.
   */
  private static Stream<Convolutional> networks() {
    return Stream.of(
        WideResNet.ofWidth(10, 8, 2, 16).withLastLayer(12),
        new DenseNet(2, 8, 4, 2, 8),
        new ResNet(List.of(1, 2), 8, 4, 2, 32));
  }

  /** Weights, running statistics, velocities, losses and mistakes. */
  @ParameterizedTest
  @MethodSource("networks")
  void in_float32_it_does_what_operations_do(Convolutional network) {
    Recipe recipe = recipe(network, 1);
    Trained expected = train(recipe, OPERATIONS);
    Trained found = train(recipe, scripted(Precision.FLOAT32));
    AlikeArrays.expect(found.state().weights(), expected.state().weights(), ROUNDINGS);
    AlikeArrays.expect(found.state().memory(), expected.state().memory(), ROUNDINGS);
    assertThat(found.record().loss()[0])
        .isCloseTo(expected.record().loss()[0], within(ROUNDINGS * expected.record().loss()[0]));
    assertThat(found.record().trainingError()).isEqualTo(expected.record().trainingError());
  }

  @ParameterizedTest
  @MethodSource("networks")
  void in_bf16_it_stays_close_to_float32(Convolutional network) {
    Recipe recipe = recipe(network, 1);
    EpochRecord expected = train(recipe, OPERATIONS).record();
    EpochRecord found = train(recipe, TrainingStep.in(Precision.BF16)).record();
    double loss = expected.loss()[0];
    assertThat(found.loss()[0])
        .isNotCloseTo(loss, within(ROUNDINGS * loss))
        .isCloseTo(loss, within(ROUNDINGS_OF_BF16 * loss));
    assertThat(found.trainingError()[0])
        .isCloseTo(expected.trainingError()[0], within((double) MISTAKES_BY_BF16 / IMAGES));
  }

  /** Else small steps would be lost: the lower half of a bfloat16's bits is zero. */
  @Test
  void in_bf16_weights_velocities_and_statistics_keep_all_their_bits() {
    TrainingState state = train(recipe(network(), 1), TrainingStep.in(Precision.BF16)).state();
    for (Map<String, float[]> arrays : List.of(state.weights(), state.memory())) {
      arrays.forEach(
          (name, values) -> {
            int lower = 0;
            for (float value : values) {
              lower |= Float.floatToIntBits(value) & 0xffff;
            }
            assertThat(lower).as(name).isNotZero();
          });
    }
  }

  @ParameterizedTest
  @EnumSource(Precision.class)
  void it_learns_what_images_show(Precision precision) {
    EpochRecord record = train(recipe(network(), 15), scripted(precision)).record();
    assertThat(record.trainingError()[0]).isZero();
    assertThat(record.loss()[0]).isLessThan(0.1);
  }

  @ParameterizedTest
  @EnumSource(Precision.class)
  void it_gives_the_same_bits_again_and_from_within_an_epoch(Precision precision) {
    Recipe recipe = recipe(network(), 2);
    Trained whole = train(recipe, scripted(precision));
    List<TrainingState> between = new ArrayList<>();
    try (Training training = training(recipe, precision, TrainingState.before(recipe))) {
      training.next();
      training.next(() -> between.add(training.state()));
      expectSameBits(training.state(), whole.state());
    }
    try (Training resumed = training(recipe, precision, between.get(0))) {
      assertThat(resumed.next().loss()).isEqualTo(whole.record().loss());
      expectSameBits(resumed.state(), whole.state());
    }
  }

  private static void expectSameBits(TrainingState found, TrainingState expected) {
    expected
        .weights()
        .forEach((name, value) -> assertThat(found.weights().get(name)).as(name).isEqualTo(value));
    expected
        .memory()
        .forEach((name, value) -> assertThat(found.memory().get(name)).as(name).isEqualTo(value));
  }

  /** The loss and the error of an epoch; the rest stays on the device. */
  @Test
  void the_device_is_read_twice_an_epoch() {
    Recipe recipe = recipe(network(), 1);
    try (Training training = training(recipe, Precision.BF16, TrainingState.before(recipe))) {
      long before = DeviceRead.count();
      training.next();
      assertThat(DeviceRead.count() - before).isEqualTo(2);
    }
  }

  @Test
  void other_recipes_are_refused() {
    Recipe pictures = recipe(network(), 1);
    Recipe vectors = Recipes.of(16, List.of(1), 0.1, 64, 1);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ScriptedStep.requireScriptable(vectors))
        .withMessageContainingAll("pmnist-fc5", "convolutional", "would not gain");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                ScriptedStep.requireScriptable(
                    changed(pictures, network(), Loss.SQUARED_HINGE, pictures.optimiser())))
        .withMessageContainingAll("pictures", "cross-entropy", "SQUARED_HINGE");
    Optimiser adam = new Optimiser.Adam(0.9, 0.999, 1e-8);
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                ScriptedStep.requireScriptable(
                    changed(pictures, network(), Loss.CROSS_ENTROPY, adam)))
        .withMessageContainingAll("pictures", "SGD", "Adam");
  }

  private static Convolutional network() {
    return WideResNet.ofWidth(10, 8, 2, 8);
  }

  /** The scripted step whatever the precision. */
  private static TrainingStep.Maker scripted(Precision precision) {
    return (recipe, examples, device, state, warning) ->
        new ScriptedStep(recipe, examples, device, state, warning, precision);
  }

  private record Trained(EpochRecord record, TrainingState state) {}

  private static Trained train(Recipe recipe, TrainingStep.Maker step) {
    try (Training training =
        new Training(
            recipe,
            images(recipe),
            Device.cpu(),
            step,
            TrainingState.before(recipe),
            warning -> {})) {
      EpochRecord record = training.next();
      while (training.epoch() < recipe.epochs()) {
        record = training.next();
      }
      return new Trained(record, training.state());
    }
  }

  private static Training training(Recipe recipe, Precision precision, TrainingState state) {
    return new Training(
        recipe, images(recipe), Device.cpu(), scripted(precision), state, warning -> {});
  }

  private static Images images(Recipe recipe) {
    return Pictures.of(IMAGES, ((Convolutional) recipe.network()).side());
  }

  private static Recipe recipe(Convolutional network, int epochs) {
    Recipe recipe = Pictures.recipe(Augmentation.NONE, BATCH, epochs);
    return changed(recipe, network, recipe.loss(), recipe.optimiser());
  }

  private static Recipe changed(
      Recipe recipe, Architecture network, Loss loss, Optimiser optimiser) {
    return new Recipe(
        recipe.system(),
        recipe.dataset(),
        network,
        recipe.seeds(),
        recipe.initialisation(),
        loss,
        optimiser,
        recipe.schedule(),
        recipe.augmentation(),
        recipe.batch(),
        recipe.epochs(),
        recipe.snapshots(),
        recipe.stopAtZeroLoss());
  }
}
