package mitosis.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.IntStream;
import mitosis.representation.Readout;
import mitosis.representation.Representation;
import mitosis.representation.Split;
import org.junit.jupiter.api.Test;

class ChunkErrorTest {

  private static final int[] SIZES = {1, 3, 7, 8, 13};

  /** Thirteen neurons, five classes, more images than fit into one block. */
  private static Representation fiveClasses() {
    SplittableRandom random = new SplittableRandom(3);
    double[][] weights = new double[5][13];
    double[] biases = new double[5];
    for (int output = 0; output < 5; output++) {
      biases[output] = random.nextGaussian();
      Arrays.setAll(weights[output], i -> random.nextGaussian());
    }
    return new Representation(
        "five classes", split(1301, random), split(37, random), new Readout(weights, biases));
  }

  private static Split split(int images, SplittableRandom random) {
    float[][] activities = new float[13][images];
    for (float[] activity : activities) {
      for (int image = 0; image < images; image++) {
        activity[image] = (float) random.nextGaussian();
      }
    }
    return new Split(activities, random.ints(images, 0, 5).toArray());
  }

  /** Straight from the definition: all other neurons are set to zero. */
  private static boolean[] mistakes(Split split, Readout readout, int[] chunk) {
    boolean[] mistakes = new boolean[split.images()];
    for (int image = 0; image < mistakes.length; image++) {
      double[] outputs = readout.biases().clone();
      for (int output = 0; output < outputs.length; output++) {
        for (int neuron : chunk) {
          outputs[output] += readout.weights()[output][neuron] * split.activities()[neuron][image];
        }
      }
      int best =
          IntStream.range(0, outputs.length)
              .reduce((a, b) -> outputs[b] > outputs[a] ? b : a)
              .orElseThrow();
      mistakes[image] = best != split.labels()[image];
    }
    return mistakes;
  }

  @Test
  void chunksAreNetworksWithAllOtherNeuronsSetToZero() {
    Representation net = fiveClasses();
    int chunks = 20;
    double[][] test = new double[SIZES.length][chunks];
    double[][] train = new double[SIZES.length][chunks];
    float[][] byImage = new float[SIZES.length][net.test().images()];
    for (int size = 0; size < SIZES.length; size++) {
      for (int number = 0; number < chunks; number++) {
        int[] chunk = Arrays.copyOf(new Permutations(13, 77).permutation(number), SIZES[size]);
        boolean[] wrong = mistakes(net.test(), net.readout(), chunk);
        for (int image = 0; image < wrong.length; image++) {
          byImage[size][image] += wrong[image] ? 1 : 0;
        }
        test[size][number] = share(wrong);
        train[size][number] = share(mistakes(net.train(), net.readout(), chunk));
        assertThat(ChunkError.ofChunk(net, chunk))
            .isEqualTo(new ChunkError.Errors(test[size][number], train[size][number]));
      }
    }

    ChunkError error = ChunkError.measure(net, SIZES, chunks, 77);

    assertThat(error.sizes()).isEqualTo(SIZES);
    assertThat(error.test()).isEqualTo(Arrays.stream(test).map(MeanOverChunks::of).toList());
    assertThat(error.train()).isEqualTo(Arrays.stream(train).map(MeanOverChunks::of).toList());
    for (int size = 0; size < SIZES.length; size++) {
      for (int image = 0; image < 1301; image++) {
        assertThat(error.testMistakes()[size][image]).isEqualTo(byImage[size][image] / chunks);
      }
    }
  }

  private static double share(boolean[] mistakes) {
    int count = 0;
    for (boolean mistake : mistakes) {
      count += mistake ? 1 : 0;
    }
    return (double) count / mistakes.length;
  }

  @Test
  void imagesCanBeWeighted() {
    ChunkError error = ChunkError.measure(fiveClasses(), SIZES, 20, 1);
    double[] first = new double[1301];
    first[4] = 2;

    assertThat(error.testErrors(new ImageWeights(first))[2])
        .isCloseTo(error.testMistakes()[2][4], within(1e-12));
    assertThat(error.testErrors(ImageWeights.equal(1301))[2])
        .isCloseTo(error.test().get(2).mean(), within(1e-7));
    assertThat(error.fullTestError(new ImageWeights(first))).isEqualTo(error.fullTestMistakes()[4]);
    assertThat(error.trainErrors()[1]).isEqualTo(error.train().get(1).mean());
  }

  /** With a bias of −0 and a dead neuron of weight −1 the output is −0. */
  @Test
  void anOutputOfMinusZeroSaysMinusOneToo() {
    Split signs = new Split(new float[1][2], new int[] {-1, 1});
    Representation minusZero =
        new Representation(
            "dead", signs, signs, new Readout(new double[][] {{-1}}, new double[] {-0.0}));

    assertThat(ChunkError.measure(minusZero, new int[] {1}, 2, 1).fullTestMistakes())
        .containsExactly(0, 1);
  }

  @Test
  void anOutputOfZeroSaysMinusOneAndEqualOutputsTheFirstClass() {
    Split signs = new Split(new float[1][2], new int[] {-1, 1});
    Representation oneRow =
        new Representation("dead", signs, signs, new Readout(new double[][] {{1}}, new double[1]));
    Split classes = new Split(new float[1][4], new int[] {0, 1, 1, 1});
    Representation twoRows =
        new Representation(
            "dead", classes, classes, new Readout(new double[][] {{1}, {1}}, new double[2]));

    assertThat(ChunkError.measure(oneRow, new int[] {1}, 2, 1).fullTestMistakes())
        .containsExactly(0, 1);
    assertThat(ChunkError.measure(twoRows, new int[] {1}, 2, 1).full().test()).isEqualTo(0.75);
  }

  @Test
  void threadsDoNotMatter() throws Exception {
    Representation net = fiveClasses();
    ForkJoinPool one = new ForkJoinPool(1);
    ForkJoinPool three = new ForkJoinPool(3);
    try {
      assertThat(one.submit(() -> ChunkError.measure(net, SIZES, 30, 9)).get())
          .usingRecursiveComparison()
          .isEqualTo(three.submit(() -> ChunkError.measure(net, SIZES, 30, 9)).get());
    } finally {
      one.shutdown();
      three.shutdown();
    }
  }

  @Test
  void refusesBadInput() {
    Representation net = fiveClasses();

    assertThatIllegalArgumentException()
        .isThrownBy(() -> ChunkError.measure(net, new int[] {1, 14}, 5, 1))
        .withMessageContaining("chunk size 1 is 14");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ChunkError.measure(net, new int[] {3, 2}, 5, 1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ChunkError.measure(net, new int[] {0, 2}, 5, 1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ChunkError.measure(net, new int[0], 5, 1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ChunkError.measure(net, SIZES, 1, 1))
        .withMessageContaining("1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ChunkError.ofChunk(net, new int[] {13}))
        .withMessageContaining("13");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ChunkError.ofChunk(net, new int[] {2, 2}));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ChunkError.measure(net, SIZES, 5, 1).testErrors(ImageWeights.equal(600)));
  }
}
