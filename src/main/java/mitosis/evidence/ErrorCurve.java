package mitosis.evidence;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import mitosis.analysis.EnsembleError;
import mitosis.analysis.ImageWeights;

/**
 * Test errors at several sizes, of chunks or of full networks, seed by seed and image by image,
 * with the err∞ that they approach.
 */
public final class ErrorCurve {

  private final int[] sizes;
  private final float[][][] blocks;
  private final ErrInf errInf;
  private final Map<String, float[][]> means = new ConcurrentHashMap<>();

  /**
   * @param sizes increasing
   * @param mistakes {@code S x sizes x N}: the share of chunks that misclassify the image, or 0 and
   *     1
   * @param errInf of the same seeds and images
   */
  public static ErrorCurve of(int[] sizes, float[][][] mistakes, ErrInf errInf) {
    return new ErrorCurve(
        sizes,
        Arrays.stream(mistakes)
            .map(seed -> Arrays.stream(seed).map(ErrorCurve::means).toArray(float[][]::new))
            .toArray(float[][][]::new),
        errInf);
  }

  private ErrorCurve(int[] sizes, float[][][] blocks, ErrInf errInf) {
    this.sizes = sizes.clone();
    this.blocks = blocks;
    this.errInf = errInf;
  }

  /** The sizes, increasing. */
  public int[] sizes() {
    return sizes.clone();
  }

  /** Number of seeds S. */
  public int seeds() {
    return blocks.length;
  }

  /** Number of blocks of test images, the unit that is resampled. */
  public int blocks() {
    return blocks[0][0].length;
  }

  /**
   * The same at some of its sizes.
   *
   * @param some increasing
   * @throws IllegalArgumentException if a size was not measured
   */
  public ErrorCurve at(int[] some) {
    int[] kept = Arrays.stream(some).map(size -> Arrays.binarySearch(sizes, size)).toArray();
    if (Arrays.stream(kept).anyMatch(k -> k < 0)) {
      throw new IllegalArgumentException(
          "%s are not all among the sizes measured, %s"
              .formatted(Arrays.toString(some), Arrays.toString(sizes)));
    }
    float[][][] blocksThere =
        Arrays.stream(blocks)
            .map(seed -> Arrays.stream(kept).mapToObj(k -> seed[k]).toArray(float[][]::new))
            .toArray(float[][][]::new);
    return new ErrorCurve(some, blocksThere, errInf);
  }

  /** Mean test error at each size. */
  public double[] errors(int[] seeds, ImageWeights images) {
    return images.means(mean(seeds));
  }

  /** Mean test error at each size, with its interval over seeds and images. */
  public List<CurvePoint> errors() {
    return points(this::errors, 0);
  }

  /**
   * Mean test error at each size minus err∞, with its interval over seeds and images. One seed has
   * no err∞ of its own: from its error that of all seeds is taken.
   */
  public List<CurvePoint> excess() {
    return points(
        this::excess, errInf(IntStream.range(0, seeds()).toArray(), ImageWeights.equal(blocks())));
  }

  private interface AtEachSize {
    double[] of(int[] seeds, ImageWeights images);
  }

  private List<CurvePoint> points(AtEachSize curve, double takenFromOneSeed) {
    ImageWeights all = ImageWeights.equal(blocks());
    return IntStream.range(0, sizes.length)
        .mapToObj(
            k ->
                CurvePoint.overSeedsAndImages(
                        seeds(), blocks(), (seeds, images) -> curve.of(seeds, images)[k])
                    .withSeeds(seeds(), one -> errors(one, all)[k] - takenFromOneSeed))
        .toList();
  }

  /** err∞ of these seeds and images. */
  public double errInf(int[] seeds, ImageWeights images) {
    return errInf.of(seeds, images);
  }

  /** Mean test error at each size minus err∞; noise may bring it below 0. */
  public double[] excess(int[] seeds, ImageWeights images) {
    double limit = errInf(seeds, images);
    return Arrays.stream(errors(seeds, images)).map(error -> error - limit).toArray();
  }

  private float[][] mean(int[] seeds) {
    return means.computeIfAbsent(
        Arrays.toString(seeds),
        key -> {
          float[][] mean = new float[sizes.length][blocks()];
          for (int seed : seeds) {
            for (int k = 0; k < sizes.length; k++) {
              for (int i = 0; i < mean[k].length; i++) {
                mean[k][i] += blocks[seed][k][i] / seeds.length;
              }
            }
          }
          return mean;
        });
  }

  /**
   * Images are drawn independently, so resampling blocks of them moves a mean as much as resampling
   * them one by one, and costs a hundredth.
   */
  private static final int MOST_IN_A_BLOCK = 100;

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
        Arrays.stream(ensembles.mistakes()).map(ErrorCurve::means).toArray(float[][]::new));
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

  /**
   * err∞: the error of the ensemble that averages the logits of infinitely many networks,
   * extrapolated in 1/n from those that there are (P22 §1; claims.md, "err∞ drives the exponent").
   */
  public interface ErrInf {

    /**
     * @param seeds which networks are there, at least two, by position
     * @param images how often each block of test images counts
     */
    double of(int[] seeds, ImageWeights images);

    /**
     * From the logits of networks.
     *
     * @param logits {@code S x K x N}
     * @param labels N labels: −1 or +1 where K is 1, else 0 to K−1
     */
    static ErrInf ofLogits(double[][][] logits, int[] labels) {
      Map<String, EnsembleError> known = new ConcurrentHashMap<>();
      return (seeds, images) ->
          known
              .computeIfAbsent(
                  Arrays.toString(seeds),
                  key ->
                      ErrorCurve.of(
                          EnsembleError.of(
                              Arrays.stream(seeds)
                                  .mapToObj(s -> logits[s])
                                  .toArray(double[][][]::new),
                              labels)))
              .limit(1, images);
    }

    /** A known error of each image, the same whichever networks there are. */
    static ErrInf known(float[] mistakes) {
      float[] means = ErrorCurve.means(mistakes);
      return (seeds, images) -> images.mean(means);
    }
  }
}
