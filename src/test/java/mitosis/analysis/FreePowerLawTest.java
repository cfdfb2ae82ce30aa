package mitosis.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FreePowerLawTest {

  private static final int[] SIZES = {16, 32, 64, 128, 256, 512};
  private static final double[] ALIKE = {1, 1, 1, 1, 1, 1};

  /** Excess errors of chunks of WR28-8 on CIFAR-10, read off P22 figure 3b. */
  private static final double[] WR28_8 = {.3365, .0994, .0196, .0100, .0073, .0053};

  private static double[] law(double errInf, double amplitude, double exponent) {
    return Arrays.stream(SIZES)
        .mapToDouble(w -> errInf + amplitude * Math.pow(w, exponent))
        .toArray();
  }

  @ParameterizedTest
  @ValueSource(doubles = {-3.9, -2.2, -1, -0.5, -0.25, -0.1})
  void findsTheLawThatMadeTheErrors(double exponent) {
    FreePowerLaw fit = FreePowerLaw.fit(SIZES, law(0.04, 0.3, exponent), ALIKE);

    assertThat(fit.best().exponent()).isCloseTo(exponent, within(1e-5));
    assertThat(fit.best().errInf()).isCloseTo(0.04, within(1e-5));
    assertThat(fit.best().at(1000)).isCloseTo(0.04 + 0.3 * Math.pow(1000, exponent), within(1e-6));
    assertThat(fit.best().sumOfSquares()).isCloseTo(0, within(1e-12));
    assertThat(fit.isIdentified()).isTrue();
    assertThat(fit.steepest().exponent()).isCloseTo(exponent, within(1e-3));
    assertThat(fit.shallowest().exponent()).isCloseTo(exponent, within(1e-3));
  }

  /** scipy 1.17.1, curve_fit of c + a·w^b to WR28-8 (P22 figure 3b); sigma 1 and w^-0.5. */
  @Test
  void agreesWithScipy() {
    double[] scales = Arrays.stream(SIZES).mapToDouble(w -> Math.pow(w, -0.5)).toArray();

    PowerLaw alike = FreePowerLaw.fit(SIZES, WR28_8, ALIKE).best();
    PowerLaw weighted = FreePowerLaw.fit(SIZES, WR28_8, scales).best();

    assertThat(alike.errInf()).isCloseTo(2.78462706e-3, within(1e-8));
    assertThat(alike.amplitude()).isCloseTo(57.8083976, within(1e-3));
    assertThat(alike.exponent()).isCloseTo(-1.8584938, within(1e-6));
    assertThat(alike.sumOfSquares()).isCloseTo(1.0465878119e-4, within(1e-12));
    assertThat(weighted.errInf()).isCloseTo(4.73574607e-3, within(1e-8));
    assertThat(weighted.amplitude()).isCloseTo(72.97235, within(1e-3));
    assertThat(weighted.exponent()).isCloseTo(-1.94309136, within(1e-6));
    assertThat(weighted.sumOfSquares()).isCloseTo(6.183749799850e-3, within(1e-12));
  }

  /**
   * 0.05 + 0.4·w^-½ with deviations of a thousandth; the range by scipy 1.17.1: brentq on the
   * profile of lstsq over b, at Q_min·(1 + f.ppf(.95, 1, 3)/3).
   */
  @Test
  void theRangeIsThatOfTheProfile() {
    double[] errors = law(0.05, 0.4, -0.5);
    double[] deviations = {1e-3, -1e-3, .5e-3, .3e-3, -.7e-3, .4e-3};
    Arrays.setAll(errors, i -> errors[i] + deviations[i]);

    FreePowerLaw fit = FreePowerLaw.fit(SIZES, errors, ALIKE);

    assertThat(fit.best().exponent()).isCloseTo(-0.5208423, within(1e-6));
    assertThat(fit.best().errInf()).isCloseTo(0.05162648, within(1e-7));
    assertThat(fit.best().sumOfSquares()).isCloseTo(2.3406452865e-6, within(1e-13));
    assertThat(fit.steepest().exponent()).isCloseTo(-0.6129737526, within(1e-6));
    assertThat(fit.steepest().errInf()).isCloseTo(0.05828204, within(1e-7));
    assertThat(fit.shallowest().exponent()).isCloseTo(-0.4323027294, within(1e-6));
    assertThat(fit.shallowest().amplitude()).isCloseTo(0.35399036, within(1e-6));
    assertThat(fit.isIdentified()).isTrue();
  }

  /** Of 400 fits to Gaussian noise 95 % hold the exponent, with deviation 1.1 %; four of these. */
  @Test
  void theRangeHoldsTheExponentNineteenTimesInTwenty() {
    SplittableRandom random = new SplittableRandom(6);
    double[] clean = law(0.05, 0.4, -0.5);
    int held = 0;
    for (int trial = 0; trial < 400; trial++) {
      double[] errors =
          Arrays.stream(clean).map(error -> error + 1e-3 * random.nextGaussian()).toArray();
      FreePowerLaw fit = FreePowerLaw.fit(SIZES, errors, ALIKE);
      held += fit.steepest().exponent() <= -0.5 && -0.5 <= fit.shallowest().exponent() ? 1 : 0;
    }

    assertThat(held / 400.0).isCloseTo(0.95, within(0.044));
  }

  @Test
  void errorsThatFallLikeTheLogarithmOrInOneStepHaveNoLimit() {
    double[] logarithm = Arrays.stream(SIZES).mapToDouble(w -> 1 - 0.1 * Math.log(w)).toArray();
    double[] step = {0.3, 0.1, 0.1, 0.1, 0.1, 0.1};
    SplittableRandom random = new SplittableRandom(1);
    double[] noise = random.doubles(6).toArray();

    assertThat(FreePowerLaw.fit(SIZES, logarithm, ALIKE).isIdentified()).isFalse();
    assertThat(FreePowerLaw.fit(SIZES, step, ALIKE).isIdentified()).isFalse();
    assertThat(FreePowerLaw.fit(SIZES, noise, ALIKE).isIdentified()).isFalse();
  }

  @Test
  void refusesBadInput() {
    int[] three = {2, 4, 8};
    assertThatIllegalArgumentException()
        .isThrownBy(() -> FreePowerLaw.fit(three, new double[] {3, 2, 1}, new double[] {1, 1, 1}))
        .withMessageContaining("4 sizes at least, but there are 3");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> FreePowerLaw.fit(SIZES, new double[6], ALIKE))
        .withMessageContaining("no exponent");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> FreePowerLaw.fit(SIZES, WR28_8, new double[6]))
        .withMessageContaining("scale at size 16");
    double[] broken = WR28_8.clone();
    broken[2] = Double.NaN;
    assertThatIllegalArgumentException()
        .isThrownBy(() -> FreePowerLaw.fit(SIZES, broken, ALIKE))
        .withMessageContaining("size 64 is NaN");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> FreePowerLaw.fit(new int[0], new double[0], new double[0]));
  }
}
