package mitosis.analysis;

import static mitosis.analysis.SampleThresholds.THRESHOLDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import mitosis.analysis.CriticalWidths.CloneSign;
import mitosis.analysis.CriticalWidths.CloneThresholds;
import mitosis.analysis.CriticalWidths.ScalingStart;
import mitosis.representation.Readout;
import mitosis.representation.Representation;
import mitosis.representation.Split;
import org.apache.commons.math3.analysis.integration.SimpsonIntegrator;
import org.apache.commons.math3.analysis.solvers.BrentSolver;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.junit.jupiter.api.Test;

class CriticalWidthsTest {

  private static final ScalingStart START = new ScalingStart(-0.65);
  private static final int[] SIZES = {4, 8, 16, 32, 64};

  private static final int WIDTH = 128;
  private static final NormalDistribution NORMAL = new NormalDistribution();

  private static CriticalWidths widths(Representation layer, int[] sizes) {
    return CriticalWidths.of(
        ChunkError.measure(layer, sizes, 200, 1),
        0,
        Reconstruction.measure(layer.test(), sizes, 10, 1),
        THRESHOLDS);
  }

  /** Two networks average out between what each says alone. */
  @Test
  void ofSeveralLayersTheMeanCurveIsRead() {
    int[] sizes = {8, 16, 32, 64};
    List<Reconstruction> layers =
        IntStream.range(0, 2)
            .mapToObj(
                network ->
                    Reconstruction.measure(
                        PlantedClones.ofWidth(WIDTH, 4_000, 1, 3).network(network).test(),
                        sizes,
                        10,
                        1))
            .toList();
    Reconstruction one = layers.get(0);
    Reconstruction other = layers.get(1);

    assertThat(CriticalWidths.byReconstruction(List.of(one, one), 0.99))
        .isEqualTo(CriticalWidths.byReconstruction(one, 0.99));
    assertThat(CriticalWidths.byIndependence(List.of(other, other), 0.03))
        .isEqualTo(CriticalWidths.byIndependence(other, 0.03));
    double first = CriticalWidths.byIndependence(one, 0.03).orElseThrow();
    double second = CriticalWidths.byIndependence(other, 0.03).orElseThrow();
    assertThat(CriticalWidths.byIndependence(layers, 0.03).orElseThrow())
        .isBetween(Math.min(first, second), Math.max(first, second));
    assertThat(CriticalWidths.correlatedSizes(layers)).containsExactly(sizes);
  }

  @Test
  void clonesInterpolateWhereTheyWerePlantedTo() {
    double noise = 1.5;
    int[] sizes = {8, 10, 12, 14, 16, 18, 20, 24, 28, 34, 40, 64, WIDTH};
    Representation one =
        PlantedClones.ofWidth(WIDTH, 200, 10_000, 7).withFeatures(1).withNoise(noise).network(0);
    Representation four = PlantedClones.ofWidth(WIDTH, 200, 10_000, 1).network(0);
    double expected = solve(w -> clearError(noise / Math.sqrt(w)) - 1e-3);

    // 1e-3 before 9.5·((d−1) + dσ²), as PlantedClones says, and there or so for d = 4.
    assertThat(expected).isLessThan(9.5 * noise * noise);
    assertThat(widths(one, sizes).width(CloneSign.INTERPOLATION).orElseThrow())
        .isCloseTo(expected, within(0.1 * expected));
    assertThat(widths(four, sizes).width(CloneSign.INTERPOLATION).orElseThrow())
        .isCloseTo(9.5 * (3 + 4 * 0.0025), within(2.5));
  }

  /**
   * Copies u + σε of one feature with variance V. Of a neuron outside, w of them leave σ² of its
   * own noise and v = V·(σ²/w)/(V + σ²/w) of u, which all neurons share: ρ = v/(v + σ²).
   */
  @Test
  void clonesRebuildTheLayerAndAreIndependentWhereTheyWerePlantedTo() {
    double noise = 0.142;
    double share = 0.1;
    Representation layer =
        PlantedClones.ofWidth(WIDTH, 10_000, 2, 3)
            .withFeatures(1)
            .withNoise(noise)
            .withHardShare(share)
            .network(0);
    // E (1 + ½|g|)² of clear images, a third of those that are even in (−1, 1).
    double variance = (1 - share) * (1.25 + Math.sqrt(2 / Math.PI)) + share / 3;
    DoubleUnaryOperator common = w -> variance * noise * noise / w / (variance + noise * noise / w);
    double rebuilt =
        solve(
            w ->
                (1 - w / WIDTH)
                        * (noise * noise + common.applyAsDouble(w))
                        / (variance + noise * noise)
                    - 0.01);
    double independent =
        solve(w -> common.applyAsDouble(w) / (common.applyAsDouble(w) + noise * noise) - 0.03);

    CriticalWidths widths = widths(layer, new int[] {8, 16, 24, 32, 40, 64, WIDTH});

    assertThat(rebuilt).isBetween(10.0, 25.0);
    assertThat(widths.width(CloneSign.RECONSTRUCTION).orElseThrow())
        .isCloseTo(rebuilt, within(0.1 * rebuilt));
    assertThat(independent).isCloseTo(32.3, within(0.1));
    assertThat(widths.width(CloneSign.INDEPENDENCE).orElseThrow())
        .isCloseTo(independent, within(0.1 * independent));
  }

