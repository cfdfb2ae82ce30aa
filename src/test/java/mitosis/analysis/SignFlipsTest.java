package mitosis.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.IntStream;
import mitosis.analysis.ResidualCorrelation.ChunkCorrelation;
import mitosis.representation.Split;
import org.apache.commons.math3.stat.regression.SimpleRegression;
import org.junit.jupiter.api.Test;

class SignFlipsTest {

  private static final int IMAGES = 2000;
  private static final int WIDTH = 40;
  private static final int FLIPS = 40;

  /**
   * On a tenth of the images the residuals of all neurons but the first are five times as large.
   */
  private static final double HARD_SHARE = 0.1;

  private static final double HARD = 5;

  /**
   * Independent noise on images of unequal difficulty. The first neuron is +1 or −1, so that its
   * regression, with an intercept, takes as much from every image.
   */
  private static Split unequal(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[][] activities = new float[WIDTH][IMAGES];
    for (int image = 0; image < IMAGES; image++) {
      double size = random.nextDouble() < HARD_SHARE ? HARD : 1;
      activities[0][image] = random.nextBoolean() ? 1 : -1;
      for (int neuron = 1; neuron < WIDTH; neuron++) {
        activities[neuron][image] =
            (float) (size * random.nextGaussian() + neuron * activities[0][image]);
      }
    }
    return new Split(activities, new int[IMAGES]);
  }

  private static int[] first(int size) {
    return IntStream.range(0, size).toArray();
  }

  private static SignFlips flip(Split layer, int size, int flips) {
    return SignFlips.ofChunk(layer, first(size), flips, 1).orElseThrow();
  }

  private static double[] residuals(float[] activity, float[] chunk) {
    SimpleRegression line = new SimpleRegression();
    IntStream.range(0, IMAGES).forEach(image -> line.addData(chunk[image], activity[image]));
    return IntStream.range(0, IMAGES)
        .mapToDouble(image -> activity[image] - line.predict(chunk[image]))
        .toArray();
  }

  /** Σ e_i² e_j² / (Σ e_i² · Σ e_j²), mean over pairs. */
  private static double meanSquareOfRandomSigns(double[][] residuals) {
    double sum = 0;
    int pairs = 0;
    for (int j = 0; j < residuals.length; j++) {
      for (int i = j + 1; i < residuals.length; i++) {
        double[] one = residuals[i];
        double[] other = residuals[j];
        double both =
            IntStream.range(0, IMAGES)
                .mapToDouble(image -> Math.pow(one[image] * other[image], 2))
                .sum();
        sum += both / (square(one) * square(other));
        pairs++;
      }
    }
    return sum / pairs;
  }

  private static double square(double[] values) {
    return Arrays.stream(values).map(value -> value * value).sum();
  }

  @Test
  void theObservedValuesAreThoseOfTheReconstruction() {
    Split layer =
        PlantedClones.ofWidth(48, 1500, 1, 2).withHiddenFactors(20, 0.3).network(0).test();
    // A copy inside the chunk, one that it rebuilds, and a dead neuron.
    layer.activities()[3] = layer.activities()[1].clone();
    layer.activities()[40] = layer.activities()[2].clone();
    Arrays.fill(layer.activities()[41], 7);
    for (int size : new int[] {1, 4, 16, 40}) {
      ChunkCorrelation.OffChunk expected =
          Reconstruction.ofChunk(layer, first(size)).correlation().offChunk().orElseThrow();

      SignFlips flips = flip(layer, size, 2);

      assertThat(flips.size()).isEqualTo(size);
      assertThat(flips.usable()).isEqualTo(expected.usable());
      assertThat(flips.absolute().observed()).isCloseTo(expected.absolute(), within(1e-9));
      assertThat(flips.excessSquare().observed()).isCloseTo(expected.excessSquare(), within(1e-9));
    }
  }

  @Test
  void theNullOfUnequalImagesIsTheClosedForm() {
    Split layer = unequal(3);
    double[][] residuals =
        IntStream.range(1, WIDTH)
            .mapToObj(neuron -> residuals(layer.activities()[neuron], layer.activities()[0]))
            .toArray(double[][]::new);
    double expected = meanSquareOfRandomSigns(residuals);

    SignFlips.Compared square = flip(layer, 1, FLIPS).excessSquare();

    // The regression on two numbers takes 2/N of the squares, as 1/(N−2) says of equal images.
    double floor = 1.0 / (IMAGES - 2);
    double error = 4 * square.deviation() / Math.sqrt(FLIPS) + expected * 2 / IMAGES;
    assertThat(square.mean() + floor).isCloseTo(expected, within(error));
    // Far above the floor: E h⁴ / (E h²)² = 5.48 times for images of sizes h.
    double fourth = 1 - HARD_SHARE + HARD_SHARE * Math.pow(HARD, 4);
    double second = 1 - HARD_SHARE + HARD_SHARE * HARD * HARD;
    assertThat(expected / floor).isCloseTo(fourth / (second * second), within(0.4));
    assertThat(error).isLessThan(0.1 * expected);
  }

