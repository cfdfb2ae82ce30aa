package mitosis.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.IntStream;
import mitosis.analysis.Reconstruction.ChunkReconstruction;
import mitosis.analysis.ResidualCorrelation.ChunkCorrelation;
import mitosis.representation.Representation;
import mitosis.representation.Split;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.MatrixUtils;
import org.apache.commons.math3.linear.QRDecomposition;
import org.apache.commons.math3.linear.RealMatrix;
import org.junit.jupiter.api.Test;

class ReconstructionTest {

  private static final int[] SIZES = {1, 2, 5, 11, 12};

  /** Twelve neurons that mix five factors, plus a little noise, about means that differ. */
  private static float[][] mixtures(int images, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[][] loadings = new double[12][5];
    for (double[] row : loadings) {
      Arrays.setAll(row, i -> random.nextGaussian());
    }
    float[][] activities = new float[12][images];
    for (int image = 0; image < images; image++) {
      double[] factors = random.doubles(5, -1, 1).toArray();
      for (int neuron = 0; neuron < 12; neuron++) {
        double sum = neuron + 0.1 * random.nextGaussian();
        for (int factor = 0; factor < 5; factor++) {
          sum += loadings[neuron][factor] * factors[factor];
        }
        activities[neuron][image] = (float) sum;
      }
    }
    return activities;
  }

  private static Split split(float[][] activities) {
    return new Split(activities, new int[activities[0].length]);
  }

  @Test
  void inSampleIsLeastSquares() {
    float[][] activities = mixtures(300, 1);
    int[] chunk = {7, 2, 9};

    assertThat(Reconstruction.ofChunk(split(activities), chunk).r2())
        .isCloseTo(
            leastSquares(activities, chunk, every(300, 0, 1), every(300, 0, 1)), within(1e-9));
  }

  @Test
  void heldOutFitsOneHalfAndJudgesTheOther() {
    float[][] activities = mixtures(301, 2);
    int[] even = every(301, 0, 2);
    int[] odd = every(301, 1, 2);
    for (int[] chunk : new int[][] {{4}, {7, 2, 9}, {0, 1, 2, 3, 4, 5, 6, 8, 9, 10, 11}}) {
      double expected =
          0.5
              * (leastSquares(activities, chunk, even, odd)
                  + leastSquares(activities, chunk, odd, even));

      assertThat(Reconstruction.ofChunk(split(activities), chunk).heldOutR2().orElseThrow())
          .isCloseTo(expected, within(1e-9));
    }
  }

  /** By QR decomposition of the images themselves, with an intercept. */
  private static double leastSquares(float[][] activities, int[] chunk, int[] fit, int[] judged) {
    RealMatrix predictors = design(activities, chunk, fit);
    RealMatrix targets = targets(activities, fit);
    RealMatrix coefficients = new QRDecomposition(predictors).getSolver().solve(targets);
    RealMatrix truth = targets(activities, judged);
    RealMatrix residuals = truth.subtract(design(activities, chunk, judged).multiply(coefficients));
    double unexplained = Math.pow(residuals.getFrobeniusNorm(), 2);
    return 1 - unexplained / total(activities, judged);
  }

  private static double total(float[][] activities, int[] images) {
    RealMatrix truth = targets(activities, images);
    double total = 0;
    for (int neuron = 0; neuron < activities.length; neuron++) {
      double mean = Arrays.stream(truth.getColumn(neuron)).average().orElseThrow();
      total += Arrays.stream(truth.getColumn(neuron)).map(x -> (x - mean) * (x - mean)).sum();
    }
    return total;
  }

  private static RealMatrix design(float[][] activities, int[] chunk, int[] images) {
    RealMatrix design = MatrixUtils.createRealMatrix(images.length, chunk.length + 1);
    for (int i = 0; i < images.length; i++) {
      design.setEntry(i, chunk.length, 1);
      for (int j = 0; j < chunk.length; j++) {
        design.setEntry(i, j, activities[chunk[j]][images[i]]);
      }
    }
    return design;
  }

  private static RealMatrix targets(float[][] activities, int[] images) {
    int[] all = IntStream.range(0, activities.length).toArray();
    RealMatrix design = design(activities, all, images);
    return new Array2DRowRealMatrix(
        design.getSubMatrix(0, images.length - 1, 0, all.length - 1).getData());
  }

