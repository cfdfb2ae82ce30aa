package mitosis.analysis;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import mitosis.representation.Readout;
import mitosis.representation.Representation;
import mitosis.representation.Split;

/**
 * The error of chunks: of networks in which all neurons of the last hidden layer but w random ones
 * are set to zero, and nothing is retrained (P22 §3, figures 3 and 4a-c; P21 §3, figure 1).
 *
 * @param sizes S increasing chunk sizes w
 * @param test for each size, the share of test images misclassified, in [0, 1]
 * @param train for each size, the share of training images misclassified, in [0, 1]
 * @param testMistakes S x N: for each size and test image, the fraction of chunks that misclassify
 *     it
 * @param full the errors of the full layer
 * @param fullTestMistakes for each of the N test images, 1 if the full layer misclassifies it, else
 *     0
 */
public record ChunkError(
    int[] sizes,
    List<MeanOverChunks> test,
    List<MeanOverChunks> train,
    float[][] testMistakes,
    Errors full,
    float[] fullTestMistakes) {

  /**
   * The errors of one network.
   *
   * @param test the share of test images misclassified, in [0, 1]
   * @param train the share of training images misclassified, in [0, 1]
   */
  public record Errors(double test, double train) {}

  /**
   * Measures random chunks of several sizes. The logits of a chunk grow neuron by neuron along one
   * permutation, which serves all sizes.
   *
   * @param representation a layer of W neurons
   * @param sizes increasing chunk sizes, each from 1 to W
   * @param chunks the number of chunks of each size, at least 2; P22 draws 500, P21 1,000
   * @param seed of the permutations; see {@link Permutations}
   * @throws IllegalArgumentException if a size is out of range or out of order, or chunks below 2
   */
  public static ChunkError measure(
      Representation representation, int[] sizes, int chunks, long seed) {
    Readout readout = representation.readout();
    ChunkMistakes test = ChunkMistakes.measure(representation.test(), readout, sizes, chunks, seed);
    ChunkMistakes train =
        ChunkMistakes.measure(representation.train(), readout, sizes, chunks, seed);
    return new ChunkError(
        sizes.clone(),
        test.errors(),
        train.errors(),
        test.byImage(),
        new Errors(test.fullError(), train.fullError()),
        test.full());
  }

  /**
   * Measures one given chunk.
   *
   * @param representation a layer of W neurons
   * @param neurons the chunk: different neurons of 0 to W−1, at least one
   * @throws IllegalArgumentException if a neuron is out of range or given twice, or none is given
   */
  public static Errors ofChunk(Representation representation, int[] neurons) {
    int[][] order = {ChunkSizes.first(neurons, representation.width())};
    int[] size = {neurons.length};
    Readout readout = representation.readout();
    return new Errors(
        Mistakes.count(representation.test(), readout, order, size).error(0, 0),
        Mistakes.count(representation.train(), readout, order, size).error(0, 0));
  }

  /**
   * The mean test error at each size over other draws of the test images.
   *
   * @param images N weights
   * @return S errors, those of {@link #test} if all images count once
   * @throws IllegalArgumentException if there aren't as many weights as test images
   */
  public double[] testErrors(ImageWeights images) {
    return Arrays.stream(testMistakes).mapToDouble(images::mean).toArray();
  }

  /**
   * The full layer's test error over other draws of the test images.
   *
   * @param images N weights
   * @throws IllegalArgumentException if there aren't as many weights as test images
   */
  public double fullTestError(ImageWeights images) {
    return images.mean(fullTestMistakes);
  }

  /** The mean training error at each size. */
  public double[] trainErrors() {
    return train.stream().mapToDouble(MeanOverChunks::mean).toArray();
  }

  /**
   * Which images of one split chunks misclassify: networks in which all neurons of the last hidden
   * layer but w random ones are set to zero, and nothing is retrained (P22 §3; P21 §3).
   *
   * @param sizes S increasing chunk sizes w
   * @param errors for each size, the share of images misclassified, in [0, 1]
   * @param byImage S x N: for each size and image, the fraction of chunks that misclassify it
   * @param full for each of the N images, 1 if the full layer misclassifies it, else 0
   */
  public record ChunkMistakes(
      int[] sizes, List<MeanOverChunks> errors, float[][] byImage, float[] full) {

    /**
     * Measures random chunks of several sizes. The logits of a chunk grow neuron by neuron along
     * one permutation, which serves all sizes.
     *
     * @param split N images seen by W neurons
     * @param readout from W neurons to K outputs
     * @param sizes increasing chunk sizes, each from 1 to W
     * @param chunks the number of chunks of each size, at least 2; P22 draws 500, P21 1,000
     * @param seed of the permutations; see {@link Permutations}
     * @throws IllegalArgumentException if a size is out of range or out of order, or chunks below 2
     */
    public static ChunkMistakes measure(
        Split split, Readout readout, int[] sizes, int chunks, long seed) {
      ChunkSizes.requireIncreasing(sizes, split.width());
      ChunkSizes.requireSpread(chunks);
      Permutations permutations = new Permutations(split.width(), seed);
      int[][] orders =
          IntStream.range(0, chunks).mapToObj(permutations::permutation).toArray(int[][]::new);
      Mistakes mistakes = Mistakes.count(split, readout, orders, sizes);
      int[] all = IntStream.range(0, split.width()).toArray();
      Mistakes full = Mistakes.count(split, readout, new int[][] {all}, new int[] {all.length});
      return new ChunkMistakes(
          sizes.clone(), mistakes.errors(), mistakes.shares(), full.shares()[0]);
    }

    /** The mean error at each size. */
    public double[] means() {
      return errors.stream().mapToDouble(MeanOverChunks::mean).toArray();
    }

    /** The full layer's error. */
    public double fullError() {
      return fullMistakes() / (double) full.length;
    }

    /** How many images the full layer misclassifies. */
    public int fullMistakes() {
      return (int) IntStream.range(0, full.length).filter(image -> full[image] > 0).count();
    }

    /** Number N of images. */
    public int images() {
      return full.length;
    }

    /**
     * One size's mean error.
     *
     * @throws IllegalArgumentException if the size was not measured
     */
    public double meanAt(int size) {
      int at = Arrays.binarySearch(sizes, size);
      if (at < 0) {
        throw new IllegalArgumentException(
            "chunks of %d neurons were not measured, only of %s"
                .formatted(size, Arrays.toString(sizes)));
      }
      return errors.get(at).mean();
    }
  }
}