  @Test
  void independentResidualsOfUnequalImagesAreTakenForChance() {
    SignFlips flips = flip(unequal(3), 1, FLIPS);

    // The floor alone would call them correlated.
    assertThat(flips.excessSquare().observed()).isGreaterThan(3.0 / IMAGES);
    assertThat(flips.excessSquare().share()).isGreaterThan(0.05);
    assertThat(flips.absolute().share()).isGreaterThan(0.05);
  }

  @Test
  void theShareIsEvenlySpreadForIndependentResiduals() {
    int layers = 60;
    double[] shares =
        IntStream.range(0, layers)
            .mapToDouble(seed -> flip(unequal(100 + seed), 12, 19).excessSquare().share())
            .toArray();

    // Of an even spread over 0.05, 0.10, …, 1; four standard errors.
    double deviation = Math.sqrt((20.0 * 20 - 1) / 12) / 20;
    assertThat(Arrays.stream(shares).average().orElseThrow())
        .as(Arrays.toString(shares))
        .isCloseTo(0.525, within(4 * deviation / Math.sqrt(layers)));
  }

  /** 120 of 400 images' worth is fitted; without a second regression the null would be 1/N. */
  @Test
  void theNullOfEqualImagesIsTheFloorHoweverLargeTheChunk() {
    Split layer = new GaussianLayer(160, 400, 1, 4).representation().test();
    double floor = 1.0 / (400 - 120 - 1);

    SignFlips flips = flip(layer, 120, FLIPS);

    double error = 4 * flips.excessSquare().deviation() / Math.sqrt(FLIPS);
    assertThat(flips.excessSquare().mean()).isCloseTo(0, within(error + 0.02 * floor));
    assertThat(error).isLessThan(0.2 * (floor - 1.0 / 400));
    assertThat(flips.absolute().mean())
        .isCloseTo(ChunkCorrelation.noiseFloor(400, 120), within(0.02 * Math.sqrt(floor)));
    assertThat(flips.excessSquare().share()).isGreaterThan(0.05);
  }

  @Test
  void whatNeuronsShareIsFound() {
    Split layer =
        PlantedClones.ofWidth(64, 1000, 1, 5).withHiddenFactors(32, 0.2).network(0).test();

    SignFlips flips = flip(layer, 16, FLIPS);

    assertThat(flips.absolute().share()).isEqualTo(1.0 / 41);
    assertThat(flips.excessSquare().share()).isEqualTo(1.0 / 41);
    assertThat(flips.absolute().observed()).isGreaterThan(3 * flips.absolute().mean());
  }

  @Test
  void theShareCountsTheObservedValueItself() {
    assertThat(SignFlips.Compared.of(2, new double[] {1, 2, 3, 4}))
        .isEqualTo(new SignFlips.Compared(2, 2.5, Math.sqrt(5.0 / 3), 4.0 / 5));
  }

  @Test
  void threadsDoNotMatterButSeedsDo() throws Exception {
    Split layer = unequal(6);
    ForkJoinPool one = new ForkJoinPool(1);
    ForkJoinPool three = new ForkJoinPool(3);
    try {
      assertThat(one.submit(() -> flip(layer, 4, 8)).get())
          .isEqualTo(three.submit(() -> flip(layer, 4, 8)).get());
    } finally {
      one.shutdown();
      three.shutdown();
    }
    assertThat(SignFlips.ofChunk(layer, first(4), 8, 2).orElseThrow().absolute().mean())
        .isNotEqualTo(flip(layer, 4, 8).absolute().mean());
  }

  @Test
  void isNothingWhereNoPairIsLeft() {
    Split layer = unequal(7);

    assertThat(SignFlips.ofChunk(layer, first(WIDTH), 2, 1)).isEmpty();
    assertThat(SignFlips.ofChunk(layer, first(WIDTH - 1), 2, 1)).isEmpty();
    Split few = new GaussianLayer(20, 12, 1, 1).representation().test();
    assertThat(SignFlips.ofChunk(few, first(11), 2, 1)).isEmpty();
    assertThat(SignFlips.ofChunk(few, first(10), 2, 1)).isPresent();
    float[][] copies = new float[5][];
    Arrays.fill(copies, layer.activities()[1]);
    assertThat(SignFlips.ofChunk(new Split(copies, new int[IMAGES]), first(1), 2, 1)).isEmpty();
  }

  @Test
  void refusesBadInput() {
    Split layer = unequal(8);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> SignFlips.ofChunk(layer, first(2), 1, 1))
        .withMessageContaining("flips is 1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SignFlips.ofChunk(layer, new int[] {1, 1}, 2, 1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SignFlips.ofChunk(layer, new int[] {WIDTH}, 2, 1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SignFlips.ofChunk(layer, new int[0], 2, 1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SignFlips.ofChunk(layer, new int[WIDTH], 2, 1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SignFlips.ofChunk(layer, new int[WIDTH + 1], 2, 1));
  }
}