  private static int[] every(int images, int first, int step) {
    return IntStream.range(first, images).filter(i -> (i - first) % step == 0).toArray();
  }

  @Test
  void theFullLayerRebuildsItselfAndLeavesNothingToCorrelate() {
    Reconstruction rebuilt = Reconstruction.measure(split(mixtures(300, 3)), SIZES, 20, 1);

    assertThat(rebuilt.r2At(12)).isEqualTo(new MeanOverChunks(1, 0, 20));
    assertThat(rebuilt.heldOutR2At(12)).isEqualTo(new MeanOverChunks(1, 0, 20));
    ResidualCorrelation last = rebuilt.correlations().get(4);
    assertThat(last.size()).isEqualTo(12);
    assertThat(last.offChunk()).isEmpty();
    assertThat(last.byCode().mean()).isZero();
    // One neuron outside the chunk makes no pair either.
    assertThat(rebuilt.correlations().get(3).offChunk()).isEmpty();
    assertThat(rebuilt.correlations().get(2).offChunk()).isPresent();
  }

  @Test
  void everyNeuronAddsToWhatIsExplained() {
    Reconstruction rebuilt = Reconstruction.measure(split(mixtures(300, 3)), SIZES, 20, 1);

    assertThat(rebuilt.r2()).extracting(MeanOverChunks::mean).isSorted();
    assertThat(rebuilt.r2().get(0).mean()).isBetween(0.05, 0.6);
    assertThat(rebuilt.r2().get(5).mean()).isGreaterThan(0.98);
  }

  @Test
  void theOrderOfNeuronsOutsideAndInsideTheChunkDoesNotMatter() {
    Split layer = split(mixtures(300, 4));
    float[][] reversed = new float[12][];
    Arrays.setAll(reversed, neuron -> layer.activities()[11 - neuron]);

    assertSame(
        Reconstruction.ofChunk(layer, new int[] {3, 8, 5}),
        Reconstruction.ofChunk(split(reversed), new int[] {6, 8, 3}),
        1e-9);
  }

  @Test
  void shiftsOfTheActivitiesDoNotMatter() {
    float[][] activities = mixtures(300, 5);
    float[][] shifted = new float[12][300];
    for (int neuron = 0; neuron < 12; neuron++) {
      for (int image = 0; image < 300; image++) {
        shifted[neuron][image] = activities[neuron][image] + 32;
      }
    }
    int[] chunk = {0, 6, 1, 2};

    // Adding 32 rounds a float at its sixth digit.
    assertSame(
        Reconstruction.ofChunk(split(activities), chunk),
        Reconstruction.ofChunk(split(shifted), chunk),
        1e-4);
  }

  @Test
  void scaleMattersToEquationTwoAlone() {
    float[][] activities = mixtures(300, 6);
    float[][] scaled = new float[12][300];
    for (int neuron = 0; neuron < 12; neuron++) {
      for (int image = 0; image < 300; image++) {
        scaled[neuron][image] = activities[neuron][image] / 1024;
      }
    }
    int[] chunk = {0, 6, 1, 2, 7, 8};
    ChunkReconstruction before = Reconstruction.ofChunk(split(activities), chunk);
    ChunkReconstruction after = Reconstruction.ofChunk(split(scaled), chunk);

    assertThat(after.r2()).isCloseTo(before.r2(), within(1e-4));
    assertThat(after.correlation().offChunk().orElseThrow().absolute())
        .isCloseTo(before.correlation().offChunk().orElseThrow().absolute(), within(1e-3));
    assertThat(after.correlation().byPaper()).isLessThan(0.1 * before.correlation().byPaper());
  }

  private static void assertSame(
      ChunkReconstruction actual, ChunkReconstruction expected, double tolerance) {
    assertThat(actual.r2()).isCloseTo(expected.r2(), within(tolerance));
    assertThat(actual.heldOutR2().orElseThrow())
        .isCloseTo(expected.heldOutR2().orElseThrow(), within(tolerance));
    assertThat(actual.correlation().byCode())
        .isCloseTo(expected.correlation().byCode(), within(tolerance));
    assertThat(actual.correlation().byPaper())
        .isCloseTo(expected.correlation().byPaper(), within(tolerance));
    assertThat(actual.correlation().offChunk().orElseThrow().absolute())
        .isCloseTo(expected.correlation().offChunk().orElseThrow().absolute(), within(tolerance));
  }

