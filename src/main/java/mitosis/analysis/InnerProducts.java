package mitosis.analysis;

/** Inner products of the points of two blocks, the inner loop of everything about all pairs. */
final class InnerProducts {

  /** Coordinates are taken this many at a time, and points of the left block two at a time. */
  static final int COORDINATES = 4;

  private InnerProducts() {}

  /** The least multiple of {@link #COORDINATES} that is not below a number. */
  static int padded(int number) {
    return (number + COORDINATES - 1) / COORDINATES * COORDINATES;
  }

  /**
   * Computes products[i][j] = Σ_k left[k][i] · right[k][j]. The order of adding up depends on the
   * number of coordinates alone.
   *
   * @param left D x B, coordinate by point; D a multiple of {@link #COORDINATES}, B even
   * @param right D x B'
   * @param products B x B', zeros; overwritten
   */
  static void of(double[][] left, double[][] right, double[][] products) {
    for (int k = 0; k < left.length; k += COORDINATES) {
      for (int i = 0; i < products.length; i += 2) {
        addTwoRows(products[i], products[i + 1], left, i, right, k);
      }
    }
  }

  private static void addTwoRows(
      double[] first, double[] second, double[][] left, int i, double[][] right, int k) {
    double fa = left[k][i];
    double fb = left[k + 1][i];
    double fc = left[k + 2][i];
    double fd = left[k + 3][i];
    double sa = left[k][i + 1];
    double sb = left[k + 1][i + 1];
    double sc = left[k + 2][i + 1];
    double sd = left[k + 3][i + 1];
    double[] a = right[k];
    double[] b = right[k + 1];
    double[] c = right[k + 2];
    double[] d = right[k + 3];
    for (int j = 0; j < first.length; j++) {
      first[j] += fa * a[j] + fb * b[j] + (fc * c[j] + fd * d[j]);
      second[j] += sa * a[j] + sb * b[j] + (sc * c[j] + sd * d[j]);
    }
  }
}