  private static double solve(DoubleUnaryOperator function) {
    return new BrentSolver().solve(1000, function::applyAsDouble, 1, WIDTH);
  }

  /** The errors of copies of one feature, from the law of their outputs; see PlantedClones. */
  @Test
  void errorsFallAsTheRootWhereTheyWerePlantedTo() {
    double noise = 2.5;
    double share = 0.3;
    int[] sizes = {4, 8, 16, 32, 64, WIDTH};
    Representation layer =
        PlantedClones.ofWidth(WIDTH, 20_000, 2, 5)
            .withFeatures(1)
            .withNoise(noise)
            .withHardShare(share)
            .network(0);
    double[] expected =
        Arrays.stream(sizes)
            .mapToDouble(
                w -> {
                  double s = noise / Math.sqrt(w);
                  double hard = integral(u -> NORMAL.cumulativeProbability(-u / s), 1);
                  return share * hard + (1 - share) * clearError(s);
                })
            .toArray();
    double start = new ScalingStart(-0.65).of(sizes, expected, 0).orElseThrow();

    assertThat(start).isBetween(8.0, 32.0);
    assertThat(widths(layer, sizes).width(CloneSign.SCALING).orElseThrow())
        .isCloseTo(start, within(0.15 * start));
  }

  /** E Φ(−|u|/s) for |u| = 1 + ½|g|. */
  private static double clearError(double s) {
    return integral(g -> 2 * NORMAL.density(g) * NORMAL.cumulativeProbability(-(1 + g / 2) / s), 8);
  }

  private static double integral(DoubleUnaryOperator function, double to) {
    return new SimpsonIntegrator().integrate(10_000, function::applyAsDouble, 0, to);
  }

  @Test
  void aLayerThatIsNoneOfItShowsNoneOfIt() {
    // Full errors are 0 and residuals independent, but no chunk is a clone before w = W.
    Representation layer = new GaussianLayer(32, 4000, 1000, 1).representation();

    CriticalWidths widths = widths(layer, new int[] {2, 4, 8, 16, 31, 32});

    assertThat(widths.width(CloneSign.INTERPOLATION).orElseThrow()).isBetween(31.0, 32.0);
    assertThat(widths.width(CloneSign.RECONSTRUCTION).orElseThrow()).isBetween(31.0, 32.0);
    assertThat(widths.width(CloneSign.INDEPENDENCE)).hasValue(2);
    assertThat(widths.width(CloneSign.SCALING)).isEmpty();
    assertThat(widths.spread()).isEmpty();
  }

  @Test
  void aLayerOfCopiesIsOfClonesOfOneNeuron() {
    float[][] activities = new float[12][300];
    int[] labels = new int[300];
    for (int image = 0; image < 300; image++) {
      float activity = (float) Math.sin(image + 1);
      for (float[] neuron : activities) {
        neuron[image] = activity;
      }
      labels[image] = activity > 0 ? 1 : -1;
    }
    Split split = new Split(activities, labels);
    double[][] weights = new double[1][12];
    Arrays.fill(weights[0], 1);

    CriticalWidths widths =
        widths(
            new Representation("copies", split, split, new Readout(weights, new double[1])),
            new int[] {1, 2, 12});

    assertThat(widths.width(CloneSign.INTERPOLATION)).hasValue(1);
    assertThat(widths.width(CloneSign.RECONSTRUCTION)).hasValue(1);
    // Nothing is left to correlate, and no error to fall.
    assertThat(widths.width(CloneSign.INDEPENDENCE)).isEmpty();
    assertThat(widths.width(CloneSign.SCALING)).isEmpty();
    assertThat(widths.clones(CloneSign.INTERPOLATION)).hasValue(12);
  }