  @Test
  void exactCopiesAreRebuiltAndLeftOutOfCorrelations() {
    float[][] activities = mixtures(300, 7);
    activities[1] = activities[0].clone();
    activities[2] = activities[0].clone();

    ChunkReconstruction rebuilt = Reconstruction.ofChunk(split(activities), new int[] {0, 1, 5});
    ChunkReconstruction without = Reconstruction.ofChunk(split(activities), new int[] {0, 5});

    assertThat(rebuilt.r2()).isCloseTo(without.r2(), within(1e-9));
    assertThat(rebuilt.heldOutR2().orElseThrow())
        .isCloseTo(without.heldOutR2().orElseThrow(), within(1e-9));
    ChunkCorrelation.OffChunk offChunk = rebuilt.correlation().offChunk().orElseThrow();
    assertThat(offChunk.usable()).isEqualTo(8);
    assertThat(offChunk.rebuilt()).isEqualTo(1);
  }

  @Test
  void aLayerOfCopiesIsRebuiltByOneNeuron() {
    float[][] activities = mixtures(300, 8);
    Arrays.fill(activities, activities[4]);

    Reconstruction rebuilt = Reconstruction.measure(split(activities), SIZES, 5, 1);

    assertThat(rebuilt.r2At(1).mean()).isCloseTo(1, within(1e-9));
    assertThat(rebuilt.heldOutR2At(1).mean()).isCloseTo(1, within(1e-9));
    assertThat(rebuilt.correlations()).allMatch(sizes -> sizes.offChunk().isEmpty());
  }

  @Test
  void moreNeuronsThanImagesAreRebuiltInSample() {
    float[][] activities = new GaussianLayer(40, 20, 1, 1).representation().test().activities();

    Reconstruction rebuilt = Reconstruction.measure(split(activities), new int[] {19}, 5, 1);

    assertThat(rebuilt.r2At(19).mean()).isCloseTo(1, within(1e-6));
    assertThat(rebuilt.r2()).extracting(MeanOverChunks::mean).isSorted();
    assertThat(rebuilt.heldOutR2()).hasSize(4);
    assertThat(rebuilt.correlations().get(0).offChunk()).isEmpty();
  }

  @Test
  void deadNeuronsAreCountedAndChangeNothingElse() {
    float[][] activities = mixtures(300, 9);
    float[][] withDead = Arrays.copyOf(activities, 14);
    withDead[12] = new float[300];
    withDead[13] = new float[300];
    Arrays.fill(withDead[13], 0.1f);

    ChunkReconstruction live = Reconstruction.ofChunk(split(activities), new int[] {3, 8});
    ChunkReconstruction both = Reconstruction.ofChunk(split(withDead), new int[] {12, 3, 13, 8});

    assertThat(Reconstruction.measure(split(withDead), SIZES, 2, 1).liveNeurons()).isEqualTo(12);
    assertThat(both.r2()).isCloseTo(live.r2(), within(1e-12));
    assertThat(both.heldOutR2().orElseThrow())
        .isCloseTo(live.heldOutR2().orElseThrow(), within(1e-12));
    assertThat(both.correlation().offChunk().orElseThrow().absolute())
        .isCloseTo(live.correlation().offChunk().orElseThrow().absolute(), within(1e-12));
    assertThat(both.correlation().offChunk().orElseThrow().rebuilt()).isZero();
    // The published form averages over the dead ones' pairs too: 66 pairs of 12, 91 of 14.
    assertThat(both.correlation().byCode())
        .isCloseTo(live.correlation().byCode() * 66 / 91, within(1e-12));
  }

  @Test
  void aNeuronThatIsDeadOnOneHalfIsNotRebuiltFromIt() {
    float[][] activities = mixtures(300, 10);
    for (int image = 0; image < 300; image += 2) {
      activities[11][image] = 3;
    }
    double evenToOdd =
        leastSquares(activities, new int[] {1, 2}, every(300, 0, 2), every(300, 1, 2));
    double oddToEven =
        leastSquares(activities, new int[] {1, 2}, every(300, 1, 2), every(300, 0, 2));

    assertThat(
            Reconstruction.ofChunk(split(activities), new int[] {1, 2}).heldOutR2().orElseThrow())
        .isCloseTo(0.5 * (evenToOdd + oddToEven), within(1e-9));
    assertThat(Reconstruction.ofChunk(split(activities), new int[] {11, 1, 2}).r2())
        .isBetween(0.0, 1.0);
  }

