package mitosis.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import mitosis.representation.Split;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What moves no distance, or all in proportion, moves no dimension. */
class TwoNearestNeighboursPropertiesTest {

  static Stream<RandomLayer> layers() {
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
  void theOrderOfNeuronsDoesNotMatter(RandomLayer layer) {
    RandomLayer other = layer.permuted(new Permutations(layer.width(), 5).permutation(0));

    assertSame(
        TwoNearestNeighbours.of(other.test()), TwoNearestNeighbours.of(layer.test()), 1, 1e-12);
  }

  /** Neither rounds these activities. */
  @ParameterizedTest
  @MethodSource("layers")
  void shiftAndScaleDoNotMatter(RandomLayer layer) {
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
  void rotationDoesNotMatter(RandomLayer layer) {
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
