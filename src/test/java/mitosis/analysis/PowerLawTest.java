package mitosis.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PowerLawTest {

  private static final int[] SIZES = {16, 32, 64, 128, 256, 512};

  /** Excess errors of chunks of WR28-8 on CIFAR-10, read off P22 figure 3b. */
  private static final double[] WR28_8 = {.3365, .0994, .0196, .0100, .0073, .0053};

  private static double[] law(double errInf, double amplitude, double exponent) {
    return Arrays.stream(SIZES)
        .mapToDouble(w -> errInf + amplitude * Math.pow(w, exponent))
        .toArray();
  }

  @ParameterizedTest
  @ValueSource(doubles = {-3.9, -2.2, -1, -0.5, -0.25, -0.1, 0.4, 0.97})
  void findsTheLawThatMadeTheErrors(double exponent) {
    PowerLaw fit = PowerLaw.fit(SIZES, law(0.04, 0.3, exponent), 0.04);

    assertThat(fit.exponent()).isCloseTo(exponent, within(1e-6));
    assertThat(fit.amplitude()).isCloseTo(0.3, within(1e-5));
    assertThat(fit.at(64)).isCloseTo(0.04 + 0.3 * Math.pow(64, exponent), within(1e-9));
    assertThat(fit.sumOfSquares()).isCloseTo(0, within(1e-12));
  }

  @Test
  void scalesWeighThePoints() {
    double[] errors = law(0.04, 0.3, -0.5);
    errors[0] *= 2;
    double[] scales = {1e6, 1, 1, 1, 1, 1};

    assertThat(PowerLaw.fit(SIZES, errors, 0.04, scales).exponent()).isCloseTo(-0.5, within(1e-6));
    assertThat(PowerLaw.fit(SIZES, errors, 0.04).exponent()).isLessThan(-0.8);
  }

  /** scipy 1.17.1, curve_fit of a·w^b to WR28-8 (P22 figure 3b) over 0.002; sigma w^-0.5. */
  @Test
  void agreesWithScipy() {
    double[] scales = Arrays.stream(SIZES).mapToDouble(w -> Math.pow(w, -0.5)).toArray();

    PowerLaw alike = PowerLaw.fit(SIZES, WR28_8, 0.002);
    PowerLaw weighted = PowerLaw.fit(SIZES, WR28_8, 0.002, scales);

    assertThat(alike.exponent()).isCloseTo(-1.844643, within(1e-5));
    assertThat(alike.amplitude()).isCloseTo(55.75269778, within(1e-3));
    assertThat(weighted.exponent()).isCloseTo(-1.85262551, within(1e-5));
    assertThat(weighted.amplitude()).isCloseTo(57.0226316, within(1e-3));
  }

  @Test
  void keepsPointsBelowTheLimit() {
    double[] errors = law(0.04, 0.3, -0.5);
    errors[5] = 0.0399;

    PowerLaw fit = PowerLaw.fit(SIZES, errors, 0.04);

    assertThat(fit.exponent()).isBetween(-0.7, -0.5);
    assertThat(fit.sumOfSquares()).isPositive();
    assertThat(PowerLaw.localSlopes(SIZES, errors, 0.04).get(4)).isEmpty();
  }

  @Test
  void slopesOfThePublishedErrors() {
    assertThat(PowerLaw.localSlopes(SIZES, WR28_8, 0))
        .extracting(OptionalDouble::getAsDouble)
        .satisfies(
            slopes -> {
              assertThat(slopes.get(0))
                  .isCloseTo(Math.log(.0994 / .3365) / Math.log(2), within(1e-12));
              assertThat(slopes.get(3)).isCloseTo(-0.454, within(1e-3));
              assertThat(slopes.get(4)).isCloseTo(-0.462, within(1e-3));
            });
    assertThat(
            PowerLaw.fit(new int[] {128, 256, 512}, new double[] {.0100, .0073, .0053}, 0)
                .exponent())
        .isCloseTo(-0.46, within(0.005));
  }

  @Test
  void refusesBadInput() {
    double[] errors = law(0.04, 0.3, -0.5);
    double[] scales = {1, 1, 0, 1, 1, 1};
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PowerLaw.fit(SIZES, errors, 0.04, scales))
        .withMessageContaining("size 64 is 0.0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PowerLaw.fit(SIZES, errors, 0.04, new double[] {1}));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PowerLaw.fit(SIZES, errors, Double.NaN))
        .withMessageContaining("NaN");
    assertThatIllegalArgumentException().isThrownBy(() -> PowerLaw.fit(SIZES, new double[5], 0));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PowerLaw.fit(new int[] {4}, new double[1], 0));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PowerLaw.fit(new int[] {4, 2}, new double[2], 0));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PowerLaw.localSlopes(new int[] {2, 4}, new double[] {1, Double.NaN}, 0))
        .withMessageContaining("size 4 is NaN");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PowerLaw.fit(new int[] {2, 4}, new double[] {.5, .5}, .5))
        .withMessageContaining("no exponent");
  }

  @Test
  void one_fit_of_many_errors_is_each_by_itself() {
    int[] sizes = {16, 32, 64, 128};
    double[] scales = {0.25, 0.18, 0.125, 0.09};
    PowerLaw.Fit fit = new PowerLaw.Fit(sizes, scales);

    for (double exponent : new double[] {-2, -0.5, 0.3}) {
      double[] errors =
          Arrays.stream(sizes).mapToDouble(w -> 0.1 + 0.3 * Math.pow(w, exponent)).toArray();
      assertThat(fit.of(errors, 0.1)).isEqualTo(PowerLaw.fit(sizes, errors, 0.1, scales));
      assertThat(fit.of(errors, 0.1).exponent()).isCloseTo(exponent, within(1e-6));
    }
  }
}
