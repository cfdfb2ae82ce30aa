package mitosis.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import mitosis.model.ErfNetwork;
import org.junit.jupiter.api.Test;

class TeacherOverlapsTest {

  private static final double[][] UNIT = {{1, 0}, {0, 1}};
  private static final double[] ONES = {1, 1};

  private static ErfNetwork random(int neurons, int inputs, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[][] weights = new double[neurons][inputs];
    double[] readout = new double[neurons];
    for (int k = 0; k < neurons; k++) {
      Arrays.setAll(weights[k], i -> random.nextGaussian());
      readout[k] = random.nextGaussian();
    }
    return new ErfNetwork(weights, readout);
  }

  /** Random networks, so overlaps of every kind, over 400,000 sampled inputs. */
  @Test
  void the_generalisation_error_is_the_mean_over_inputs() {
    ErfNetwork student = random(5, 7, 1);
    ErfNetwork teacher = random(3, 7, 2);
    SplittableRandom random = new SplittableRandom(3);
    double[] squares =
        IntStream.range(0, 400_000)
            .mapToDouble(
                sample -> {
                  double[] x = new double[7];
                  Arrays.setAll(x, i -> random.nextGaussian());
                  return Math.pow(student.output(x) - teacher.output(x), 2) / 2;
                })
            .toArray();
    double mean = Arrays.stream(squares).average().orElseThrow();
    double deviation =
        Math.sqrt(
            Arrays.stream(squares).map(s -> (s - mean) * (s - mean)).sum()
                / squares.length
                / squares.length);
    double error = TeacherOverlaps.between(student, teacher).generalisationError();
    assertThat(error).isCloseTo(mean, within(4 * deviation));
    assertThat(deviation).isLessThan(0.005 * mean);
  }

  /**
   * Saad and Solla 1995: a student equal to its teacher errs by 0; one that is zero, by half of
   * ⟨f²⟩, which for M orthonormal neurons is M/3, as arcsin(1/2) = π/6; with K = M and R_km = R for
   * k = m alone by (M/π)·(2·π/6 − 2·arcsin(R/2)).
   */
  @Test
  void special_cases_have_their_closed_forms() {
    assertThat(new TeacherOverlaps(UNIT, UNIT, UNIT, ONES, ONES).generalisationError())
        .isCloseTo(0, within(1e-15));
    assertThat(new TeacherOverlaps(UNIT, UNIT, UNIT, new double[2], ONES).generalisationError())
        .isCloseTo(1 / 3.0, within(1e-15));
    double[][] r = {{0.6, 0}, {0, 0.6}};
    assertThat(new TeacherOverlaps(UNIT, r, UNIT, ONES, ONES).generalisationError())
        .isCloseTo(2 / Math.PI * (Math.PI / 3 - 2 * Math.asin(0.3)), within(1e-15));
  }

  /** Two students of which one has each neuron twice with half the weight are one function. */
  @Test
  void copies_of_a_neuron_share_its_weight() {
    double[][] q = {{1, 0, 1}, {0, 1, 0}, {1, 0, 1}};
    double[][] r = {{1, 0}, {0, 1}, {1, 0}};
    TeacherOverlaps overlaps = new TeacherOverlaps(q, r, UNIT, new double[] {0.3, 1, 0.7}, ONES);
    assertThat(overlaps.generalisationError()).isCloseTo(0, within(1e-15));
    assertThat(overlaps.copies()).containsExactly(2, 1);
    assertThat(overlaps.copiesPerTeacherNeuron()).isEqualTo(1.5);
  }

  /** By angle and not by length or sign, and none of a neuron without weights. */
  @Test
  void a_near_copy_points_along_a_teacher_neuron() {
    double[][] q = {{4, 0, 0, 0}, {0, 1, 0, 0}, {0, 0, 1, 0}, {0, 0, 0, 0}};
    double[][] r = {{-1.82, 0}, {0.89, 0}, {0.7, 0.7}, {0, 0}};
    TeacherOverlaps overlaps = new TeacherOverlaps(q, r, UNIT, new double[4], ONES);
    assertThat(overlaps.normalised())
        .isDeepEqualTo(new double[][] {{-0.91, 0}, {0.89, 0}, {0.7, 0.7}, {0, 0}});
    assertThat(overlaps.copies()).containsExactly(1, 0);
  }

