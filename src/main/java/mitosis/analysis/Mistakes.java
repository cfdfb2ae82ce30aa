package mitosis.analysis;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import mitosis.analysis.LogitBlock.ManyOutputsBlock;
import mitosis.analysis.LogitBlock.OneOutputBlock;
import mitosis.representation.Readout;
import mitosis.representation.Split;

/**
 * How many images each chunk misclassifies, and how many chunks misclassify each image, at several
 * sizes. Both are whole numbers, so that the order of adding them up doesn't matter.
 */
final class Mistakes {

  /** Images in a block: W x 256 activities in double precision stay in a core's cache. */
  private static final int BLOCK = 256;

  /** Matrix products ask for longer columns. */
  private static final int BLOCK_OF_MANY_OUTPUTS = 1024;

  private final int images;
  private final int[][] byChunk;
  private final int[][] byImage;

  /**
   * @param byChunk sizes x chunks: number of images
   * @param byImage sizes x images: number of chunks
   */
  private Mistakes(int[][] byChunk, int[][] byImage) {
    this.images = byImage[0].length;
    this.byChunk = byChunk;
    this.byImage = byImage;
  }

  /**
   * Counts.
   *
   * @param split N images seen by W neurons
   * @param readout from W neurons to K outputs
   * @param orders permutations of the W neurons, one for each chunk
   * @param sizes increasing, at most W
   */
  static Mistakes count(Split split, Readout readout, int[][] orders, int[] sizes) {
    int most = readout.outputs() == 1 ? BLOCK : BLOCK_OF_MANY_OUTPUTS;
    int images = split.images();
    List<Block> blocks =
        IntStream.range(0, (images + most - 1) / most)
            .parallel()
            .mapToObj(k -> k * most)
            .map(
                start ->
                    new Block(start, Math.min(most, images - start), sizes.length, orders.length))
            .map(block -> block.count(split, readout, orders, sizes))
            .toList();
    int[][] byChunk = new int[sizes.length][orders.length];
    int[][] byImage = new int[sizes.length][images];
    blocks.forEach(block -> block.addTo(byChunk, byImage));
    return new Mistakes(byChunk, byImage);
  }

  /** The share of images that one chunk misclassifies. */
  double error(int size, int chunk) {
    return (double) byChunk[size][chunk] / images;
  }

  /** For each size, the share of images misclassified. */
  List<MeanOverChunks> errors() {
    return IntStream.range(0, byChunk.length)
        .mapToObj(
            size ->
                MeanOverChunks.of(
                    IntStream.range(0, byChunk[size].length)
                        .mapToDouble(chunk -> error(size, chunk))
                        .toArray()))
        .toList();
  }

  /** For each size and image, the share of chunks that misclassify it. */
  float[][] shares() {
    float[][] shares = new float[byImage.length][images];
    for (int size = 0; size < shares.length; size++) {
      for (int image = 0; image < images; image++) {
        shares[size][image] = (float) byImage[size][image] / byChunk[size].length;
      }
    }
    return shares;
  }

  /** The counts of one block of images. */
  private static final class Block {

    private final int start;
    private final int[][] byChunk;
    private final int[][] byImage;
    private final int[] misread;

    Block(int start, int images, int sizes, int chunks) {
      this.start = start;
      this.byChunk = new int[sizes][chunks];
      this.byImage = new int[sizes][images];
      this.misread = new int[images];
    }

    Block count(Split split, Readout readout, int[][] orders, int[] sizes) {
      boolean full = sizes[sizes.length - 1] == split.width();
      int drawn = full ? sizes.length - 1 : sizes.length;
      try (LogitBlock logits = logits(split, readout)) {
        for (int chunk = 0; chunk < orders.length && drawn > 0; chunk++) {
          logits.start(orders[chunk]);
          for (int size = 0; size < drawn; size++) {
            logits.growTo(sizes[size]);
            logits.note(misread);
            add(size, chunk, 1);
          }
        }
        if (full) {
          // A chunk of all neurons is the full layer, in whatever order they were drawn.
          logits.start(IntStream.range(0, split.width()).toArray());
          logits.growTo(split.width());
          logits.note(misread);
          add(drawn, 0, orders.length);
          Arrays.fill(byChunk[drawn], byChunk[drawn][0]);
        }
      }
      return this;
    }

    private LogitBlock logits(Split split, Readout readout) {
      return readout.outputs() == 1
          ? new OneOutputBlock(split, readout, start, misread.length)
          : new ManyOutputsBlock(split, readout, start, misread.length);
    }

    /** Adds what was noted last, as seen by one chunk that stands for so many. */
    private void add(int size, int chunk, int times) {
      int sum = 0;
      for (int image = 0; image < misread.length; image++) {
        sum += misread[image];
      }
      byChunk[size][chunk] = sum;
      int[] counts = byImage[size];
      for (int image = 0; image < misread.length; image++) {
        counts[image] += times * misread[image];
      }
    }

    void addTo(int[][] allByChunk, int[][] allByImage) {
      for (int size = 0; size < byChunk.length; size++) {
        for (int chunk = 0; chunk < byChunk[size].length; chunk++) {
          allByChunk[size][chunk] += byChunk[size][chunk];
        }
        System.arraycopy(byImage[size], 0, allByImage[size], start, misread.length);
      }
    }
  }

  /**
   * Notes the images that are misclassified; see {@link mitosis.representation.Readout} for what
   * the outputs say.
   *
   * @param logits K x B outputs
   * @param labels B labels
   * @param misread overwritten: for each of the B images, 1 if it is misclassified, else 0
   */
  static void note(double[][] logits, int[] labels, int[] misread) {
    if (logits.length == 1) {
      noteSigns(logits[0], labels, misread);
    } else {
      noteClasses(logits, labels, misread);
    }
  }

  private static void noteSigns(double[] logits, int[] labels, int[] misread) {
    for (int image = 0; image < labels.length; image++) {
      int sign = logits[image] > 0 ? 1 : -1;
      misread[image] = sign == labels[image] ? 0 : 1;
    }
  }

  private static void noteClasses(double[][] logits, int[] labels, int[] misread) {
    for (int image = 0; image < labels.length; image++) {
      int best = 0;
      for (int output = 1; output < logits.length; output++) {
        if (logits[output][image] > logits[best][image]) {
          best = output;
        }
      }
      misread[image] = best == labels[image] ? 0 : 1;
    }
  }
}
