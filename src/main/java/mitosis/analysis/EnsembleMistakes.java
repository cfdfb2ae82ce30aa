package mitosis.analysis;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How many ensembles misread each image, and how many images each ensemble misreads.
 *
 * @param byImage N numbers of ensembles
 * @param byEnsemble E numbers of images
 */
record EnsembleMistakes(int[] byImage, int[] byEnsemble) {

  /** Images in a block. */
  private static final int BLOCK = 512;

  /**
   * Counts.
   *
   * @param logits S x K x N
   * @param labels N labels
   * @param subsets E ensembles: which of the S networks each consists of
   */
  static EnsembleMistakes count(double[][][] logits, int[] labels, List<int[]> subsets) {
    int[] byImage = new int[labels.length];
    List<int[]> blocks =
        IntStream.range(0, (labels.length + BLOCK - 1) / BLOCK)
            .parallel()
            .mapToObj(block -> countBlock(logits, labels, subsets, block * BLOCK, byImage))
            .toList();
    int[] byEnsemble = new int[subsets.size()];
    for (int[] block : blocks) {
      Arrays.setAll(byEnsemble, ensemble -> byEnsemble[ensemble] + block[ensemble]);
    }
    return new EnsembleMistakes(byImage, byEnsemble);
  }

  private static int[] countBlock(
      double[][][] logits, int[] labels, List<int[]> subsets, int start, int[] byImage) {
    int images = Math.min(BLOCK, labels.length - start);
    int[] blockLabels = Arrays.copyOfRange(labels, start, start + images);
    int[] misread = new int[images];
    int[] byEnsemble = new int[subsets.size()];
    for (int ensemble = 0; ensemble < byEnsemble.length; ensemble++) {
      LabelledLogits.note(sum(logits, subsets.get(ensemble), start, images), blockLabels, misread);
      for (int image = 0; image < images; image++) {
        byImage[start + image] += misread[image];
        byEnsemble[ensemble] += misread[image];
      }
    }
    return byEnsemble;
  }

  /** The sum says the same class as the mean. */
  private static double[][] sum(double[][][] logits, int[] subset, int start, int images) {
    double[][] sum = new double[logits[0].length][images];
    for (int seed : subset) {
      for (int output = 0; output < sum.length; output++) {
        for (int image = 0; image < images; image++) {
          sum[output][image] += logits[seed][output][start + image];
        }
      }
    }
    return sum;
  }

  /** For each image, the share of ensembles that misread it. */
  float[] shares() {
    float[] shares = new float[byImage.length];
    for (int image = 0; image < shares.length; image++) {
      shares[image] = (float) byImage[image] / byEnsemble.length;
    }
    return shares;
  }

  /** The share of images that one ensemble misreads. */
  double error(int ensemble) {
    return (double) byEnsemble[ensemble] / byImage.length;
  }
}