  @Test
  void aLayerThatDoesNotFitItsTrainingSetDoesNotInterpolate() {
    Representation layer =
        PlantedClones.ofWidth(32, 200, 2000, 1).withFeatures(1).withNoise(4).network(0);

    CriticalWidths widths = widths(layer, new int[] {16, 32});

    assertThat(widths.width(CloneSign.INTERPOLATION)).isEmpty();
    assertThat(widths.clones(CloneSign.INTERPOLATION)).isEmpty();
  }

  @Test
  void deadNeuronsWidenTheLayerButMakeNoClones() {
    Representation live =
        PlantedClones.ofWidth(64, 1000, 10_000, 7).withFeatures(1).withNoise(1).network(0);
    int[] sizes =
        IntStream.rangeClosed(8, 28).map(k -> (int) Math.round(Math.pow(2, k / 4.0))).toArray();
    int[] halves = IntStream.of(sizes).filter(size -> size <= 64).toArray();

    CriticalWidths alone = widths(live, halves);
    CriticalWidths all = widths(withDead(live, 64), sizes);

    CloneSign sign = CloneSign.INTERPOLATION;
    double critical = alone.width(sign).orElseThrow();
    assertThat(all.liveNeurons()).isEqualTo(64);
    assertThat(alone.liveNeurons()).isEqualTo(64);
    assertThat(alone.liveClones(sign)).isEqualTo(alone.clones(sign));
    // A random chunk of 2w holds w live ones, give or take: somewhat more neurons are needed.
    assertThat(all.liveWidth(sign).orElseThrow()).isBetween(critical, 1.4 * critical);
    assertThat(alone.clones(sign).orElseThrow())
        .isGreaterThan(all.clones(sign).orElseThrow())
        .isGreaterThan(2 * all.liveClones(sign).orElseThrow());
  }

  private static Representation withDead(Representation layer, int dead) {
    int width = layer.width();
    double[][] weights = {Arrays.copyOf(layer.readout().weights()[0], width + dead)};
    return new Representation(
        "with dead neurons",
        withDead(layer.test(), dead),
        withDead(layer.train(), dead),
        new Readout(weights, new double[1]));
  }

  private static Split withDead(Split split, int dead) {
    float[][] activities = Arrays.copyOf(split.activities(), split.width() + dead);
    for (int neuron = split.width(); neuron < activities.length; neuron++) {
      activities[neuron] = new float[split.images()];
    }
    return new Split(activities, split.labels());
  }

  @Test
  void clonesAreWidthsDivided() {
    CriticalWidths widths =
        new CriticalWidths(
            256,
            74,
            Map.of(
                CloneSign.INTERPOLATION, 32.0,
                CloneSign.RECONSTRUCTION, 48.0,
                CloneSign.INDEPENDENCE, 64.0,
                CloneSign.SCALING, 40.0));

    assertThat(widths.clones(CloneSign.INTERPOLATION)).hasValue(8);
    assertThat(widths.liveWidth(CloneSign.INTERPOLATION)).hasValue(9.25);
    assertThat(widths.liveClones(CloneSign.INTERPOLATION)).hasValue(74 / 32.0);
    assertThat(widths.spread()).hasValue(2);
  }

  @Test
  void theRulesSayTheirThresholds() {
    assertThat(CloneSign.INTERPOLATION.rule(THRESHOLDS)).contains("0.001");
    assertThat(CloneSign.RECONSTRUCTION.rule(THRESHOLDS)).contains("0.99");
    assertThat(CloneSign.INDEPENDENCE.rule(THRESHOLDS)).contains("0.03");
    assertThat(CloneSign.SCALING.rule(THRESHOLDS)).contains("-0.65");
  }

