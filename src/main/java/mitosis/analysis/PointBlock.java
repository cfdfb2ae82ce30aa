package mitosis.analysis;

import java.util.Arrays;
import java.util.stream.IntStream;
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
 */
final class PointBlock implements AutoCloseable {

  /** Points in a block. */
  static final int SIZE = 256;

  private static final double UNIT_ROUNDOFF = 0x1p-53;

  private final int start;
  private final NativeMatrix coordinates;
  private final double[] squares;
  private final double bound;
  private final NearestCandidates[] candidates;

  /** Of each point, that of its candidates: in one array, as every pair is held against it. */
  private final double[] limits;

  /**
   * @param points the whole set
   * @param means of each coordinate, near enough to keep the squares small
   * @param start position of the first point of this block
   */
  PointBlock(DistinctPoints points, double[] means, int start) {
    int dimensions = means.length;
    this.start = start;
    this.coordinates = new NativeMatrix(SIZE, dimensions);
    this.squares = new double[SIZE];
    this.bound = (2 * dimensions + 16) * UNIT_ROUNDOFF;
    this.candidates =
        IntStream.range(0, Math.min(SIZE, points.count() - start))
            .mapToObj(i -> new NearestCandidates())
            .toArray(NearestCandidates[]::new);
    this.limits = Arrays.stream(candidates).mapToDouble(NearestCandidates::limit).toArray();
    double[] column = new double[SIZE];
    for (int k = 0; k < dimensions; k++) {
      for (int i = 0; i < candidates.length; i++) {
        double value = points.coordinate(k, start + i) - means[k];
        column[i] = value;
        squares[i] += value * value;
      }
      coordinates.write(0, k, column, SIZE);
    }
  }

  /** Shows the points of two blocks, or of one block twice, to one another. */
  static void introduce(PointBlock left, PointBlock right) {
    double[] products = left.productsWith(right);
    left.lookAlongColumns(right, products);
    if (left != right) {
      right.lookDownColumns(left, products);
    }
  }

  /** Column after column: the inner products of all points with each of the other block's. */
  private double[] productsWith(PointBlock other) {
    double[] products = new double[SIZE * SIZE];
    try (NativeMatrix tile = new NativeMatrix(SIZE, SIZE)) {
      openblas.cblas_dgemm(
          openblas.CblasColMajor,
          openblas.CblasNoTrans,
          openblas.CblasTrans,
          SIZE,
          SIZE,
          coordinates.columns(),
          1,
          coordinates.at(0, 0),
          SIZE,
          other.coordinates.at(0, 0),
          SIZE,
          0,
          tile.at(0, 0),
          SIZE);
      tile.read(0, 0, products, products.length);
    }
    return products;
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
        double lower = sum - 2 * products[j * SIZE + i] - bound * sum;
        if (lower <= most[i]) {
          offer(i, other.start + j, lower, sum);
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
        double lower = sum - 2 * products[i * SIZE + j] - bound * sum;
        if (lower <= limit) {
          offer(i, other.start + j, lower, sum);
          limit = limits[i];
        }
      }
    }
  }

  private void offer(int own, int point, double lower, double sum) {
    if (start + own != point) {
      candidates[own].offer(point, lower, lower + 2 * bound * sum);
      limits[own] = candidates[own].limit();
    }
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
  }
}
