package mitosis.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.IntStream;
import mitosis.representation.Readout;
import mitosis.representation.Representation;
import mitosis.representation.Split;
import mitosis.representation.SubjectSource.RepresentationFolder;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.linear.SingularValueDecomposition;
import org.apache.commons.math3.stat.regression.OLSMultipleLinearRegression;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class RetrainedReadoutTest {

  private static final int[] SIZES = {1, 5, 16};

  private static Representation subject;

  @BeforeAll
  static void read() {
    subject = new RepresentationFolder(Path.of("fixtures/subject-pmnist-w64")).read();
  }

  /** Image by feature. */
  private static double[][] features(Split split, int[] neurons) {
    double[][] features = new double[split.images()][neurons.length];
    for (int image = 0; image < features.length; image++) {
      for (int i = 0; i < neurons.length; i++) {
        features[image][i] = split.activities()[neurons[i]][image];
      }
    }
    return features;
  }

  /** The test error of an ordinary regression by Commons Math, which knows no penalty. */
  private static double regressionError(double[][] train, double[][] test) {
    OLSMultipleLinearRegression regression = new OLSMultipleLinearRegression();
    regression.newSampleData(
        Arrays.stream(subject.train().labels()).asDoubleStream().toArray(), train);
    double[] coefficients = regression.estimateRegressionParameters();
    int wrong = 0;
    for (int image = 0; image < test.length; image++) {
      double output = coefficients[0];
      for (int i = 0; i < test[image].length; i++) {
        output += coefficients[i + 1] * test[image][i];
      }
      wrong += (output > 0 ? 1 : -1) == subject.test().labels()[image] ? 0 : 1;
    }
    return (double) wrong / test.length;
  }

  @Test
  void chunksAreFittedAsByCommonsMath() {
    RetrainedReadout retrained = RetrainedReadout.measure(subject, SIZES, 2, 9);

    for (int i = 0; i < SIZES.length; i++) {
      double sum = 0;
      for (int draw = 0; draw < 2; draw++) {
        int[] chunk = Arrays.copyOf(new Permutations(64, 9).permutation(draw), SIZES[i]);
        sum += regressionError(features(subject.train(), chunk), features(subject.test(), chunk));
      }
      assertThat(retrained.chunks().get(i).mean()).isCloseTo(sum / 2, within(1e-12));
    }
  }

  @Test
  void principalComponentsAreThoseOfTheTrainingImages() {
    RetrainedReadout retrained = RetrainedReadout.measure(subject, SIZES, 2, 9);
    int[] all = IntStream.range(0, 64).toArray();
    double[][] train = features(subject.train(), all);
    double[][] test = features(subject.test(), all);

    for (int i = 0; i < SIZES.length; i++) {
      double[][] directions = leadingDirections(train, SIZES[i]);
      assertThat(retrained.principalComponents()[i])
          .isCloseTo(
              regressionError(projected(train, directions), projected(test, directions)),
              within(1e-12));
    }
  }

  /** By singular values of the centred activities, not by those of their products. */
  private static double[][] leadingDirections(double[][] images, int count) {
    RealMatrix matrix = new Array2DRowRealMatrix(images);
    for (int neuron = 0; neuron < 64; neuron++) {
      double[] column = matrix.getColumn(neuron);
      double mean = Arrays.stream(column).average().orElseThrow();
      matrix.setColumn(neuron, Arrays.stream(column).map(x -> x - mean).toArray());
    }
    RealMatrix v = new SingularValueDecomposition(matrix).getV();
    return IntStream.range(0, count).mapToObj(v::getColumn).toArray(double[][]::new);
  }

  private static double[][] projected(double[][] images, double[][] directions) {
    return Arrays.stream(images)
        .map(
            image ->
                Arrays.stream(directions)
                    .mapToDouble(
                        direction ->
                            IntStream.range(0, image.length)
                                .mapToDouble(j -> direction[j] * image[j])
                                .sum())
                    .toArray())
        .toArray(double[][]::new);
  }

  /**
   * Of independent Gaussian activities w numbers of any kind hold w/W of the clean output, so that
   * the best readout errs with probability arccos(√(w/W))/π on average over the output's weights.
   */
  @Test
  void inALayerOfDifferentNeuronsAllKindsAreWorthTheSame() {
    Representation layer = new GaussianLayer(16, 4_000, 4_000, 3).representation();

    RetrainedReadout retrained = RetrainedReadout.measure(layer, new int[] {4, 8, 16}, 200, 1);

    for (int i = 0; i < 2; i++) {
      double expected = Math.acos(Math.sqrt(retrained.sizes()[i] / 16.0)) / Math.PI;
      assertThat(retrained.chunks().get(i).mean()).isCloseTo(expected, within(0.03));
      assertThat(retrained.projections().get(i).mean()).isCloseTo(expected, within(0.03));
    }
    double all = retrained.principalComponents()[2];
    assertThat(all).isLessThan(0.03);
    assertThat(retrained.chunks().get(2).mean()).isCloseTo(all, within(1e-3));
    assertThat(retrained.projections().get(2).mean()).isCloseTo(all, within(1e-3));
  }

  /** Four features and little noise: four components hold the output, four neurons may not. */
  @Test
  void principalComponentsFindTheFeaturesOfClones() {
    Representation clones = PlantedClones.ofWidth(32, 2_000, 2_000, 1).network(0);

    RetrainedReadout retrained = RetrainedReadout.measure(clones, new int[] {4, 32}, 20, 1);

    assertThat(retrained.principalComponents()[0]).isLessThan(0.01);
    assertThat(retrained.projections().get(0).mean())
        .isGreaterThan(retrained.principalComponents()[0]);
    assertThat(retrained.chunks().get(0).mean()).isGreaterThan(0.05);
  }

  @Test
  void oneOutputAndTwoClassesAreTheSame() {
    RetrainedReadout signs = RetrainedReadout.measure(subject, SIZES, 3, 1);
    RetrainedReadout classes = RetrainedReadout.measure(twoClasses(), SIZES, 3, 1);

    assertThat(classes)
        .usingRecursiveComparison()
        .withComparatorForType(
            (a, b) -> Math.abs(a - b) < 1e-12 ? 0 : Double.compare(a, b), Double.class)
        .isEqualTo(signs);
  }

  private static Representation twoClasses() {
    return new Representation(
        "classes",
        twoClasses(subject.test()),
        twoClasses(subject.train()),
        new Readout(new double[2][64], new double[2]));
  }

  private static Split twoClasses(Split split) {
    return new Split(
        split.activities(), Arrays.stream(split.labels()).map(label -> (label + 1) / 2).toArray());
  }

  @Test
  void threadsDoNotMatter() throws Exception {
    ForkJoinPool one = new ForkJoinPool(1);
    ForkJoinPool three = new ForkJoinPool(3);
    try {
      assertThat(one.submit(() -> RetrainedReadout.measure(subject, SIZES, 9, 2)).get())
          .usingRecursiveComparison()
          .isEqualTo(three.submit(() -> RetrainedReadout.measure(subject, SIZES, 9, 2)).get());
    } finally {
      one.shutdown();
      three.shutdown();
    }
  }

  @Test
  void refusesBadInput() {
    Split dead = new Split(new float[2][3], new int[] {1, 1, -1});
    Representation nothing =
        new Representation("dead", dead, dead, new Readout(new double[1][2], new double[1]));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> RetrainedReadout.measure(nothing, new int[] {1}, 2, 1))
        .withMessageContaining("none of the 2 neurons is live");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RetrainedReadout.measure(subject, new int[] {65}, 2, 1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RetrainedReadout.measure(subject, new int[] {2, 1}, 2, 1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RetrainedReadout.measure(subject, SIZES, 1, 1));
  }
}