  /** Mean of 400 students over the closed form of {@link PlantedCopies}. */
  @Test
  void the_error_of_planted_copies_is_inverse_to_their_number() {
    for (int copies : new int[] {1, 4, 16}) {
      for (double shared : new double[] {0, 0.3, 1}) {
        double mean =
            IntStream.range(0, 400)
                .mapToObj(seed -> new PlantedCopies(8, 2, copies, 0.02, shared, seed))
                .mapToDouble(planted -> planted.overlaps().generalisationError())
                .average()
                .orElseThrow();
        double expected = new PlantedCopies(8, 2, copies, 0.02, shared, 0).expectedError();
        assertThat(mean / expected).as("%d copies, %s", copies, shared).isBetween(0.93, 1.07);
      }
    }
    assertThat(new PlantedCopies(8, 2, 4, 0.02, 0, 0).expectedError() * 4)
        .isCloseTo(new PlantedCopies(8, 2, 1, 0.02, 0, 0).expectedError(), within(1e-18));
    assertThat(new PlantedCopies(8, 2, 4, 0.02, 0, 7).overlaps().copies()).containsExactly(4, 4);
  }

  /** Mean of 100 students over the part c of the errors' variance that is common. */
  @Test
  void copies_err_alike_as_far_as_their_errors_are_shared() {
    for (double shared : new double[] {0, 0.5, 1}) {
      double mean =
          IntStream.range(0, 100)
              .mapToObj(seed -> new PlantedCopies(10, 2, 8, 0.02, shared, seed))
              .mapToDouble(planted -> planted.overlaps().correlationOfCopies().orElseThrow())
              .average()
              .orElseThrow();
      assertThat(mean).as("%s shared", shared).isCloseTo(shared, within(0.04));
    }
    assertThat(new PlantedCopies(10, 2, 8, 0, 0, 1).overlaps().correlationOfCopies()).isEmpty();
    assertThat(PlantedCopies.mixtures(10, 2, 8, 1).correlationOfCopies()).isEmpty();
  }

  /**
   * A teacher of two neurons 60° apart: what copies have in common along the other one is no error
   * of theirs, and one that is turned round with its readout errs on the other side.
   */
  @Test
  void what_copies_share_is_measured_off_all_teacher_neurons_and_on_one_side() {
    ErfNetwork teacher = new ErfNetwork(new double[][] {{1, 0, 0}, {0.5, 0.75, 0}}, ONES);
    double[][] alike = {{1, 0.1, 0.1}, {1, 0.2, 0.1}};
    double[][] turned = {{1, 0.1, 0.1}, {-1, -0.2, -0.1}};
    double[][] apart = {{1, 0.1, 0.1}, {1, 0.2, -0.1}};
    assertThat(correlation(alike, teacher)).isCloseTo(1, within(1e-9));
    assertThat(correlation(turned, teacher)).isCloseTo(1, within(1e-9));
    assertThat(correlation(apart, teacher)).isCloseTo(-1, within(1e-9));
  }

  private static double correlation(double[][] weights, ErfNetwork teacher) {
    return TeacherOverlaps.between(new ErfNetwork(weights, ONES), teacher)
        .correlationOfCopies()
        .orElseThrow();
  }

  /** Two directions in a plane are within arccos 0.9 of one of two axes in 57.4 % of all cases. */
  @Test
  void mixtures_of_two_neurons_are_near_one_of_them_as_often_as_angles_are() {
    double expected = 4 * Math.acos(TeacherOverlaps.COPY) / Math.PI;
    TeacherOverlaps mixtures = PlantedCopies.mixtures(10, 2, 1_000, 4);
    assertThat(mixtures.copiesPerTeacherNeuron() * 2 / 1_000).isCloseTo(expected, within(0.05));
    assertThat(expected).isCloseTo(0.574, within(1e-3));
  }

  @Test
  void what_are_no_overlaps_is_refused() {
    assertRefused("Q[0][1] = 2.0 is more", new double[][] {{1, 2}, {2, 1}}, UNIT, UNIT);
    assertRefused("Q is not symmetric", new double[][] {{1, 0.5}, {0, 1}}, UNIT, UNIT);
    assertRefused("R[1][0] = 3.0 is more", UNIT, new double[][] {{1, 0}, {3, 1}}, UNIT);
    assertRefused(
        "row 1 of R: number 0 is NaN", UNIT, new double[][] {{1, 0}, {Double.NaN, 1}}, UNIT);
    assertRefused(
        "T[1][1] is 0.0", UNIT, new double[][] {{1, 0}, {0, 0}}, new double[][] {{1, 0}, {0, 0}});
    assertRefused("row 0 of T has 1 numbers", UNIT, UNIT, new double[][] {{1}, {1}});
  }

  private static void assertRefused(String message, double[][] q, double[][] r, double[][] t) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new TeacherOverlaps(q, r, t, ONES, ONES))
        .withMessageContaining(message);
  }
}
