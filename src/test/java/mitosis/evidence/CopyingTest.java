package mitosis.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import mitosis.claim.Estimate;
import mitosis.evidence.StudentCurve.Student;
import org.junit.jupiter.api.Test;

class CopyingTest {

  private static final List<Integer> WIDTHS = List.of(4, 8, 16, 32);

  /** Errors 0.1·n^exponent of n copies, a tenth more and less with the two outer seeds. */
  private static StudentCurve law(double exponent, double... copies) {
    return curve(
        copies,
        (seed, k) -> (0.9 + 0.1 * seed) * 0.1 * Math.pow(copies[k], exponent),
        OptionalDouble.of(0.3));
  }

  private interface Errors {
    double of(int seed, int width);
  }

  private static StudentCurve curve(double[] copies, Errors errors, OptionalDouble correlation) {
    return new StudentCurve(
        2,
        WIDTHS.subList(0, copies.length),
        IntStream.range(0, 3)
            .mapToObj(
                seed ->
                    IntStream.range(0, copies.length)
                        .mapToObj(k -> new Student(errors.of(seed, k), copies[k], correlation))
                        .toList())
            .toList());
  }

  @Test
  void the_exponent_is_the_slope_on_logarithmic_axes() {
    Estimate estimate = Copying.errorAgainstCopies().of(law(-0.9, 1.5, 3, 7, 12));
    assertThat(estimate.value()).isCloseTo(-0.9, within(1e-12));
    // What all widths of a seed have in common moves no slope.
    assertThat(estimate.interval().high() - estimate.interval().low()).isLessThan(1e-12);
  }

  @Test
  void the_root_of_the_error_has_half_the_exponent() {
    assertThat(Copying.rootErrorAgainstWidth().of(law(-1, 2, 4, 8, 16)).value())
        .isCloseTo(-0.5, within(1e-12));
  }

  @Test
  void the_copied_part_is_that_of_the_widest_student() {
    assertThat(Copying.copiedPart().of(law(-1, 2, 4, 8, 12)).value()).isEqualTo(0.75);
  }

  @Test
  void the_correlation_of_copies_is_that_of_the_widest_student() {
    assertThat(Copying.correlationOfCopies().of(law(-1, 2, 4, 8, 16)).value())
        .isCloseTo(0.3, within(1e-12));
    assertThatThrownBy(
            () ->
                Copying.correlationOfCopies()
                    .of(curve(new double[] {1, 1}, (seed, k) -> 0.1, OptionalDouble.empty())))
        .isInstanceOf(Unmeasurable.class)
        .hasMessageContaining("no two of any teacher neuron");
  }

  @Test
  void the_largest_ratio_of_errors_counts() {
    StudentCurve flat = law(0, 1, 2, 4, 8);
    StudentCurve falling = law(-1, 1, 2, 4, 8);
    assertThat(Copying.largestErrorRatio().of(new Copying.Pair(flat, falling)).value())
        .isCloseTo(8, within(1e-12));
    assertThat(Copying.largestErrorRatio().of(new Copying.Pair(falling, flat)).value())
        .isCloseTo(1, within(1e-12));
  }

  @Test
  void without_copies_there_is_no_exponent() {
    assertThatThrownBy(() -> Copying.errorAgainstCopies().of(law(0, 0, 1, 2, 4)))
        .isInstanceOf(Unmeasurable.class)
        .hasMessageContaining("against 0.0 copies");
    assertThatThrownBy(() -> Copying.errorAgainstCopies().of(law(0, 2, 2, 2, 2)))
        .isInstanceOf(Unmeasurable.class)
        .hasMessageContaining("does not change");
    assertThatThrownBy(() -> Copying.rootErrorAgainstWidth().of(law(-1, 2, 4)))
        .isInstanceOf(Unmeasurable.class)
        .hasMessageContaining("at least 3 widths");
  }

  @Test
  void what_is_no_curve_is_refused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new StudentCurve(2, WIDTHS, List.of()))
        .withMessageContaining("students of 0 seeds at 4 widths");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new StudentCurve(2, WIDTHS, List.of(List.of())))
        .withMessage("seed 0 has 0 students for the widths [4, 8, 16, 32]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Student(Double.NaN, 1, OptionalDouble.empty()))
        .withMessageContaining("error NaN");
  }
}
