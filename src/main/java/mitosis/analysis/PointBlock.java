package mitosis.analysis;

import java.util.Arrays;
import java.util.stream.IntStream;
import mitosis.analysis.NativeMatrix.NativeFloats;
import mitosis.analysis.TwoNearestNeighbours.DistinctPoints;
import org.bytedeco.openblas.global.openblas;

/**
 * Some successive points of a set, which look for their two nearest neighbours among all points of
 * the set.
 *
 * <p>Squared distances are |x|² + |y|² − 2x·y of centred points at first, which a tile of inner
 * products gives for a whole block of pairs. That is off by rounding, by at most c·(|x|² + |y|²):
 * with D coordinates and unit roundoff u the inner product is off by D·u·|x||y|, the squares by
 * D·u·|x|² and D·u·|y|², their sum by 3u in all, and centring moves a distance by 4u·(|x|² + |y|²)
 * at most; so c = (2D + 16)u leaves a margin for terms in u². Pairs that this cannot rule out are
 * measured again, coordinate by coordinate.
 *
 * <p>Products in single precision, which take half the time, rule most pairs out. There u is that
 * of single precision, squares are summed in double precision, and rounding a point's coordinates
 * takes the place of centring. Where many pairs of two blocks are nearer than that can tell, as
 * within a cluster that is small beside its distance from the others, double precision looks again.
 * Coordinates are scaled by a power of 2 to at most 1, so that nothing overflows; what underflows
 * is bounded apart.
 */
final class PointBlock implements AutoCloseable {

  /** Points in a block. */
  static final int SIZE = 256;

  private static final double UNIT_ROUNDOFF = 0x1p-53;

  private static final double SINGLE_UNIT_ROUNDOFF = 0x1p-24;

  /** Of a product in single precision and of two rounded coordinates, with a margin. */
  private static final double UNDERFLOW = 0x1p-120;

  private final int start;
  private final int dimensions;
  private final NativeMatrix coordinates;
  private final NativeFloats rounded;
  private final double[] squares;

  /** Of each point, what its rounded coordinates bring to a squared distance, at least. */
  private final float[] lower;

  private final double bound;
  private final double singleBound;
  private final double underflow;
  private final NearestCandidates[] candidates;

  /** Of each point, that of its candidates: in one array, as every pair is held against it. */
  private final double[] limits;

  /** Rounded up. */
  private final float[] singleLimits;

  /**
   * @param points the whole set
   * @param means of each coordinate, near enough to keep the squares small
   * @param scale a power of 2 by which no coordinate about its mean comes to more than 1
   * @param start position of the first point of this block
   */
  PointBlock(DistinctPoints points, double[] means, double scale, int start) {
    this.start = start;
    this.dimensions = means.length;
    this.coordinates = new NativeMatrix(SIZE, dimensions);
    this.rounded = new NativeFloats(SIZE, dimensions);
    this.squares = new double[SIZE];
    this.bound = (2 * dimensions + 16) * UNIT_ROUNDOFF;
    this.singleBound = (2 * dimensions + 16) * SINGLE_UNIT_ROUNDOFF;
    this.underflow = dimensions * UNDERFLOW;
    this.candidates =
        IntStream.range(0, Math.min(SIZE, points.count() - start))
            .mapToObj(i -> new NearestCandidates())
            .toArray(NearestCandidates[]::new);
    this.limits = Arrays.stream(candidates).mapToDouble(NearestCandidates::limit).toArray();
    this.singleLimits = new float[candidates.length];
    Arrays.fill(singleLimits, Float.POSITIVE_INFINITY);
    double[] column = new double[SIZE];
    float[] roundedColumn = new float[SIZE];
    double[] roundedSquares = new double[candidates.length];
    for (int k = 0; k < dimensions; k++) {
      for (int i = 0; i < candidates.length; i++) {
        double value = (points.coordinate(k, start + i) - means[k]) * scale;
        column[i] = value;
        squares[i] += value * value;
        roundedColumn[i] = (float) value;
        roundedSquares[i] += (double) roundedColumn[i] * roundedColumn[i];
      }
      coordinates.write(0, k, column, SIZE);
      rounded.write(k, roundedColumn);
    }
    this.lower = new float[candidates.length];
    for (int i = 0; i < lower.length; i++) {
      lower[i] = (float) ((1 - singleBound) * roundedSquares[i] - underflow);
    }
  }

  /**
   * Shows the points of two blocks, or of one block twice, to one another.
   *
   * @param tile to be worked in
   */
  static void introduce(PointBlock left, PointBlock right, NeighbourTile tile) {
    int hits =
        left == right
            ? -1
            : tile.look(
                left.rounded,
                right.rounded,
                left.dimensions,
                left.lower,
                right.lower,
                left.singleLimits,
                right.singleLimits);
    for (int hit = 0; hit < hits; hit++) {
      int i = tile.left(hit);
      int j = tile.right(hit);
      double least = tile.bound(hit, left.lower, right.lower);
      double most =
          least + 3 * left.singleBound * (left.squares[i] + right.squares[j]) + 8 * left.underflow;
      left.take(i, right.start + j, least, most);
      right.take(j, left.start + i, least, most);
    }
    if (hits < 0) {
      double[] products = tile.products(left.coordinates, right.coordinates);
      left.lookAlongColumns(right, products);
      if (left != right) {
        right.lookDownColumns(left, products);
      }
    }
  }

