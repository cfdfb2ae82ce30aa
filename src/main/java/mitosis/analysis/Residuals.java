package mitosis.analysis;

/**
 * What a growing chunk leaves unexplained of the neurons outside it: the sums of products of their
 * residuals, as neuron after neuron joins the chunk.
 *
 * <p>This is Cholesky's factorisation, right-looking and without the square roots: after w steps
 * the trailing block is G₂₂ − G₂₁(G₁₁ + λ)⁻¹G₁₂, which is L₂₂L₂₂ᵀ of the factor of G + λ but for
 * the λ on its diagonal: the products of the residuals of a ridge regression on the first w
 * neurons, EᵀE + λBᵀB with B its coefficients. λ = 1e-8 is P22's penalty (§2.2), and λBᵀB nothing
 * beside EᵀE.
 *
 * <p>A neuron whose pivot is below W·ε times its own sum of squares is, to rounding, a combination
 * of those before it: it adds nothing to the chunk, and dividing by its pivot would spread noise to
 * images on which it is no such combination. It is skipped. A dead neuron needs no rule: its slopes
 * are exact zeros.
 */
final class Residuals {

  /** The ridge penalty of P22 §2.2 and P21 §2. */
  static final double PENALTY = 1e-8;

  private static final double EPSILON = Math.ulp(1.0);

  private final int width;
  private final double[] products;
  private final double[] squares;
  private final double[] column;
  private final double[] shifted;
  private int eliminated;

  /**
   * Starts with an empty chunk.
   *
   * @param gram of W neurons
   * @param order a permutation of them
   */
  Residuals(GramMatrix gram, int[] order) {
    this.width = gram.width();
    this.products = gram.permuted(order);
    this.squares = new double[width];
    this.column = new double[width];
    this.shifted = new double[width];
    for (int i = 0; i < width; i++) {
      squares[i] = products[i * width + i];
    }
  }

  /** The number of neurons in the chunk. */
  int eliminated() {
    return eliminated;
  }

  /**
   * Adds the next neuron to the chunk and refits.
   *
   * @param slopes W numbers, overwritten: by how much the prediction of each neuron outside the
   *     chunk follows the residual of the one that joins
   */
  void fitNext(double[] slopes) {
    int next = eliminated++;
    double pivot = products[next * width + next] + PENALTY;
    boolean skipped = pivot <= width * EPSILON * squares[next];
    readColumn(next);
    for (int i = eliminated; i < width; i++) {
      slopes[i] = skipped ? 0 : column[i] / pivot;
      if (slopes[i] != 0) {
        subtract(products, i * width, eliminated, i, slopes[i], column);
      }
    }
  }

  /**
   * Adds the next neuron to the chunk, and predicts with slopes fitted on other images.
   *
   * @param slopes what {@link #fitNext} has put there; not modified
   */
  void followNext(double[] slopes) {
    int next = eliminated++;
    double square = products[next * width + next];
    readColumn(next);
    for (int i = eliminated; i < width; i++) {
      shifted[i] = column[i] - square * slopes[i];
    }
    for (int i = eliminated; i < width; i++) {
      // Residuals become x_i - slope_i x_next, so products lose
      // slope_i x_j x_next + slope_j x_i x_next - slope_i slope_j x_next².
      subtract(products, i * width, eliminated, i, slopes[i], shifted, column[i], slopes);
    }
  }

  private void readColumn(int next) {
    for (int i = next + 1; i < width; i++) {
      column[i] = products[i * width + next];
    }
  }

  private static void subtract(
      double[] products, int base, int from, int to, double a, double[] x) {
    for (int j = from; j <= to; j++) {
      products[base + j] -= a * x[j];
    }
  }

  private static void subtract(
      double[] products, int base, int from, int to, double a, double[] x, double b, double[] y) {
    for (int j = from; j <= to; j++) {
      products[base + j] -= a * x[j] + b * y[j];
    }
  }

  /** The sum of squared residuals of the neuron at a position outside the chunk; not negative. */
  double square(int position) {
    return Math.max(products[position * width + position], 0);
  }

  /** The sum of products of the residuals of two neurons outside the chunk, i ≥ j. */
  double product(int i, int j) {
    return products[i * width + j];
  }

  /** The sum of squares of the neuron at a position before anything was explained. */
  double squareBefore(int position) {
    return squares[position];
  }

  /** The sum of squared residuals of all neurons; those in the chunk have none. */
  double unexplained() {
    double sum = 0;
    for (int position = eliminated; position < width; position++) {
      sum += square(position);
    }
    return sum;
  }
}