  /** Large activities, so that what is left of their sums by rounding is above the penalty. */
  @Test
  void aNeuronThatIsAMixtureOfOthersOnOneHalfPredictsNothingThere() {
    SplittableRandom random = new SplittableRandom(14);
    float[][] activities = new float[12][400];
    for (float[] activity : activities) {
      for (int image = 0; image < 400; image++) {
        activity[image] = random.nextInt(-8192, 8192);
      }
    }
    for (int image = 0; image < 400; image += 2) {
      activities[2][image] = 3 * activities[0][image] - 5 * activities[1][image];
    }
    int[] even = every(400, 0, 2);
    int[] odd = every(400, 1, 2);
    // Fitted to even images it adds nothing to neurons 0 and 1, but is itself in the chunk.
    double own = 0;
    for (int image : odd) {
      own +=
          Math.pow(activities[2][image] - 3 * activities[0][image] + 5 * activities[1][image], 2);
    }
    double evenToOdd =
        leastSquares(activities, new int[] {0, 1}, even, odd) + own / total(activities, odd);
    double oddToEven = leastSquares(activities, new int[] {0, 1, 2}, odd, even);

    assertThat(
            Reconstruction.ofChunk(split(activities), new int[] {0, 1, 2})
                .heldOutR2()
                .orElseThrow())
        .isCloseTo(0.5 * (evenToOdd + oddToEven), within(1e-9));
  }

  @Test
  void aSelectionIsMeasuredAsIfItWereAllThatThereIs() {
    float[][] activities = mixtures(300, 15);
    // Pairs of neighbours, so that a copy of the selection has the same halves.
    int[] chosen = IntStream.range(0, 300).filter(image -> image / 2 % 4 != 1).toArray();
    float[][] copied = new float[12][chosen.length];
    for (int neuron = 0; neuron < 12; neuron++) {
      for (int i = 0; i < chosen.length; i++) {
        copied[neuron][i] = activities[neuron][chosen[i]];
      }
    }

    assertThat(Reconstruction.measureOn(split(activities), chosen, SIZES, 20, 1))
        .isEqualTo(Reconstruction.measure(split(copied), SIZES, 20, 1));
  }

  @Test
  void aSelectedImageStaysInTheHalfOfItsNumber() {
    float[][] activities = mixtures(300, 16);
    // 0 1 3 5 6 8 10 11 …: even numbers are not at even places.
    int[] chosen = IntStream.range(0, 300).filter(i -> i % 5 == 0 || i % 5 % 2 == 1).toArray();
    int[] even = IntStream.of(chosen).filter(image -> image % 2 == 0).toArray();
    int[] odd = IntStream.of(chosen).filter(image -> image % 2 == 1).toArray();
    int[] chunk = new Permutations(12, 1).permutation(0);
    int[] other = new Permutations(12, 1).permutation(1);

    double expected = 0;
    for (int[] order : new int[][] {chunk, other}) {
      int[] first = Arrays.copyOf(order, 5);
      expected += 0.25 * leastSquares(activities, first, even, odd);
      expected += 0.25 * leastSquares(activities, first, odd, even);
    }

    Reconstruction rebuilt =
        Reconstruction.measureOn(split(activities), chosen, new int[] {5}, 2, 1);
    assertThat(rebuilt.images()).isEqualTo(180);
    assertThat(rebuilt.heldOutR2At(5).mean()).isCloseTo(expected, within(1e-9));
  }