  @Test
  void thresholds_out_of_their_range_are_refused_by_name() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new CloneThresholds(0, 0.99, 0.03, -0.65))
        .withMessageContaining("training error of clones is 0.0, but must be in (0, 1)");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new CloneThresholds(1e-3, 1, 0.03, -0.65))
        .withMessageContaining("R² of clones is 1.0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new CloneThresholds(1e-3, 0.99, Double.POSITIVE_INFINITY, -0.65))
        .withMessageContaining("correlation of clones is Infinity");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new CloneThresholds(1e-3, 0.99, 0.03, Double.NEGATIVE_INFINITY))
        .withMessageContaining("slope of clones is -Infinity, but must be negative");
  }

  @Test
  void refusesBadInput() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new CriticalWidths(8, 9, Map.of()))
        .withMessageContaining("9 of 8");
    assertThatIllegalArgumentException().isThrownBy(() -> new CriticalWidths(8, 0, Map.of()));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new CriticalWidths(8, 8, Map.of(CloneSign.SCALING, 9.0)))
        .withMessageContaining("SCALING is 9.0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new CriticalWidths(8, 8, Map.of(CloneSign.SCALING, Double.NaN)));
    Representation wide = new GaussianLayer(16, 50, 50, 1).representation();
    Representation narrow = new GaussianLayer(8, 50, 50, 1).representation();
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                CriticalWidths.of(
                    ChunkError.measure(wide, new int[] {2, 16}, 2, 1),
                    0,
                    Reconstruction.measure(narrow.test(), new int[] {2}, 2, 1),
                    THRESHOLDS))
        .withMessageContaining("chunks of 16 neurons");
  }

  /** err∞ = 0.1 and a steep fall that ends: excess = w^-½ + 40·w^-2. */
  private static double[] bent(int[] sizes) {
    return Arrays.stream(sizes)
        .mapToDouble(w -> 0.1 + Math.pow(w, -0.5) + 40 * Math.pow(w, -2))
        .toArray();
  }

  @Test
  void the_scaling_starts_where_the_slope_of_a_smooth_curve_is_at_the_limit() {
    int[] dense = IntStream.rangeClosed(1, 400).toArray();
    // −(½ + 2·x)/(1 + x) = −0.65 with x = 40·w^-1.5 the ratio of the two terms: x = 1/9.
    double expected = Math.pow(40 * 9, 1 / 1.5);

    assertThat(START.of(dense, bent(dense), 0.1).orElseThrow())
        .isCloseTo(expected, within(0.01 * expected));
    int[] halvings = ChunkSizes.halvings(512);
    assertThat(START.of(halvings, bent(halvings), 0.1).orElseThrow())
        .isCloseTo(expected, within(0.1 * expected));
  }

  @Test
  void the_start_of_the_scaling_lies_as_far_between_sizes_as_the_limit_between_their_slopes() {
    // Slopes −2, −2, −0.5, −0.5: nine tenths of the way from √(8·16) to √(16·32).
    double[] errors = {1, 1 / 4.0, 1 / 16.0, 1 / 16.0 / Math.sqrt(2), 1 / 32.0};

    assertThat(START.of(SIZES, errors, 0).orElseThrow())
        .isCloseTo(8 * Math.sqrt(2) * Math.pow(2, 0.9), within(1e-9));
  }

  @Test
  void
      the_scaling_of_a_shallow_power_law_starts_at_its_first_size_and_that_of_a_steep_one_nowhere() {
    double[] half = Arrays.stream(SIZES).mapToDouble(w -> Math.pow(w, -0.5)).toArray();
    double[] one = Arrays.stream(SIZES).mapToDouble(w -> 1.0 / w).toArray();

    assertThat(START.of(SIZES, half, 0)).hasValue(4);
    assertThat(START.of(SIZES, one, 0)).isEmpty();
  }

  @Test
  void a_steep_slope_further_on_puts_off_the_start_of_the_scaling() {
    // Slopes −0.5, −2, −0.5, −0.5.
    double root = Math.sqrt(2);
    double[] errors = {1, 1 / root, 1 / root / 4, 1 / 8.0, 1 / root / 8};

    assertThat(START.of(SIZES, errors, 0).orElseThrow())
        .isCloseTo(8 * root * Math.pow(2, 0.9), within(1e-9));
  }

  @Test
  void no_scaling_starts_before_a_slope_that_is_not_known() {
    double[] lastBelow = {1, 0.25, 0.1, 0.08, -0.01};
    double[] secondBelow = {1, -0.01, 0.1, 0.08, 0.07};

    assertThat(START.of(SIZES, lastBelow, 0)).isEmpty();
    assertThat(START.of(SIZES, secondBelow, 0)).hasValue(16);
  }

  @Test
  void a_start_of_the_scaling_refuses_bad_input() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ScalingStart(0))
        .withMessageContaining("0.0");
    assertThatIllegalArgumentException().isThrownBy(() -> new ScalingStart(Double.NaN));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> START.of(new int[] {1}, new double[] {1}, 0));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> START.of(new int[] {1, 2}, new double[] {1, Double.NaN}, 0));
  }
}
