package mitosis.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import mitosis.analysis.PlantedClones;
import mitosis.claim.Band;
import mitosis.claim.Estimate;
import mitosis.claim.Estimates;
import mitosis.claim.Verdict;
import mitosis.evidence.ErrorCurve.ErrInf;
import org.apache.commons.math3.analysis.UnivariateFunction;
import org.apache.commons.math3.analysis.integration.SimpsonIntegrator;
import org.apache.commons.math3.analysis.solvers.BrentSolver;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.junit.jupiter.api.Test;

/** The quantities of the claims on planted layers, where they are known. */
class MeasurementsTest {

  private static final int WIDTH = 64;
  private static final int[] SIZES = {4, 16, 32};

  private static Subject planted(PlantedClones clones) {
    return new Subject(
        "planted",
        WIDTH,
        3,
        new Subject.Chunks(50, 10),
        (network, test, train) ->
            clones
                .withImages(
                    Math.min(clones.testImages(), test), Math.min(clones.trainImages(), train))
                .network(network),
        ErrInf.known(new float[clones.testImages()]));
  }

  private static final Subject CLONES =
      planted(PlantedClones.ofWidth(WIDTH, 4_000, 4_000, 7).withHardShare(1).withNoise(0.5));

  @Test
  void theExponentOfPlantedClonesIsOneHalf() {
    Subject oneFeature =
        planted(
            PlantedClones.ofWidth(WIDTH, 20_000, 1, 7)
                .withFeatures(1)
                .withHardShare(1)
                .withNoise(0.5));

    Estimate exponent = Scaling.exponent().of(oneFeature.chunkCurve(new int[] {16, 32, 64}));

    assertThat(Band.between(-0.65, -0.35).judge(exponent)).isEqualTo(Verdict.REPRODUCED);
  }

  @Test
  void anExponentNeedsThreeSizesAndASlopeTwo() {
    ErrorCurve curve = CLONES.chunkCurve(new int[] {16, 32, 64});

    assertThatThrownBy(() -> Scaling.exponent().of(curve.at(new int[] {32, 64})))
        .isInstanceOf(Unmeasurable.class)
        .hasMessageContaining("at least 3 sizes");
    assertThatThrownBy(() -> Scaling.localSlopes().apply(curve.at(new int[] {32})))
        .isInstanceOf(Unmeasurable.class)
        .hasMessageContaining("two sizes");
  }

  /** 0.05 − 0.08·w^-½ has the exponent −½ too, but nothing falls. */
  @Test
  void errorsThatRiseToTheirLimitHaveNoExponent() {
    int[] sizes = {64, 128, 256};
    float[][][] mistakes = new float[4][sizes.length][1_000];
    for (float[][] network : mistakes) {
      for (int k = 0; k < sizes.length; k++) {
        Arrays.fill(network[k], 0, (int) Math.round(50 - 80 / Math.sqrt(sizes[k])), 1);
      }
    }
    float[] limit = new float[1_000];
    Arrays.fill(limit, 0, 50, 1);
    ErrorCurve rising = ErrorCurve.of(sizes, mistakes, ErrInf.known(limit));

    assertThatThrownBy(() -> Scaling.exponent().of(rising))
        .isInstanceOf(Unmeasurable.class)
        .hasMessageContaining("below err∞ = 0.05 and rise to it");
  }

  @Test
  void ofSeveralSlopesTheOneThatMissesTheBandCounts() {
    ErrorCurve curve = CLONES.chunkCurve(new int[] {16, 32, 64});

    Estimate slope = Scaling.localSlopes().apply(curve).worst(Band.atMost(-5)).estimate();

    assertThat(slope.value()).isBetween(-0.7, -0.3);
  }

  @Test
  void aCurveIsOnceAsLargeAsItself() {
    ErrorCurve curve = CLONES.chunkCurve(new int[] {16, 32, 64});

    Estimates ratios = Scaling.excessRatios().apply(new Scaling.Pair(curve, curve));

    assertThat(ratios.cases())
        .extracting(Estimates.Case::name)
        .containsExactly("W = 16", "W = 32", "W = 64");
    assertThat(ratios.cases()).extracting(ratio -> ratio.estimate().value()).containsOnly(1.0);
  }

