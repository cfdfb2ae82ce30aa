package mitosis.analysis;

import java.util.Arrays;
import org.bytedeco.openblas.global.openblas;

/**
 * What two blocks of points are shown to one another in: the inner products of all pairs, and which
 * pairs may be near. To be used from one thread at a time; one after another, so that its memory is
 * asked for once.
 */
final class NeighbourTile implements AutoCloseable {

  /** Of so many pairs in one at most single precision tells; of more, double precision must. */
  private static final int PAIRS_PER_HIT = 32;

  /** Points of the other block that are held against all of one at once. */
  private static final int GROUP = 8;

  private final int size;
  private final NativeMatrix exact;
  private final double[] products;
  private final NativeFloats rounded;
  private final float[] roundedProducts;
  private final float[] margins;
  private final int[] hits;

  /**
   * @param size points in a block
   */
  NeighbourTile(int size) {
    this.size = size;
    this.exact = new NativeMatrix(size, size);
    this.products = new double[size * size];
    this.rounded = new NativeFloats(size, size);
    this.roundedProducts = new float[size * size];
    this.margins = new float[size];
    this.hits = new int[size * size / PAIRS_PER_HIT];
  }

  /**
   * Inner products in double precision.
   *
   * @param left points x dimensions
   * @param right likewise
   * @return column after column, one for each point on the right; overwritten by the next call
   */
  double[] products(NativeMatrix left, NativeMatrix right) {
    openblas.cblas_dgemm(
        openblas.CblasColMajor,
        openblas.CblasNoTrans,
        openblas.CblasTrans,
        size,
        size,
        left.columns(),
        1,
        left.at(0, 0),
        size,
        right.at(0, 0),
        size,
        0,
        exact.at(0, 0),
        size);
    exact.read(0, 0, products, products.length);
    return products;
  }

  /**
   * Looks for pairs that may be near in single precision.
   *
   * @param left points x dimensions, column after column
   * @param right likewise
   * @param dimensions their number
   * @param lower squares that the left points bring to a squared distance, at least
   * @param lowerRight those of the right points
   * @param limits squared distances up to which each point on the left looks
   * @param limitsRight those of the points on the right
   * @return the number of pairs whose squared distance may be within either's limit, or −1 if they
   *     are too many to be told so
   */
  int look(
      NativeFloats left,
      NativeFloats right,
      int dimensions,
      float[] lower,
      float[] lowerRight,
      float[] limits,
      float[] limitsRight) {
    openblas.cblas_sgemm(
        openblas.CblasColMajor,
        openblas.CblasNoTrans,
        openblas.CblasTrans,
        size,
        size,
        dimensions,
        1,
        left.values(),
        size,
        right.values(),
        size,
        0,
        rounded.values(),
        size);
    rounded.read(roundedProducts);
    int count = 0;
    for (int first = 0; first < lowerRight.length; first += GROUP) {
      int end = Math.min(first + GROUP, lowerRight.length);
      Arrays.fill(margins, Float.POSITIVE_INFINITY);
      for (int j = first; j < end; j++) {
        lowerMargins(j * size, lowerRight[j], limitsRight[j], lower, limits);
      }
      for (int i = 0; i < lower.length; i++) {
        if (margins[i] <= 0) {
          for (int j = first; j < end; j++) {
            float bound = bound(j * size + i, lower[i], lowerRight[j]);
            if (bound <= limits[i] || bound <= limitsRight[j]) {
              if (count == hits.length) {
                return -1;
              }
              hits[count++] = j * size + i;
            }
          }
        }
      }
    }
    return count;
  }

  /**
   * Of each point on the left, by how much the lower bound of the nearest looked at so far is above
   * either's limit. Without branches, so that the compiler lets it go by eight at a time.
   */
  private void lowerMargins(int column, float square, float limit, float[] lower, float[] limits) {
    float[] nearest = margins;
    float[] all = roundedProducts;
    for (int i = 0; i < lower.length; i++) {
      float bound = lower[i] + square - 2 * all[column + i];
      nearest[i] = Math.min(nearest[i], bound - Math.max(limits[i], limit));
    }
  }

  private float bound(int pair, float lower, float lowerRight) {
    return lower + lowerRight - 2 * roundedProducts[pair];
  }

  /** The point on the left of a pair that was found. */
  int left(int hit) {
    return hits[hit] % size;
  }

  /** The point on the right. */
  int right(int hit) {
    return hits[hit] / size;
  }

  /** The lower bound of the squared distance of a pair that was found, as it was looked at. */
  double bound(int hit, float[] lower, float[] lowerRight) {
    return bound(hits[hit], lower[left(hit)], lowerRight[right(hit)]);
  }

  @Override
  public void close() {
    exact.close();
    rounded.close();
  }
}
