package mitosis.analysis;

/**
 * Ridge regression on the first w of m features, for every w, by one Cholesky factorisation: its
 * leading blocks are the factors of the leading blocks.
 */
final class GrowingRegression {

  private final double[][] factor;
  private final double[][] reduced;

  /**
   * @param products m x m sums of products of the features; the lower triangle is overwritten
   * @param responses K x m sums of products with the targets; overwritten
   * @param penalty λ, added to the diagonal; not negative
   */
  GrowingRegression(double[][] products, double[][] responses, double penalty) {
    this.factor = products;
    this.reduced = responses;
    double[] column = new double[products.length];
    for (int k = 0; k < products.length; k++) {
      column[k] = Math.sqrt(products[k][k] + penalty);
      for (int i = k + 1; i < products.length; i++) {
        column[i] = products[i][k] / column[k];
        subtract(products[i], column[i], column, k + 1, i + 1);
        products[i][k] = column[i];
      }
      products[k][k] = column[k];
      for (double[] response : responses) {
        response[k] /= column[k];
        subtract(response, response[k], column, k + 1, response.length);
      }
    }
  }

  private static void subtract(double[] row, double factor, double[] column, int from, int to) {
    for (int j = from; j < to; j++) {
      row[j] -= factor * column[j];
    }
  }

  /**
   * The coefficients of the first features.
   *
   * @param size w, 1 to m
   * @return K x w
   */
  double[][] coefficients(int size) {
    double[][] coefficients = new double[reduced.length][size];
    for (int output = 0; output < coefficients.length; output++) {
      double[] rest = coefficients[output];
      System.arraycopy(reduced[output], 0, rest, 0, size);
      for (int j = size - 1; j >= 0; j--) {
        rest[j] /= factor[j][j];
        subtract(rest, rest[j], factor[j], 0, j);
      }
    }
    return coefficients;
  }
}
