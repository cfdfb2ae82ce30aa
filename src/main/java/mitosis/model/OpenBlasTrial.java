package mitosis.model;

import java.util.Arrays;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.BiFunction;
import org.bytedeco.openblas.global.openblas_full;

/**
 * A trial of OpenBLAS before it is trusted: the products of matrices and vectors and the triangular
 * solution in which trainings and factorisations spend their time, on whole numbers, held against
 * plain Java. Whole numbers this small add up exactly in either precision and any order, and the
 * triangle's diagonal holds powers of two, so that nothing is rounded and nothing may differ. No
 * size is a multiple of a kernel's block.
 */
final class OpenBlasTrial {

  private static final int ROWS = 37;
  private static final int INNER = 141;
  private static final int COLUMNS = 53;
  private static final int LARGEST = 8;

  private final double[] left = new double[ROWS * INNER];
  private final double[] right = new double[INNER * COLUMNS];

  /** {@code COLUMNS x COLUMNS}, zero above the diagonal. */
  private final double[] triangle = new double[COLUMNS * COLUMNS];

  private OpenBlasTrial() {
    SplittableRandom random = new SplittableRandom(1);
    Arrays.setAll(left, i -> random.nextInt(-LARGEST, LARGEST + 1));
    Arrays.setAll(right, i -> random.nextInt(-LARGEST, LARGEST + 1));
    for (int i = 0; i < COLUMNS; i++) {
      for (int j = 0; j < i; j++) {
        triangle[i * COLUMNS + j] = random.nextInt(-1, 2);
      }
      triangle[i * COLUMNS + i] = 1 << random.nextInt(3);
    }
  }

  /**
   * What of OpenBLAS is wrong, or nothing if all is right.
   *
   * @param seen makes what is compared of an operation's name and its result: nothing else but in
   *     tests
   */
  static Optional<String> fault(BiFunction<String, double[], double[]> seen) {
    OpenBlasTrial trial = new OpenBlasTrial();
    double[] product = product(trial.left, trial.right, ROWS, INNER, COLUMNS);
    double[] turned = transposed(trial.left, ROWS, INNER);
    double[] square = product(trial.left, turned, ROWS, INNER, ROWS);
    for (int i = 0; i < ROWS; i++) {
      Arrays.fill(square, i * ROWS + i + 1, (i + 1) * ROWS, 0);
    }
    double[] solution = Arrays.copyOf(trial.left, ROWS * COLUMNS);
    return differing("sgemm", product, seen.apply("sgemm", trial.singles(false, false)))
        .or(
            () ->
                differing(
                    "sgemm, left transposed",
                    product,
                    seen.apply("sgemm, left transposed", trial.singles(true, false))))
        .or(
            () ->
                differing(
                    "sgemm, right transposed",
                    product,
                    seen.apply("sgemm, right transposed", trial.singles(false, true))))
        .or(() -> differing("sgemv", trial.row(product), seen.apply("sgemv", trial.vector(false))))
        .or(
            () ->
                differing(
                    "sgemv, transposed",
                    trial.row(product),
                    seen.apply("sgemv, transposed", trial.vector(true))))
        .or(() -> differing("dgemm", product, seen.apply("dgemm", trial.doubles())))
        .or(() -> differing("dsyrk", square, seen.apply("dsyrk", trial.square())))
        .or(() -> differing("dtrsm", solution, seen.apply("dtrsm", trial.solved(solution))));
  }

  private double[] singles(boolean leftTurned, boolean rightTurned) {
    float[] result = new float[ROWS * COLUMNS];
    openblas_full.cblas_sgemm(
        openblas_full.CblasRowMajor,
        leftTurned ? openblas_full.CblasTrans : openblas_full.CblasNoTrans,
        rightTurned ? openblas_full.CblasTrans : openblas_full.CblasNoTrans,
        ROWS,
        COLUMNS,
        INNER,
        1,
        floats(leftTurned ? transposed(left, ROWS, INNER) : left),
        leftTurned ? ROWS : INNER,
        floats(rightTurned ? transposed(right, INNER, COLUMNS) : right),
        rightTurned ? INNER : COLUMNS,
        0,
        result,
        COLUMNS);
    return widened(result);
  }

  /** The first row of a product. */
  private double[] row(double[] product) {
    return Arrays.copyOf(product, COLUMNS);
  }

  /** The first row of the left matrix times the right one, as a matrix times a vector. */
  private double[] vector(boolean turned) {
    float[] result = new float[COLUMNS];
    openblas_full.cblas_sgemv(
        openblas_full.CblasRowMajor,
        turned ? openblas_full.CblasNoTrans : openblas_full.CblasTrans,
        turned ? COLUMNS : INNER,
        turned ? INNER : COLUMNS,
        1,
        floats(turned ? transposed(right, INNER, COLUMNS) : right),
        turned ? INNER : COLUMNS,
        floats(left),
        1,
        0,
        result,
        1);
    return widened(result);
  }

  private double[] doubles() {
    double[] result = new double[ROWS * COLUMNS];
    openblas_full.cblas_dgemm(
        openblas_full.CblasRowMajor,
        openblas_full.CblasNoTrans,
        openblas_full.CblasNoTrans,
        ROWS,
        COLUMNS,
        INNER,
        1,
        left,
        INNER,
        right,
        COLUMNS,
        0,
        result,
        COLUMNS);
    return result;
  }

  /** The lower triangle of the left matrix times itself. */
  private double[] square() {
    double[] result = new double[ROWS * ROWS];
    openblas_full.cblas_dsyrk(
        openblas_full.CblasRowMajor,
        openblas_full.CblasLower,
        openblas_full.CblasNoTrans,
        ROWS,
        INNER,
        1,
        left,
        INNER,
        0,
        result,
        ROWS);
    return result;
  }

  /** What a solution times the transposed triangle gives, solved. */
  private double[] solved(double[] solution) {
    double[] result =
        product(solution, transposed(triangle, COLUMNS, COLUMNS), ROWS, COLUMNS, COLUMNS);
    openblas_full.cblas_dtrsm(
        openblas_full.CblasRowMajor,
        openblas_full.CblasRight,
        openblas_full.CblasLower,
        openblas_full.CblasTrans,
        openblas_full.CblasNonUnit,
        ROWS,
        COLUMNS,
        1,
        triangle,
        COLUMNS,
        result,
        COLUMNS);
    return result;
  }

  private static double[] product(double[] left, double[] right, int rows, int inner, int columns) {
    double[] result = new double[rows * columns];
    for (int i = 0; i < rows; i++) {
      for (int k = 0; k < inner; k++) {
        for (int j = 0; j < columns; j++) {
          result[i * columns + j] += left[i * inner + k] * right[k * columns + j];
        }
      }
    }
    return result;
  }

  private static double[] transposed(double[] matrix, int rows, int columns) {
    double[] result = new double[matrix.length];
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        result[j * rows + i] = matrix[i * columns + j];
      }
    }
    return result;
  }

  private static double[] widened(float[] values) {
    double[] result = new double[values.length];
    Arrays.setAll(result, i -> values[i]);
    return result;
  }

  private static float[] floats(double[] values) {
    float[] result = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      result[i] = (float) values[i];
    }
    return result;
  }

  private static Optional<String> differing(String operation, double[] expected, double[] found) {
    for (int i = 0; i < expected.length; i++) {
      if (expected[i] != found[i]) {
        return Optional.of(
            "number %d of %s is %s instead of %s".formatted(i, operation, found[i], expected[i]));
      }
    }
    return Optional.empty();
  }
}
