package mitosis.suite;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import mitosis.analysis.EnsembleError;
import mitosis.evidence.ErrorCurve;
import mitosis.evidence.ErrorCurve.ErrInf;
import mitosis.representation.Representation;
import mitosis.suite.Controls.SyntheticSubjects;

/** Error curves whose law, or whose every value, is known. */
public final class PlantedCurves {

  /** Share of the smallest error that networks have in common. */
  private static final double COMMON = 0.8;

  private static final double ASYMPTOTE = 0.048;
  private static final double NARROWEST_EXCESS = 0.0075;

  private final SyntheticSubjects madeUp;

  PlantedCurves(SyntheticSubjects madeUp) {
    this.madeUp = madeUp;
  }

  /**
   * Errors of planted full networks of some widths, which see the images of the planted clones of
   * that w*.
   */
  public ErrorCurve plantedNetworks(int[] widths, double critical) {
    float[][][] mistakes = new float[madeUp.seeds()][widths.length][];
    for (int seed = 0; seed < madeUp.seeds(); seed++) {
      for (int k = 0; k < widths.length; k++) {
        Representation network = madeUp.clones(widths[k], critical).network(seed);
        mistakes[seed][k] =
            EnsembleError.ofSigns(network.readout().logits(network.test()), network.test().labels())
                .mistakes()[0];
      }
    }
    return ErrorCurve.of(widths, mistakes, ErrInf.known(new float[madeUp.testImages()]));
  }

  /**
   * Error curves that follow a power law exactly but for the noise of counting: every image is
   * misclassified for ever with probability 0.048, and by a network of width w with a further
   * probability that falls as w^exponent from 0.0075 at the narrowest; a wide network misclassifies
   * only what a narrow one of the same seed does.
   *
   * @param exponent of the law
   * @param widths increasing
   */
  public ErrorCurve powerLaw(double exponent, int[] widths) {
    DoubleUnaryOperator excess = width -> NARROWEST_EXCESS * Math.pow(width / widths[0], exponent);
    SplittableRandom random = new SplittableRandom(SyntheticSubjects.SEED);
    float[] always = new float[madeUp.testImages()];
    float[][][] mistakes = new float[madeUp.seeds()][widths.length][madeUp.testImages()];
    for (int i = 0; i < madeUp.testImages(); i++) {
      always[i] = random.nextDouble() < ASYMPTOTE ? 1 : 0;
      for (int seed = 0; seed < madeUp.seeds(); seed++) {
        double difficulty = random.nextDouble() * (1 - ASYMPTOTE);
        for (int k = 0; k < widths.length; k++) {
          boolean misread = always[i] > 0 || difficulty < excess.applyAsDouble(widths[k]);
          mistakes[seed][k][i] = misread ? 1 : 0;
        }
      }
    }
    return ErrorCurve.of(widths, mistakes, ErrInf.known(always));
  }

  /**
   * Test errors of networks that are known. The greatest part of the smallest error is of images
   * that all misclassify, as hard images are; else each network errs by itself.
   *
   * @param rates the networks' errors, each at least 0 and at most 1
   */
  public ErrorCurve errorRates(double... rates) {
    double always = COMMON * Arrays.stream(rates).min().orElseThrow();
    SplittableRandom random = new SplittableRandom(SyntheticSubjects.SEED);
    float[][][] mistakes = new float[madeUp.seeds()][rates.length][madeUp.testImages()];
    for (int i = 0; i < madeUp.testImages(); i++) {
      boolean hard = random.nextDouble() < always;
      for (int seed = 0; seed < madeUp.seeds(); seed++) {
        for (int k = 0; k < rates.length; k++) {
          double further = (rates[k] - always) / (1 - always);
          mistakes[seed][k][i] = hard || random.nextDouble() < further ? 1 : 0;
        }
      }
    }
    return ErrorCurve.of(
        IntStream.rangeClosed(1, rates.length).toArray(),
        mistakes,
        ErrInf.known(new float[madeUp.testImages()]));
  }
}
