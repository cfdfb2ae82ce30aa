package mitosis.evidence;

import java.util.Arrays;
import mitosis.analysis.EnsembleError;

/**
 * Means over blocks of test images. Images are drawn independently, so resampling blocks of them
 * moves a mean as much as resampling them one by one, and costs a hundredth.
 */
final class ImageBlocks {

  private static final int MOST_IN_A_BLOCK = 100;

  private ImageBlocks() {}

  /** How many equal blocks N images make, of at most 100 images each. */
  static int count(int images) {
    int size = MOST_IN_A_BLOCK;
    while (images % size != 0) {
      size--;
    }
    return images / size;
  }

  /** The same ensembles on blocks of images. */
  static EnsembleError of(EnsembleError ensembles) {
    return new EnsembleError(
        ensembles.seeds(),
        Arrays.stream(ensembles.mistakes()).map(ImageBlocks::means).toArray(float[][]::new));
  }

  /**
   * @param perImage N numbers
   * @return the mean of each block of successive images
   */
  static float[] means(float[] perImage) {
    int blocks = count(perImage.length);
    int size = perImage.length / blocks;
    float[] means = new float[blocks];
    for (int b = 0; b < blocks; b++) {
      double sum = 0;
      for (int i = b * size; i < (b + 1) * size; i++) {
        sum += perImage[i];
      }
      means[b] = (float) (sum / size);
    }
    return means;
  }
}
