package mitosis.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import mitosis.representation.Split;
import mitosis.representation.SubjectSource.RepresentationFolder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TwoNearestNeighboursTest {

  private static final Path SUBJECT = Path.of("fixtures/subject-pmnist-w64");

  private static Split layer(int width, int images, double mean, double deviation) {
    SplittableRandom random = new SplittableRandom(4);
    float[][] activities = new float[width][images];
    for (float[] activity : activities) {
      for (int image = 0; image < images; image++) {
        activity[image] = (float) (mean + deviation * random.nextGaussian());
      }
    }
    return new Split(activities, new int[images]);
  }

  /** All pairs, from the definition. */
  private static TwoNearestNeighbours byDefinition(Split split) {
    int images = split.images();
    double[] first = new double[images];
    double[] second = new double[images];
    for (int i = 0; i < images; i++) {
      double[] squares = new double[images];
      for (float[] activity : split.activities()) {
        for (int j = 0; j < images; j++) {
          double apart = (double) activity[i] - activity[j];
          squares[j] += apart * apart;
        }
      }
      squares[i] = Double.POSITIVE_INFINITY;
      Arrays.sort(squares);
      first[i] = Math.sqrt(squares[0]);
      second[i] = Math.sqrt(squares[1]);
    }
    return new TwoNearestNeighbours(first, second);
  }

  private static void assertSameDistances(
      TwoNearestNeighbours found, TwoNearestNeighbours expected) {
    assertThat(found.first()).isEqualTo(expected.first());
    assertThat(found.second()).isEqualTo(expected.second());
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 64, 65, 128, 300})
  void distancesAreThoseOfAllPairs(int images) {
    Split split = layer(7, images, 0, 1);

    assertSameDistances(TwoNearestNeighbours.of(split), byDefinition(split));
  }

  /** Differences of 1e-3 beside activities of 1e4: inner products lose ten digits of twelve. */
  @Test
  void pointsFarFromTheOriginLoseNoDigit() {
    Split split = layer(6, 200, 1e4, 1e-2);

    assertSameDistances(TwoNearestNeighbours.of(split), byDefinition(split));
  }

  /** Within a cluster squared distances are 1e-15 of the squares: as much as products round. */
  @Test
  void clustersFarApartLoseNoDigit() {
    Split split = layer(20, 400, 0, 1e-4);
    for (float[] activity : split.activities()) {
      for (int image = 0; image < 400; image++) {
        activity[image] += 1000 * (image % 3);
      }
    }

    TwoNearestNeighbours found = TwoNearestNeighbours.of(split);

    assertSameDistances(found, byDefinition(split));
    assertThat(Arrays.stream(found.second()).max().orElseThrow()).isLessThan(1e-2);
  }

  /**
   * Two clusters of more points than a block has, a thousand times as far apart as they are wide:
   * single precision cannot tell who is near, so that pairs of different blocks are looked at
   * again.
   */
  @Test
  void clustersOfManyBlocksLoseNoDigit() {
    Split split = layer(12, 900, 0, 1e-3);
    for (float[] activity : split.activities()) {
      for (int image = 0; image < 900; image++) {
        activity[image] += image % 2;
      }
    }

    assertSameDistances(TwoNearestNeighbours.of(split), byDefinition(split));
  }

  /** Of points in many blocks, single precision rules nearly all pairs out. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 40})
  void distancesAmongManyBlocksAreThoseOfAllPairs(int width) {
    Split split = layer(width, 1500, 3, 1);

    assertSameDistances(TwoNearestNeighbours.of(split), byDefinition(split));
  }

  /** Squares of activities beyond 1e19, or below 1e-23, are no numbers of single precision. */
  @ParameterizedTest
  @ValueSource(doubles = {1e37, 1e-30})
  void neitherLargeNorSmallActivitiesLoseADigit(double deviation) {
    Split split = layer(5, 600, 0, deviation);

    assertSameDistances(TwoNearestNeighbours.of(split), byDefinition(split));
  }

  /** One neuron is active on a single image, beside which all else is tiny. */
  @Test
  void anOutlierHidesNoNeighbours() {
    Split split = layer(5, 600, 0, 1e-20);
    split.activities()[2][17] = 1e18f;

    assertSameDistances(TwoNearestNeighbours.of(split), byDefinition(split));
  }

  @Test
  void pointsOfAGridAreEquallyFar() {
    float[][] grid = new float[2][100];
    for (int i = 0; i < 100; i++) {
      grid[0][i] = i % 10;
      grid[1][i] = i / 10;
    }

    TwoNearestNeighbours found = TwoNearestNeighbours.of(new Split(grid, new int[100]));

    assertThat(found.first()).containsOnly(1);
    assertThat(found.second()).containsOnly(1);
    assertThat(found.meanDistance()).isEqualTo(1);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> found.fittedDimension(0.9))
        .withMessageContaining("equally far");
    assertThatIllegalArgumentException().isThrownBy(found::likeliestDimension);
  }

  /** Three neurons say the same of 0, 1, 3 and 7, and −0 is 0. */
  @Test
  void imagesThatALayerSeesAlikeCountOnce() {
    float[][] activities = {{0, 1, 1, 3, -0f, 7, 3}, {5, 5, 5, 5, 5, 5, 5}, {0, 2, 2, 6, 0, 14, 6}};

    TwoNearestNeighbours found = TwoNearestNeighbours.of(new Split(activities, new int[7]));

    double unit = Math.sqrt(5);
    assertThat(found.first()).containsExactly(unit, unit, 2 * unit, 4 * unit);
    assertThat(found.second()).containsExactly(3 * unit, 2 * unit, 3 * unit, 6 * unit);
    assertThat(found.meanDistance()).isCloseTo(22 * unit / 8, within(1e-12));
  }

  /** DADApy, {@code compute_id_2NN(algorithm="base", fraction=0.9)}; see expected.json. */
  @Test
  void theFitIsThatOfDadapy() throws IOException {
    double expected =
        new ObjectMapper()
            .readTree(SUBJECT.resolve("expected.json").toFile())
            .get("intrinsic_dimension_2nn_fraction_0.9")
            .asDouble();

    TwoNearestNeighbours found =
        TwoNearestNeighbours.of(new RepresentationFolder(SUBJECT).read().test());

    assertThat(found.fittedDimension(0.9)).isCloseTo(expected, within(1e-9));
  }

  /** Ratios at the quantiles i/n of Pareto's law lie on the line exactly. */
  @ParameterizedTest
  @ValueSource(doubles = {0.5, 2, 12, 40})
  void theFitFindsParetosExponent(double dimension) {
    int n = 50;
    double[] second =
        IntStream.rangeClosed(1, n)
            .mapToDouble(i -> i == n ? 1e9 : Math.pow(1 - i / (double) n, -1 / dimension))
            .toArray();
    double[] first = new double[n];
    Arrays.fill(first, 1);

    TwoNearestNeighbours neighbours = new TwoNearestNeighbours(first, second);

    assertThat(neighbours.fittedDimension(0.9)).isCloseTo(dimension, within(1e-9));
  }

  /** n / Σ log μ: with every ratio e^(1/d) it is d. */
  @Test
  void theLikeliestDimensionIsTheInverseOfTheMeanLogarithm() {
    double[] first = {1, 2, 3};
    double[] second = Arrays.stream(first).map(r -> r * Math.exp(0.25)).toArray();

    assertThat(new TwoNearestNeighbours(first, second).likeliestDimension())
        .isCloseTo(4, within(1e-12));
  }

  @Test
  void threadsDoNotMatter() throws Exception {
    Split split = layer(20, 700, 3, 1);
    ForkJoinPool one = new ForkJoinPool(1);
    ForkJoinPool three = new ForkJoinPool(3);
    try {
      assertSameDistances(
          one.submit(() -> TwoNearestNeighbours.of(split)).get(),
          three.submit(() -> TwoNearestNeighbours.of(split)).get());
    } finally {
      one.shutdown();
      three.shutdown();
    }
  }

  @Test
  void refusesBadInput() {
    Split twoDiffer = new Split(new float[][] {{1, 1, 2, 2}}, new int[4]);
    Split dead = new Split(new float[3][9], new int[9]);
    TwoNearestNeighbours neighbours = TwoNearestNeighbours.of(layer(2, 10, 0, 1));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> TwoNearestNeighbours.of(twoDiffer))
        .withMessageContaining("there are 2");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TwoNearestNeighbours.of(dead))
        .withMessageContaining("there are 1");
    for (double fraction : new double[] {0, 1, Double.NaN, 0.01}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> neighbours.fittedDimension(fraction))
          .withMessageContaining(Double.toString(fraction));
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new TwoNearestNeighbours(new double[] {1}, new double[] {0.5}))
        .withMessageContaining("image 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new TwoNearestNeighbours(new double[] {0}, new double[] {1}));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new TwoNearestNeighbours(new double[1], new double[2]));
  }

  private static Stream<RandomLayer> layers() {
    return RandomLayer.layers();
  }

  private static void assertSame(
      TwoNearestNeighbours found, TwoNearestNeighbours expected, double scale, double tolerance) {
    for (int image = 0; image < expected.images(); image++) {
      assertThat(found.first()[image] / (scale * expected.first()[image]))
          .isCloseTo(1, within(tolerance));
      assertThat(found.second()[image] / (scale * expected.second()[image]))
          .isCloseTo(1, within(tolerance));
    }
    assertThat(found.fittedDimension(0.9) / expected.fittedDimension(0.9))
        .isCloseTo(1, within(100 * tolerance));
    assertThat(found.likeliestDimension() / expected.likeliestDimension())
        .isCloseTo(1, within(100 * tolerance));
  }

  @ParameterizedTest
  @MethodSource("layers")
  void the_order_of_neurons_changes_no_distance(RandomLayer layer) {
    RandomLayer other = layer.permuted(new Permutations(layer.width(), 5).permutation(0));

    assertSame(
        TwoNearestNeighbours.of(other.test()), TwoNearestNeighbours.of(layer.test()), 1, 1e-12);
  }

  /** Neither rounds these activities. */
  @ParameterizedTest
  @MethodSource("layers")
  void shifts_change_no_distance_and_scales_change_all_in_proportion(RandomLayer layer) {
    SplittableRandom random = layer.random();
    float scale = (float) Math.pow(2, random.nextInt(-3, 4));
    float[] shifts = new float[layer.width()];
    for (int neuron = 0; neuron < shifts.length; neuron++) {
      shifts[neuron] = random.nextInt(-500, 501);
    }

    assertSame(
        TwoNearestNeighbours.of(layer.mapped(scale, shifts)),
        TwoNearestNeighbours.of(layer.test()),
        scale,
        1e-12);
  }

  /** Rotated activities are rounded to floats again. */
  @ParameterizedTest
  @MethodSource("layers")
  void rotations_change_no_distance(RandomLayer layer) {
    assertSame(
        TwoNearestNeighbours.of(rotated(layer.test(), layer.random())),
        TwoNearestNeighbours.of(layer.test()),
        1,
        1e-5);
  }

  /** Turns each neighbouring pair of neurons by a random angle. */
  private static Split rotated(Split split, SplittableRandom random) {
    double[][] turned = new double[split.width()][split.images()];
    for (int neuron = 0; neuron < turned.length; neuron++) {
      float[] activity = split.activities()[neuron];
      Arrays.setAll(turned[neuron], image -> activity[image]);
    }
    for (int neuron = 1; neuron < turned.length; neuron++) {
      double angle = random.nextDouble(2 * Math.PI);
      for (int image = 0; image < split.images(); image++) {
        double x = turned[neuron - 1][image];
        double y = turned[neuron][image];
        turned[neuron - 1][image] = Math.cos(angle) * x - Math.sin(angle) * y;
        turned[neuron][image] = Math.sin(angle) * x + Math.cos(angle) * y;
      }
    }
    float[][] activities = new float[turned.length][split.images()];
    for (int neuron = 0; neuron < turned.length; neuron++) {
      for (int image = 0; image < split.images(); image++) {
        activities[neuron][image] = (float) turned[neuron][image];
      }
    }
    return new Split(activities, split.labels());
  }
}
