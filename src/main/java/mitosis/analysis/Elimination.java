package mitosis.analysis;

import org.bytedeco.openblas.global.openblas;

/**
 * What growing chunks leave unexplained: the sums of products of the residuals of all neurons
 * outside a chunk, as neuron after neuron joins it in the order of a permutation.
 *
 * <p>This is Cholesky's factorisation by blocks, right-looking. After w steps the trailing block is
 * G₂₂ − G₂₁(G₁₁ + λ)⁻¹G₁₂: the products of the residuals of a ridge regression with intercept on
 * the first w neurons, EᵀE + λBᵀB with E the residuals and B the coefficients. λ = 1e-8 is P22's
 * penalty (§2.2), and λBᵀB nothing beside EᵀE. A column of the factor holds by how much its neuron
 * lowers the residual of each later one, so that column sums, cumulated from the last column back,
 * give what is unexplained at every size without a subtraction.
 *
 * <p>A neuron whose pivot is below W·ε times its own sum of squares is, to rounding, a combination
 * of those before it: it adds nothing to the chunk, and dividing by its pivot would spread noise to
 * images on which it is no such combination. It is skipped, its column zero. A dead neuron needs no
 * rule of its own.
 *
 * <p>Holds W x W numbers outside the heap and can be used for one permutation after the other, from
 * one thread at a time.
 */
final class Elimination implements AutoCloseable {

  /** The ridge penalty of P22 §2.2 and P21 §2. */
  static final double PENALTY = 1e-8;

  private static final double EPSILON = Math.ulp(1.0);

  /**
   * Neurons that join at once: what a column of the trailing block is then read and written for.
   */
  private static final int PANEL = 128;

  /** Diagonal blocks up to this size are factored number by number. */
  private static final int SMALL = 32;

  private final int width;
  private final NativeMatrix factor;
  private final double[] squares;
  private final double[] own;
  private final double[] roots;
  private final double[][] small = new double[SMALL][SMALL];
  private int eliminated;

  /**
   * @param width W
   */
  Elimination(int width) {
    this.width = width;
    this.factor = new NativeMatrix(width, width);
    this.squares = new double[width];
    this.own = new double[width];
    this.roots = new double[width];
  }

  /**
   * Starts again with an empty chunk.
   *
   * @param gram of W neurons
   * @param order a permutation of them
   */
  void start(GramMatrix gram, int[] order) {
    gram.permuted(order, factor);
    for (int i = 0; i < width; i++) {
      squares[i] = gram.squares(order[i]);
    }
    eliminated = 0;
  }

  /** The number W of neurons. */
  int width() {
    return width;
  }

  /** The number w of neurons in the chunk. */
  int eliminated() {
    return eliminated;
  }

  /**
   * Adds neurons to the chunk until it has so many, and refits.
   *
   * @param size at least {@link #eliminated()}, at most W
   */
  void advanceTo(int size) {
    while (eliminated < size) {
      int count = Math.min(PANEL, size - eliminated);
      int next = eliminated + count;
      factorDiagonal(eliminated, count);
      solveBelow(eliminated, count, next, width - next);
      subtractFrom(next, width - next, eliminated, count);
      eliminated = next;
    }
  }

  /** Factors the diagonal block of so many neurons, by halves. */
  private void factorDiagonal(int from, int count) {
    if (count <= SMALL) {
      factorSmall(from, count);
      return;
    }
    int half = (count / 2 + SMALL - 1) / SMALL * SMALL;
    factorDiagonal(from, half);
    solveBelow(from, half, from + half, count - half);
    subtractFrom(from + half, count - half, from, half);
    factorDiagonal(from + half, count - half);
  }

  private void factorSmall(int from, int count) {
    for (int j = 0; j < count; j++) {
      factor.read(from + j, from + j, small[j], count - j);
    }
    for (int j = 0; j < count; j++) {
      double[] column = small[j];
      int neuron = from + j;
      double pivot = column[0] + PENALTY;
      own[neuron] = Math.max(column[0], 0);
      boolean skipped = pivot <= width * EPSILON * squares[neuron];
      roots[neuron] = skipped ? 0 : Math.sqrt(pivot);
      // A root of one leaves the solves that follow alone; the column itself is zero.
      column[0] = skipped ? 1 : roots[neuron];
      for (int i = 1; i < count - j; i++) {
        column[i] = skipped ? 0 : column[i] / roots[neuron];
      }
      for (int k = j + 1; k < count && !skipped; k++) {
        double share = column[k - j];
        for (int i = 0; i < count - k; i++) {
          small[k][i] -= share * column[k - j + i];
        }
      }
      factor.write(neuron, neuron, column, count - j);
    }
  }

  /** The columns of so many neurons at the rows below their diagonal block. */
  private void solveBelow(int from, int count, int row, int rows) {
    if (rows == 0) {
      return;
    }
    openblas.cblas_dtrsm(
        openblas.CblasColMajor,
        openblas.CblasRight,
        openblas.CblasLower,
        openblas.CblasTrans,
        openblas.CblasNonUnit,
        rows,
        count,
        1,
        factor.at(from, from),
        width,
        factor.at(row, from),
        width);
    for (int j = from; j < from + count; j++) {
      if (roots[j] == 0) {
        factor.clear(row, j, rows);
      }
    }
  }

  /** Takes what so many columns explain from a square block on the diagonal. */
  private void subtractFrom(int row, int rows, int from, int count) {
    if (rows == 0) {
      return;
    }
    openblas.cblas_dsyrk(
        openblas.CblasColMajor,
        openblas.CblasLower,
        openblas.CblasNoTrans,
        rows,
        count,
        -1,
        factor.at(row, from),
        width,
        1,
        factor.at(row, row),
        width);
  }

