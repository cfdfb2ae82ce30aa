package mitosis.model;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.BiFunction;
import org.bytedeco.openblas.global.openblas_full;

/**
 * OpenBLAS, on one thread a call: work is spread over seeds, networks or blocks instead, which
 * gives the same bits on any number of threads.
 *
 * <p>Its library holds the kernels of many processors, and takes those of the one that it finds
 * itself on when it is loaded, unless {@code OPENBLAS_CORETYPE} names others. The variables of the
 * environment are the user's: older builds compute wrongly on some machines without them. Only the
 * interface {@code openblas_full} of JavaCPP tells the kernels' name; it stands on the same library
 * as {@code openblas}.
 */
public final class OpenBlas {

  private static final String CORE_TYPE = "OPENBLAS_CORETYPE";

  /** Variable with the size of the second cache, by which OpenBLAS cuts products into blocks. */
  private static final String L2_SIZE = "OPENBLAS_L2_SIZE";

  /** The variables of the environment that choose kernels. */
  public static final List<String> VARIABLES = List.of(CORE_TYPE, L2_SIZE);

  static {
    openblas_full.blas_set_num_threads(1);
  }

  private static final Optional<String> FAULT = OpenBlasTrial.fault((operation, found) -> found);

  private OpenBlas() {}

  /**
   * Loads and tries it, which the first call of a process does.
   *
   * @throws IllegalStateException if it computes wrongly on this processor; says what to do
   */
  public static void load() {
    refuse(FAULT);
  }

  static void refuse(Optional<String> fault) {
    fault.ifPresent(
        wrong -> {
          throw new IllegalStateException(
              "%s computes wrongly on this processor (%s): %s; have it take kernels of another one, as in: OPENBLAS_CORETYPE=Haswell mvn verify"
                  .formatted(description(), NativeEngine.processor(), wrong));
        });
  }

  /** The kernels that it took, such as {@code Zen} or {@code SkylakeX}. */
  public static String kernel() {
    return openblas_full.openblas_get_corename().getString();
  }

  /** Name and version, as in {@code OpenBLAS 0.3.31}. */
  public static String version() {
    String[] words = openblas_full.openblas_get_config().getString().split(" ");
    return words[0] + " " + words[1];
  }

  /** All that the bits of a product depend on, as in {@code OpenBLAS 0.3.31 Zen}. */
  public static String description() {
    String blocks = System.getenv(L2_SIZE);
    return "%s %s%s"
        .formatted(version(), kernel(), blocks == null ? "" : ", " + L2_SIZE + "=" + blocks);
  }

  /** What the environment says about the kernels, as in {@code OPENBLAS_CORETYPE=Haswell}. */
  public static Optional<String> environment() {
    List<String> set =
        VARIABLES.stream()
            .filter(name -> System.getenv(name) != null)
            .map(name -> name + "=" + System.getenv(name))
            .toList();
    return set.isEmpty() ? Optional.empty() : Optional.of(String.join(" ", set));
  }

  /**
   * A trial of OpenBLAS before it is trusted: the products of matrices and vectors and the
   * triangular solution in which trainings and factorisations spend their time, on whole numbers,
   * held against plain Java. Whole numbers this small add up exactly in either precision and any
   * order, and the triangle's diagonal holds powers of two, so that nothing is rounded and nothing
   * may differ. No size is a multiple of a kernel's block.
   */
  static final class OpenBlasTrial {

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
          .or(
              () ->
                  differing("sgemv", trial.row(product), seen.apply("sgemv", trial.vector(false))))
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

    /**
     * Solves for a known solution: its product with the transposed triangle is the right-hand side.
     */
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

    private static double[] product(
        double[] left, double[] right, int rows, int inner, int columns) {
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
}
