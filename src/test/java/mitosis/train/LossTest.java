package mitosis.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import mitosis.model.NativeEngine;
import mitosis.train.Optimiser.Scalars;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LossTest {

  private static final Shape TWO_SEEDS_OF_FOUR = new Shape(2, 1, 4);
  private static final float[] LOGITS = {2, 0.5f, -1, 0, 1, -1, 3, -3};
  private static final float[] LABELS = {1, 1, 1, -1, 1, -1, 1, -1};

  /** Seed 0: margins 2, 0.5, -1, 0, so ½·(0 + 0.25 + 4 + 1)/4; seed 1: all at least 1. */
  @Test
  void the_squared_hinge_agrees_with_values_by_hand() {
    try (NDManager manager = NativeEngine.get().newBaseManager(Device.cpu())) {
      NDArray loss =
          Loss.SQUARED_HINGE.perSeed(
              manager.create(LOGITS, TWO_SEEDS_OF_FOUR),
              manager.create(LABELS, TWO_SEEDS_OF_FOUR),
              new Scalars(manager));
      assertThat(loss.getShape()).isEqualTo(new Shape(2));
      assertThat(loss.toFloatArray()).containsExactly(0.65625f, 0);
    }
  }

  /** The derivative by the output f is -y·max(0, 1 - f·y)/B, zero beyond the margin. */
  @Test
  void the_squared_hinge_has_its_gradient() {
    try (NDManager manager = NativeEngine.get().newBaseManager(Device.cpu())) {
      NDArray logits = manager.create(LOGITS, TWO_SEEDS_OF_FOUR);
      NDArray labels = manager.create(LABELS, TWO_SEEDS_OF_FOUR);
      logits.setRequiresGradient(true);
      try (GradientCollector collector = NativeEngine.get().newGradientCollector()) {
        collector.backward(Loss.SQUARED_HINGE.perSeed(logits, labels, new Scalars(manager)).sum());
      }
      assertThat(logits.getGradient().toFloatArray())
          .containsExactly(new float[] {0, -0.125f, -0.5f, 0.25f, 0, 0, 0, 0}, within(0f));
    }
  }

  /** Margins 2, 0.5, -1, 0 and 1, 1, 3, 3: means of log(1 + exp(-m)), by Python's math.log1p. */
  @Test
  void the_logistic_loss_agrees_with_values_by_hand() {
    try (NDManager manager = NativeEngine.get().newBaseManager(Device.cpu())) {
      float[] loss =
          Loss.LOGISTIC
              .perSeed(
                  manager.create(LOGITS, TWO_SEEDS_OF_FOUR),
                  manager.create(LABELS, TWO_SEEDS_OF_FOUR),
                  new Scalars(manager))
              .toFloatArray();
      assertThat(loss).containsExactly(new float[] {0.6518535f, 0.1809245f}, within(1e-6f));
    }
  }

  /** No exponential overflows: the loss of a margin of -1000 is 1000. */
  @Test
  void the_logistic_loss_of_large_margins_is_finite() {
    try (NDManager manager = NativeEngine.get().newBaseManager(Device.cpu())) {
      float[] loss =
          Loss.LOGISTIC
              .perSeed(
                  manager.create(new float[] {-1000, 1000}, new Shape(2, 1, 1)),
                  manager.create(new float[] {1, 1}, new Shape(2, 1, 1)),
                  new Scalars(manager))
              .toFloatArray();
      assertThat(loss).containsExactly(1000, 0);
    }
  }

  /** The derivative by the output f is -y/(1 + exp(f·y))/B. */
  @Test
  void the_logistic_loss_has_its_gradient() {
    try (NDManager manager = NativeEngine.get().newBaseManager(Device.cpu())) {
      NDArray logits = manager.create(LOGITS, TWO_SEEDS_OF_FOUR);
      NDArray labels = manager.create(LABELS, TWO_SEEDS_OF_FOUR);
      logits.setRequiresGradient(true);
      try (GradientCollector collector = NativeEngine.get().newGradientCollector()) {
        collector.backward(Loss.LOGISTIC.perSeed(logits, labels, new Scalars(manager)).sum());
      }
      float[] expected = new float[LOGITS.length];
      for (int i = 0; i < expected.length; i++) {
        expected[i] = (float) (-LABELS[i] / (1 + Math.exp(LOGITS[i] * LABELS[i])) / 4);
      }
      assertThat(logits.getGradient().toFloatArray()).containsExactly(expected, within(1e-6f));
    }
  }

  @Test
  void an_output_of_0_is_a_mistake_for_either_label() {
    try (NDManager manager = NativeEngine.get().newBaseManager(Device.cpu())) {
      NDArray logits = manager.create(new float[] {0, 0, -0f, 1e-30f}, new Shape(1, 1, 4));
      NDArray labels = manager.create(new float[] {1, -1, 1, 1}, new Shape(1, 1, 4));
      assertThat(Loss.SQUARED_HINGE.mistakes(logits, labels, new Scalars(manager)).toFloatArray())
          .containsExactly(3);
    }
  }

  @Test
  void mistakes_are_counted_for_each_seed() {
    try (NDManager manager = NativeEngine.get().newBaseManager(Device.cpu())) {
      NDArray mistakes =
          Loss.SQUARED_HINGE.mistakes(
              manager.create(LOGITS, TWO_SEEDS_OF_FOUR),
              manager.create(LABELS, TWO_SEEDS_OF_FOUR),
              new Scalars(manager));
      assertThat(mistakes.toFloatArray()).containsExactly(2, 0);
    }
  }

  /** Logits 0, ln 2, ln 5 have shares 1/8, 2/8, 5/8; the losses are ln 8 and ln 1.6. */
  @Test
  void cross_entropy_agrees_with_values_by_hand() {
    try (NDManager manager = NativeEngine.get().newBaseManager(Device.cpu())) {
      float two = (float) Math.log(2);
      float five = (float) Math.log(5);
      NDArray logits = manager.create(new float[] {0, 0, two, two, five, five}, new Shape(1, 3, 2));
      NDArray labels = manager.create(new float[] {0, 2}, new Shape(1, 1, 2));
      logits.setRequiresGradient(true);
      NDArray loss;
      try (GradientCollector collector = NativeEngine.get().newGradientCollector()) {
        loss = Loss.CROSS_ENTROPY.perSeed(logits, labels, new Scalars(manager));
        collector.backward(loss.sum());
      }
      assertThat(loss.getShape()).isEqualTo(new Shape(1));
      assertThat(loss.toFloatArray()[0])
          .isCloseTo((float) ((Math.log(8) + Math.log(1.6)) / 2), within(1e-6f));
      assertThat(logits.getGradient().toFloatArray())
          .containsExactly(
              new float[] {-7 / 16f, 1 / 16f, 2 / 16f, 2 / 16f, 5 / 16f, -3 / 16f}, within(1e-6f));
    }
  }

  @Test
  void the_class_of_several_outputs_is_the_largest() {
    try (NDManager manager = NativeEngine.get().newBaseManager(Device.cpu())) {
      NDArray logits = manager.create(new float[] {0, 3, 1, 1, 2, -1, 1, 2, 5}, new Shape(1, 3, 3));
      NDArray labels = manager.create(new float[] {1, 0, 1}, new Shape(1, 1, 3));
      assertThat(Loss.CROSS_ENTROPY.mistakes(logits, labels, new Scalars(manager)).toFloatArray())
          .containsExactly(1);
    }
  }

  /** Of one example, as of a batch of one, over margins on both sides of each bend. */
  @ParameterizedTest
  @EnumSource(names = {"SQUARED_HINGE", "LOGISTIC"})
  void the_loss_of_a_margin_is_that_of_a_batch_of_one(Loss loss) {
    float[] margins = {-1000, -30, -20.5f, -3, -1, -0.25f, 0, 0.5f, 0.999f, 1, 2, 20.5f, 1000};
    Shape shape = new Shape(margins.length, 1, 1);
    try (NDManager manager = NativeEngine.get().newBaseManager(Device.cpu())) {
      NDArray logits = manager.create(margins, shape);
      logits.setRequiresGradient(true);
      float[] values;
      try (GradientCollector collector = NativeEngine.get().newGradientCollector()) {
        NDArray each = loss.perSeed(logits, manager.ones(shape), new Scalars(manager));
        collector.backward(each.sum());
        values = each.stopGradient().toFloatArray();
      }
      float[] slopes = logits.getGradient().toFloatArray();
      for (int i = 0; i < margins.length; i++) {
        assertThat(loss.ofMargin(margins[i]))
            .as("loss at %s", margins[i])
            .isCloseTo(values[i], withinPercentage(1e-4));
        assertThat(loss.slope(margins[i]))
            .as("slope at %s", margins[i])
            .isCloseTo(slopes[i], within(1e-6f));
      }
    }
  }

  @Test
  void the_cross_entropy_is_none_of_a_margin() {
    assertThatIllegalStateException().isThrownBy(() -> Loss.CROSS_ENTROPY.ofMargin(1));
    assertThatIllegalStateException().isThrownBy(() -> Loss.CROSS_ENTROPY.slope(1));
  }
}