  /**
   * Looks at the other block's points one after another, each with all of these: the products of
   * one of them lie side by side.
   *
   * @param products column after column, one for each of the other block's points
   */
  private synchronized void lookAlongColumns(PointBlock other, double[] products) {
    double[] own = squares;
    double[] most = limits;
    int count = candidates.length;
    for (int j = 0; j < other.candidates.length; j++) {
      double square = other.squares[j];
      for (int i = 0; i < count; i++) {
        double sum = own[i] + square;
        double least = sum - 2 * products[j * SIZE + i] - bound * sum;
        if (least <= most[i]) {
          offer(i, other.start + j, least, sum);
        }
      }
    }
  }

  /**
   * Looks from these points one after another, each at all of the other block's.
   *
   * @param products column after column, one for each of these points
   */
  private synchronized void lookDownColumns(PointBlock other, double[] products) {
    double[] squaresThere = other.squares;
    int count = other.candidates.length;
    for (int i = 0; i < candidates.length; i++) {
      double square = squares[i];
      double limit = limits[i];
      for (int j = 0; j < count; j++) {
        double sum = square + squaresThere[j];
        double least = sum - 2 * products[i * SIZE + j] - bound * sum;
        if (least <= limit) {
          offer(i, other.start + j, least, sum);
          limit = limits[i];
        }
      }
    }
  }

  private void offer(int own, int point, double least, double sum) {
    if (start + own != point) {
      take(own, point, least, least + 2 * bound * sum);
    }
  }

  /** Takes another point as a candidate, unless it is too far for certain. */
  private synchronized void take(int own, int point, double least, double most) {
    candidates[own].offer(point, least, most);
    limits[own] = candidates[own].limit();
    singleLimits[own] = Math.nextUp((float) limits[own]);
  }

  /**
   * Measures the distances to the two nearest points, once all blocks have been introduced.
   *
   * @param points the whole set
   * @param first r₁ of every point of the set; this block's are overwritten
   * @param second r₂ likewise
   */
  void measure(DistinctPoints points, double[] first, double[] second) {
    int[][] remaining = new int[candidates.length][];
    double[][] distances = new double[candidates.length][];
    for (int i = 0; i < candidates.length; i++) {
      remaining[i] = candidates[i].remaining();
      distances[i] = new double[remaining[i].length];
    }
    for (int k = 0; k < points.dimensions(); k++) {
      for (int i = 0; i < candidates.length; i++) {
        double here = points.coordinate(k, start + i);
        for (int c = 0; c < remaining[i].length; c++) {
          double apart = here - points.coordinate(k, remaining[i][c]);
          distances[i][c] += apart * apart;
        }
      }
    }
    for (int i = 0; i < candidates.length; i++) {
      Arrays.sort(distances[i]);
      first[start + i] = Math.sqrt(distances[i][0]);
      second[start + i] = Math.sqrt(distances[i][1]);
    }
  }

  @Override
  public void close() {
    coordinates.close();
    rounded.close();
  }

  /**
   * Which points may be among the two nearest of one point, when squared distances are only known
   * to lie between two bounds. A point is one unless two others are nearer for certain: unless its
   * lower bound is above the second smallest upper bound. What is left in the end does not depend
   * on the order in which points were offered.
   */
  private static final class NearestCandidates {

    private static final int INITIALLY = 8;

    private double least = Double.POSITIVE_INFINITY;
    private double second = Double.POSITIVE_INFINITY;
    private int count;
    private int[] points = new int[INITIALLY];
    private double[] lowerBounds = new double[INITIALLY];

    /** Points with a lower bound above this need not be offered. */
    double limit() {
      return second;
    }

    void offer(int point, double lowerBound, double upperBound) {
      if (lowerBound > second) {
        return;
      }
      if (upperBound < least) {
        second = least;
        least = upperBound;
      } else if (upperBound < second) {
        second = upperBound;
      }
      if (count == points.length) {
        dropTheFar();
        if (2 * count > points.length) {
          points = Arrays.copyOf(points, 2 * points.length);
          lowerBounds = Arrays.copyOf(lowerBounds, points.length);
        }
      }
      points[count] = point;
      lowerBounds[count++] = lowerBound;
    }

    /** The candidates among all points that were offered, in no particular order. */
    int[] remaining() {
      dropTheFar();
      return Arrays.copyOf(points, count);
    }

    private void dropTheFar() {
      int kept = 0;
      for (int i = 0; i < count; i++) {
        if (lowerBounds[i] <= second) {
          points[kept] = points[i];
          lowerBounds[kept++] = lowerBounds[i];
        }
      }
      count = kept;
    }
  }

  /**
   * What two blocks of points are shown to one another in: the inner products of all pairs, and
   * which pairs may be near. To be used from one thread at a time; one after another, so that its
   * memory is asked for once.
   */
  static final class NeighbourTile implements AutoCloseable {

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
     * @return the number of pairs whose squared distance may be within either's limit, or −1 if
     *     they are too many to be told so
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
     * Of each point on the left, by how much the lower bound of the nearest looked at so far is
     * above either's limit. Without branches, so that the compiler lets it go by eight at a time.
     */
    private void lowerMargins(
        int column, float square, float limit, float[] lower, float[] limits) {
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
}
