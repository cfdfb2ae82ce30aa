package mitosis.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import mitosis.analysis.Reconstruction.ChunkReconstruction;
import mitosis.analysis.ResidualCorrelation.ChunkCorrelation;
import mitosis.representation.Readout;
import mitosis.representation.Representation;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for the chunks of every layer, by definition. */
class ChunkPropertiesTest {

  static Stream<RandomLayer> layers() {
    return RandomLayer.layers();
  }

  private static void assertSame(
      ChunkReconstruction found, ChunkReconstruction expected, double tolerance) {
    assertThat(found.size()).isEqualTo(expected.size());
    assertThat(found.r2()).isCloseTo(expected.r2(), within(tolerance));
    assertThat(found.heldOutR2().isPresent()).isEqualTo(expected.heldOutR2().isPresent());
    assertThat(found.heldOutR2().orElse(0))
        .isCloseTo(expected.heldOutR2().orElse(0), within(tolerance));
    ChunkCorrelation.OffChunk off = found.correlation().offChunk().orElseThrow();
    ChunkCorrelation.OffChunk before = expected.correlation().offChunk().orElseThrow();
    assertThat(off.absolute()).isCloseTo(before.absolute(), within(tolerance));
    assertThat(off.excessSquare()).isCloseTo(before.excessSquare(), within(tolerance));
    assertThat(off.usable()).isEqualTo(before.usable());
    assertThat(off.rebuilt()).isEqualTo(before.rebuilt());
    assertThat(found.correlation().byCode())
        .isCloseTo(expected.correlation().byCode(), within(tolerance));
  }

  @ParameterizedTest
  @MethodSource("layers")
  void theOrderOfNeuronsDoesNotMatter(RandomLayer layer) {
    RandomLayer other = layer.permuted(new Permutations(layer.width(), 5).permutation(0));

    assertThat(ChunkError.ofChunk(other.representation(), other.chunk()))
        .isEqualTo(ChunkError.ofChunk(layer.representation(), layer.chunk()));
    ChunkReconstruction before = Reconstruction.ofChunk(layer.test(), layer.chunk());
    ChunkReconstruction after = Reconstruction.ofChunk(other.test(), other.chunk());
    assertSame(after, before, 1e-9);
    assertThat(after.correlation().byPaper())
        .isCloseTo(before.correlation().byPaper(), within(1e-9));
  }

  @ParameterizedTest
  @MethodSource("layers")
  void shiftsOfTheActivitiesDoNotMatter(RandomLayer layer) {
    float[] shifts = new float[layer.width()];
    for (int neuron = 0; neuron < shifts.length; neuron++) {
      shifts[neuron] = layer.random().nextInt(-500, 501);
    }
    ChunkReconstruction before = Reconstruction.ofChunk(layer.test(), layer.chunk());
    ChunkReconstruction after = Reconstruction.ofChunk(layer.mapped(1, shifts), layer.chunk());

    assertSame(after, before, 1e-8);
    assertThat(after.correlation().byPaper())
        .isCloseTo(before.correlation().byPaper(), within(1e-8));
  }

  /** But for the penalty of 1e-8 and the code's 1e-8, nothing beside variances of at least 0.09. */
  @ParameterizedTest
  @MethodSource("layers")
  void theScaleOfTheActivitiesDoesNotMatter(RandomLayer layer) {
    float scale = (float) Math.pow(2, layer.random().nextInt(0, 11));
    ChunkReconstruction before = Reconstruction.ofChunk(layer.test(), layer.chunk());
    ChunkReconstruction after =
        Reconstruction.ofChunk(layer.mapped(scale, new float[layer.width()]), layer.chunk());

    assertSame(after, before, 1e-6);
  }

  /**
   * Equation 2 of P22 has 1e-8 under the root, and so falls with the scale, whatever is measured.
   */
  @ParameterizedTest
  @MethodSource("layers")
  void theScaleMattersToEquation2(RandomLayer layer) {
    ChunkReconstruction before = Reconstruction.ofChunk(layer.test(), layer.chunk());
    ChunkReconstruction after =
        Reconstruction.ofChunk(layer.mapped(0x1p-8f, new float[layer.width()]), layer.chunk());

    assertThat(after.correlation().byPaper()).isLessThan(0.9 * before.correlation().byPaper());
    assertThat(after.correlation().offChunk().orElseThrow().absolute())
        .isCloseTo(before.correlation().offChunk().orElseThrow().absolute(), within(1e-2));
  }

  @ParameterizedTest
  @MethodSource("layers")
  void aLargerChunkRebuildsNoLessAndAllNeuronsRebuildAll(RandomLayer layer) {
    int[] order = new Permutations(layer.width(), layer.seed()).permutation(1);
    double smaller = 0;
    for (int size = 1; size <= layer.width(); size++) {
      double r2 = Reconstruction.ofChunk(layer.test(), Arrays.copyOf(order, size)).r2();
      assertThat(r2).isBetween(smaller, 1.0);
      smaller = r2;
    }
    assertThat(smaller).isEqualTo(1);
  }

  @ParameterizedTest
  @MethodSource("layers")
  void meansOverChunksKeepTheseProperties(RandomLayer layer) {
    int[] sizes = IntStream.rangeClosed(1, layer.width()).toArray();

    Reconstruction rebuilt = Reconstruction.measure(layer.test(), sizes, 2, layer.seed());
    ChunkError error = ChunkError.measure(layer.representation(), sizes, 2, layer.seed());

    List<Double> r2 = rebuilt.r2().stream().map(MeanOverChunks::mean).toList();
    assertThat(r2).isSorted();
    assertThat(rebuilt.r2At(layer.width())).isEqualTo(new MeanOverChunks(1, 0, 2));
    assertThat(error.test().get(layer.width() - 1))
        .isEqualTo(new MeanOverChunks(error.full().test(), 0, 2));
    assertThat(error.train().get(layer.width() - 1))
        .isEqualTo(new MeanOverChunks(error.full().train(), 0, 2));
  }

  /** Powers of two, so that not even rounding differs. */
  @ParameterizedTest
  @MethodSource("layers")
  void theScaleOfTheReadoutDoesNotMatterToErrors(RandomLayer layer) {
    double scale = Math.pow(2, layer.random().nextInt(-20, 21));
    Representation net = layer.representation();
    Readout readout = net.readout();
    double[][] weights =
        Arrays.stream(readout.weights())
            .map(row -> Arrays.stream(row).map(weight -> scale * weight).toArray())
            .toArray(double[][]::new);
    double[] biases = Arrays.stream(readout.biases()).map(bias -> scale * bias).toArray();
    Representation scaled =
        new Representation(net.name(), net.test(), net.train(), new Readout(weights, biases));

    assertThat(ChunkError.ofChunk(scaled, layer.chunk()))
        .isEqualTo(ChunkError.ofChunk(net, layer.chunk()));
  }
}