  @Test
  void aLayerThatDoesNotInterpolateHasNoCriticalWidth() {
    PlantedClones noisy = PlantedClones.ofWidth(WIDTH, 100, 2_000, 7).withNoise(4);
    Estimate critical = new CriticalSize(1e-3).estimate(planted(noisy));

    assertThat(critical.value()).isEqualTo(WIDTH);
    assertThat(critical.interval().high()).isEqualTo(Double.POSITIVE_INFINITY);
  }

  @Test
  void theCriticalWidthOfPlantedClonesIsWhereTheyWerePlanted() {
    PlantedClones clones =
        PlantedClones.ofWidth(WIDTH, 100, 10_000, 7).withFeatures(1).withNoise(1.5);

    assertThat(new CriticalSize(1e-3).of(planted(clones))).isCloseTo(planted(1.5), within(1.0));
  }

  @Test
  void clonesFitAsWellAsTheirCriticalWidthAllows() {
    PlantedClones clones =
        PlantedClones.ofWidth(WIDTH, 100, 10_000, 7).withFeatures(1).withNoise(1.5);
    double critical = new CriticalSize(1e-3).of(planted(clones));

    Estimate misfit = Interpolation.misfit(1e-3, 32).of(planted(clones));

    assertThat(misfit.value()).isCloseTo(critical / 32, within(1e-12));
    assertThat(misfit.interval().low()).isLessThan(misfit.value());
  }

  @Test
  void aLayerThatDoesNotFitMissesByItsErrorOrItsWidth() {
    Subject wrong =
        new Subject(
            "wrong labels",
            WIDTH,
            3,
            new Subject.Chunks(50, 10),
            (network, test, train) ->
                PlantedClones.ofWidth(WIDTH, 100, 1_200, 7).networkWithWrongLabels(network, 12),
            ErrInf.known(new float[100]));

    // One label in twelve is wrong, the others are read: 1/12 is 83 times 1e-3.
    assertThat(Interpolation.misfit(1e-3, 32).of(wrong).value())
        .isCloseTo(1000.0 / 12, within(1e-9));
    assertThat(Interpolation.misfit(1e-3, 0.5).of(wrong).value())
        .isCloseTo(WIDTH / 0.5, within(1e-9));
  }

  /**
   * Where the training error of clones of one feature is 1e-3: a chunk's output is u + s·g with s²
   * = σ²/w, a training image has |u| = 1 + ½|g|, so the error is E Φ(−|u|/s); see PlantedClones.
   */
  private static double planted(double noise) {
    NormalDistribution normal = new NormalDistribution();
    UnivariateFunction excess =
        w ->
            new SimpsonIntegrator()
                    .integrate(
                        10_000,
                        g ->
                            2
                                * normal.density(g)
                                * normal.cumulativeProbability(-(1 + g / 2) * Math.sqrt(w) / noise),
                        0,
                        8)
                - 1e-3;
    return new BrentSolver().solve(1_000, excess, 1, WIDTH);
  }

  @Test
  void aSubjectComparedWithItselfHasRatioOneAndNoSpread() {
    assertThat(ReconstructionMeasurements.correlationRatio(CLONES, 16, SIZES).of(CLONES).value())
        .isEqualTo(1);
    assertThat(
            ReconstructionMeasurements.correlationSpread(16, SIZES)
                .of(List.of(CLONES, CLONES))
                .value())
        .isZero();
  }

  @Test
  void independentNoiseShowsAsLowCorrelationAndHighRSquared() {
    assertThat(ReconstructionMeasurements.heldOutR2(32, SIZES).of(CLONES).value())
        .isGreaterThan(0.75);
    assertThat(ReconstructionMeasurements.correlation(32, SIZES).of(CLONES).value())
        .isLessThan(0.05);
    assertThat(ReconstructionMeasurements.correlationDrop(32, 4, SIZES).of(CLONES).value())
        .isLessThan(0.5);
  }
}