  @Test
  void refusesASelectionThatCannotBeHalved() {
    Split layer = split(mixtures(300, 13));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> Reconstruction.measureOn(layer, every(300, 0, 2), SIZES, 5, 1))
        .withMessageContaining("150 of the chosen images are even and 0 odd");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Reconstruction.measureOn(layer, every(301, 280, 1), SIZES, 5, 1))
        .withMessageContaining("chosen image 20 is number 300");
    int[] twice = every(300, 0, 1);
    twice[7] = 6;
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Reconstruction.measureOn(layer, twice, SIZES, 5, 1))
        .withMessageContaining("chosen image 7 is number 6");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Reconstruction.measureOn(layer, every(9, 0, 1), SIZES, 5, 1))
        .withMessageContaining("9");
  }

  @Test
  void independentNoiseIsAtItsFloorAndRebuildsInProportion() {
    Split noise = new GaussianLayer(64, 4000, 1, 5).representation().test();

    Reconstruction rebuilt = Reconstruction.measure(noise, new int[] {16, 32}, 20, 1);

    // Regression on w useless neurons explains w/N of the rest in sample, and −w/(N/2) held out.
    assertThat(rebuilt.r2At(16).mean()).isCloseTo(0.25 + 0.75 * 16 / 4000, within(0.003));
    assertThat(rebuilt.heldOutR2At(16).mean()).isCloseTo(0.25 - 0.75 * 16 / 2000, within(0.003));
    for (ResidualCorrelation correlation : rebuilt.correlations()) {
      ResidualCorrelation.OffChunk offChunk = correlation.offChunk().orElseThrow();
      assertThat(offChunk.noiseFloor())
          .isCloseTo(Math.sqrt(2 / (Math.PI * (3999 - correlation.size()))), within(1e-15));
      assertThat(offChunk.absolute().mean()).isCloseTo(offChunk.noiseFloor(), within(5e-4));
      assertThat(offChunk.excessSquare().mean()).isCloseTo(0, within(2e-5));
    }
  }

  @Test
  void threadsDoNotMatter() throws Exception {
    Split layer = split(mixtures(300, 11));
    ForkJoinPool one = new ForkJoinPool(1);
    ForkJoinPool three = new ForkJoinPool(3);
    try {
      assertThat(one.submit(() -> Reconstruction.measure(layer, SIZES, 30, 9)).get())
          .isEqualTo(three.submit(() -> Reconstruction.measure(layer, SIZES, 30, 9)).get());
    } finally {
      one.shutdown();
      three.shutdown();
    }
  }

  @Test
  void refusesToJudgeChunksThatAreLargeForTheImages() {
    Reconstruction rebuilt = Reconstruction.measure(split(mixtures(54, 12)), SIZES, 2, 1);

    assertThat(rebuilt.heldOutR2()).hasSize(10);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> rebuilt.heldOutR2At(11))
        .withMessageContaining("chunk size is 11")
        .withMessageContaining("a fifth of the 54 images");
    assertThat(Reconstruction.ofChunk(split(mixtures(54, 12)), every(12, 1, 1)).heldOutR2())
        .isEmpty();
  }

  @Test
  void refusesBadInput() {
    Split layer = split(mixtures(300, 13));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> Reconstruction.measure(layer, new int[] {4, 13}, 5, 1))
        .withMessageContaining("13");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Reconstruction.measure(layer, new int[] {4, 4}, 5, 1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Reconstruction.measure(layer, new int[] {0}, 5, 1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Reconstruction.measure(layer, SIZES, 1, 1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Reconstruction.measure(split(mixtures(9, 1)), SIZES, 5, 1))
        .withMessageContaining("9");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Reconstruction.measure(split(new float[12][300]), SIZES, 5, 1))
        .withMessageContaining("none of the 12 neurons is live");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Reconstruction.ofChunk(layer, new int[] {1, 1}))
        .withMessageContaining("neuron 1 of the chunk is 1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Reconstruction.ofChunk(layer, new int[] {12}));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Reconstruction.ofChunk(layer, new int[0]));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Reconstruction.measure(layer, SIZES, 5, 1).r2At(13));
  }

  @Test
  void one_factorisation_for_all_sizes_gives_what_a_regression_for_each_chunk_does() {
    Representation layer = ManyClassesLayer.of(160, 7, 900, 1500);
    RegressionByChunk regression = new RegressionByChunk(layer);
    int[] order = new Permutations(160, 3).permutation(0);
    for (int size : new int[] {1, 5, 31, 33, 64, 100, 130, 159}) {
      int[] chunk = Arrays.copyOf(order, size);
      RegressionByChunk.Measured expected = regression.measure(chunk);
      ChunkReconstruction rebuilt = Reconstruction.ofChunk(layer.test(), chunk);
      ChunkError.Errors errors = ChunkError.ofChunk(layer, chunk);

      assertThat(rebuilt.r2()).isCloseTo(expected.r2(), within(1e-10));
      assertThat(rebuilt.correlation().byCode()).isCloseTo(expected.byCode(), within(1e-9));
      assertThat(rebuilt.correlation().byPaper()).isCloseTo(expected.byPaper(), within(1e-9));
      assertThat(errors)
          .isEqualTo(new ChunkError.Errors(expected.testError(), expected.trainError()));
    }
  }
}