  /** The sum of squared residuals of the neuron at a position outside the chunk; not negative. */
  double square(int position) {
    return Math.max(factor.get(position, position), 0);
  }

  /**
   * The sums of products of the residual of one neuron outside the chunk with those behind it.
   *
   * @param position p of the neuron
   * @param target its first W − p − 1 numbers are overwritten
   */
  void readProducts(int position, double[] target) {
    if (position + 1 < width) {
      factor.read(position + 1, position, target, width - position - 1);
    }
  }

  /** The sum of squares of the neuron at a position before anything was explained. */
  double squareBefore(int position) {
    return squares[position];
  }

  /**
   * The sum of squared residuals of all neurons outside the chunk, for each size so far.
   *
   * @return for w = 1 first, up to the number of neurons in the chunk
   */
  double[] unexplained() {
    double[] unexplained = new double[eliminated];
    double sum = 0;
    for (int position = width - 1; position >= eliminated; position--) {
      sum += square(position);
    }
    for (int neuron = eliminated - 1; neuron >= 0; neuron--) {
      unexplained[neuron] = sum;
      sum += own[neuron] + lowered(neuron);
    }
    return unexplained;
  }

  /** By how much a neuron lowers the sum of squares of all later ones. */
  private double lowered(int neuron) {
    int later = width - neuron - 1;
    return later == 0
        ? 0
        : openblas.cblas_ddot(
            later, factor.at(neuron + 1, neuron), 1, factor.at(neuron + 1, neuron), 1);
  }

  /**
   * The same sums on other images, for which the chunks' fits to these images are kept.
   *
   * <p>With L̃ the slopes by which the prediction of each neuron follows the residual of each
   * before it (unit lower triangular), x = L̃z splits activities into the parts z that are new in
   * each neuron. A chunk of w leaves Σ_{j>w} L̃_ij z_j of neuron i. So the sum over neurons is that
   * of the products z_j z_k, j and k > w, each times (L̃ᵀL̃)_jk, which does not depend on w.
   *
   * <p>Afterwards this has to be started again.
   *
   * @param others the sums of products of the other images, about the means of these
   * @param order the permutation that this was started with
   * @param scratch W x W, overwritten
   * @return for w = 1 first, up to the number of neurons in the chunk
   */
  double[] unexplainedOn(GramMatrix others, int[] order, NativeMatrix scratch) {
    int sizes = eliminated;
    keepSlopes();
    others.permuted(order, scratch);
    int lower = 'L';
    openblas.LAPACKE_dsygst_work(
        openblas.LAPACK_COL_MAJOR,
        1,
        (byte) lower,
        width,
        scratch.at(0, 0),
        width,
        factor.at(0, 0),
        width);
    openblas.LAPACKE_dlauum_work(
        openblas.LAPACK_COL_MAJOR, (byte) lower, width, factor.at(0, 0), width);
    double[] unexplained = new double[sizes];
    double sum = 0;
    for (int j = width - 1; j >= 0; j--) {
      if (j < sizes) {
        unexplained[j] = sum;
      }
      int later = width - j - 1;
      sum += scratch.get(j, j) * factor.get(j, j);
      if (later > 0) {
        sum += 2 * openblas.cblas_ddot(later, scratch.at(j + 1, j), 1, factor.at(j + 1, j), 1);
      }
    }
    return unexplained;
  }

  /**
   * Separates activities on images that this was started with: the chunk's into what is new in each
   * of its neurons, the others' into what the chunk explains, which is taken away, and residuals.
   *
   * @param chunk at least {@code images} x w: activities about their means, in the order that this
   *     was started with; overwritten. Over all images the columns become orthonormal, to the
   *     penalty and rounding; those of skipped neurons zero
   * @param others at least {@code images} x (W − w): those of the neurons outside the chunk;
   *     overwritten by their residuals
   * @param images the number of rows to work on
   */
  void separate(NativeMatrix chunk, NativeMatrix others, int images) {
    openblas.cblas_dtrsm(
        openblas.CblasColMajor,
        openblas.CblasRight,
        openblas.CblasLower,
        openblas.CblasTrans,
        openblas.CblasNonUnit,
        images,
        eliminated,
        1,
        factor.at(0, 0),
        width,
        chunk.at(0, 0),
        chunk.rows());
    for (int j = 0; j < eliminated; j++) {
      if (roots[j] == 0) {
        chunk.clear(0, j, images);
      }
    }
    openblas.cblas_dgemm(
        openblas.CblasColMajor,
        openblas.CblasNoTrans,
        openblas.CblasTrans,
        images,
        width - eliminated,
        eliminated,
        -1,
        chunk.at(0, 0),
        chunk.rows(),
        factor.at(eliminated, 0),
        width,
        1,
        others.at(0, 0),
        others.rows());
  }

  /** Turns the factor into slopes; neurons outside the chunk predict nothing. */
  private void keepSlopes() {
    for (int j = 0; j < width; j++) {
      int later = width - j - 1;
      factor.set(j, j, 1);
      if (j >= eliminated) {
        factor.clear(j + 1, j, later);
      } else if (later > 0 && roots[j] > 0) {
        openblas.cblas_dscal(later, 1 / roots[j], factor.at(j + 1, j), 1);
      }
    }
  }

  @Override
  public void close() {
    factor.close();
  }
}
