package mitosis.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import mitosis.model.ErfNetwork;
import mitosis.train.OnlineTraining.OnlineRecipe;
import mitosis.train.OnlineTraining.OnlineRun;
import org.apache.commons.math3.random.RandomGenerator;
import org.apache.commons.math3.special.Erf;
import org.junit.jupiter.api.Test;

class OnlineTrainingTest {

  private static final OnlineRecipe RECIPE = new OnlineRecipe(6, 2, 4, 0.3, 1, 50, 5);

  private static double halfSquare(ErfNetwork student, ErfNetwork teacher) {
    SplittableRandom random = new SplittableRandom(5);
    return IntStream.range(0, 2_000)
        .mapToDouble(
            sample -> {
              double[] x = random.doubles(teacher.inputs(), -1.5, 1.5).toArray();
              return Math.pow(student.output(x) - teacher.output(x), 2) / 2;
            })
        .average()
        .orElseThrow();
  }

  /**
   * The rule as it stands in {@link OnlineRecipe}, written again as plain sums from the same random
   * numbers.
   */
  @Test
  void a_step_is_the_gradient_of_half_the_squared_error() {
    OnlineRecipe recipe = new OnlineRecipe(3, 2, 2, 0.5, 0.7, 0.7 * 3 / 6, 1);
    assertThat(recipe.steps()).isEqualTo(3);
    OnlineRun run = OnlineTraining.run(recipe, 9);
    RandomGenerator initial = RandomStream.of(9, "student", 0);
    RandomGenerator samples = RandomStream.of(9, "samples", 0);
    RandomGenerator noise = RandomStream.of(9, "noise", 0);
    double[][] w = new double[2][3];
    for (double[] row : w) {
      Arrays.setAll(row, i -> initial.nextGaussian());
    }
    double[] a = {initial.nextGaussian(), initial.nextGaussian()};
    for (int step = 0; step < 3; step++) {
      double[] x = {samples.nextGaussian(), samples.nextGaussian(), samples.nextGaussian()};
      double[] lambda = new double[2];
      double output = 0;
      for (int k = 0; k < 2; k++) {
        for (int i = 0; i < 3; i++) {
          lambda[k] += w[k][i] * x[i] / Math.sqrt(3);
        }
        output += a[k] * Erf.erf(lambda[k] / Math.sqrt(2)) / 2;
      }
      double delta = run.teacher().output(x) + 0.5 * noise.nextGaussian() - output;
      for (int k = 0; k < 2; k++) {
        double slope = Math.sqrt(2 / Math.PI) * Math.exp(-lambda[k] * lambda[k] / 2);
        for (int i = 0; i < 3; i++) {
          w[k][i] += 0.7 / (2 * Math.sqrt(3)) * a[k] * slope * delta * x[i];
        }
        a[k] += 0.7 / (2 * 3) * Erf.erf(lambda[k] / Math.sqrt(2)) * delta;
      }
    }
    ErfNetwork expected = new ErfNetwork(w, new double[] {a[0] / 2, a[1] / 2});
    ErfNetwork trained = run.snapshots().get(0);
    for (int k = 0; k < 2; k++) {
      assertThat(trained.readout()[k]).isCloseTo(expected.readout()[k], within(1e-9));
      assertThat(trained.overlaps(run.teacher())[k])
          .containsExactly(expected.overlaps(run.teacher())[k], within(1e-9));
      assertThat(trained.overlaps(trained)[k])
          .containsExactly(expected.overlaps(expected)[k], within(1e-9));
    }
  }

  @Test
  void a_student_learns_its_teacher() {
    OnlineRun run = OnlineTraining.run(RECIPE.withNoise(0).withWidth(8), 3);
    double before = halfSquare(run.before(), run.teacher());
    assertThat(halfSquare(run.snapshots().get(4), run.teacher())).isLessThan(before / 20);
  }

  @Test
  void the_same_seed_gives_the_same_bits_and_another_one_others() {
    OnlineRun run = OnlineTraining.run(RECIPE, 1);
    assertThat(OnlineTraining.run(RECIPE, 1).snapshots().get(4).readout())
        .containsExactly(run.snapshots().get(4).readout());
    assertThat(OnlineTraining.run(RECIPE, 2).snapshots().get(4).readout())
        .doesNotContain(run.snapshots().get(4).readout());
    assertThat(run.snapshots()).hasSize(5);
  }

  @Test
  void the_teacher_is_orthogonal_and_the_same_for_every_student_of_a_seed() {
    double[][] t =
        OnlineTraining.run(RECIPE, 1)
            .teacher()
            .overlaps(OnlineTraining.run(RECIPE.withWidth(2).withNoise(0), 1).teacher());
    assertThat(t[0]).containsExactly(new double[] {1, 0}, within(1e-12));
    assertThat(t[1]).containsExactly(new double[] {0, 1}, within(1e-12));
  }

  @Test
  void wide_students_take_as_long_in_units_of_width_and_inputs() {
    assertThat(RECIPE.steps()).isEqualTo(50 * 4 * 6);
    assertThat(RECIPE.withWidth(8).steps()).isEqualTo(2 * RECIPE.steps());
    assertThat(RECIPE.withRate(2).steps()).isEqualTo(RECIPE.steps() / 2);
  }

  @Test
  void too_high_a_rate_is_named() {
    assertThatThrownBy(() -> OnlineTraining.run(RECIPE.withRate(10).withNoise(1e308), 1))
        .isInstanceOf(ArithmeticException.class)
        .hasMessageContainingAll("width 4", "rate", "10.0");
  }

  @Test
  void what_cannot_be_trained_is_refused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new OnlineRecipe(1, 2, 4, 0, 1, 10, 1))
        .withMessageContaining("teacher neurons 2");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RECIPE.withNoise(Double.NaN))
        .withMessageContaining("noise");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RECIPE.withRate(0))
        .withMessageContaining("rate 0.0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new OnlineRecipe(1, 1, 1, 0, 1, 10, 6))
        .withMessageContaining("6 snapshots of the second half of 10 steps");
  }
}
