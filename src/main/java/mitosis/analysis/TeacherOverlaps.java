package mitosis.analysis;

import java.util.Arrays;
import java.util.OptionalDouble;
import mitosis.model.ErfNetwork;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.DecompositionSolver;
import org.apache.commons.math3.linear.LUDecomposition;
import org.apache.commons.math3.linear.RealMatrix;

/**
 * A student beside its teacher, both two-layer networks Σ_k v_k·g(w_k·x/√D) with g(x) = erf(x/√2),
 * known by the covariances of their preactivations over inputs x ~ N(0, 1): the order parameters of
 * Saad and Solla (1995).
 *
 * <pre>
 *   Q_kl = w_k·w_l/D     R_km = w_k·u_m/D     T_mn = u_m·u_n/D
 * </pre>
 *
 * <p>For two such preactivations ⟨g(λ)·g(μ)⟩ = (2/π)·arcsin(⟨λμ⟩/√((1+⟨λ²⟩)·(1+⟨μ²⟩))), so that the
 * generalisation error needs no test samples.
 */
public final class TeacherOverlaps {

  /**
   * A neuron is a near-copy of a teacher neuron from this normalised overlap on. The papers name no
   * number; of two independent directions in ten dimensions one pair in 6,000 is that near.
   */
  public static final double COPY = 0.9;

  /** Round-off that a matrix of covariances may show. */
  private static final double ROUND_OFF = 1e-9;

  private final double[][] q;
  private final double[][] r;
  private final double[][] t;
  private final double[] student;
  private final double[] teacher;

  /**
   * Keeps copies.
   *
   * @param q K x K overlaps among student neurons; symmetric
   * @param r K x M overlaps of student neurons with teacher neurons
   * @param t M x M overlaps among teacher neurons; symmetric, no teacher neuron zero
   * @param student K weights of the second layer
   * @param teacher M weights of the second layer
   * @throws IllegalArgumentException if shapes do not agree, a number is not finite, a matrix is
   *     not symmetric, or two neurons overlap by more than their lengths allow
   */
  public TeacherOverlaps(
      double[][] q, double[][] r, double[][] t, double[] student, double[] teacher) {
    this.q = copy("Q", q, student.length, student.length);
    this.r = copy("R", r, student.length, teacher.length);
    this.t = copy("T", t, teacher.length, teacher.length);
    this.student = student.clone();
    this.teacher = teacher.clone();
    requireFinite("student's readout", student);
    requireFinite("teacher's readout", teacher);
    requireCovariances("Q", q, q, q, true);
    requireCovariances("T", t, t, t, true);
    requireCovariances("R", r, q, t, false);
    for (int m = 0; m < t.length; m++) {
      if (t[m][m] <= 0) {
        throw new IllegalArgumentException(
            "T[%d][%d] is %s: a teacher neuron without weights has no copies"
                .formatted(m, m, t[m][m]));
      }
    }
  }

  /**
   * The overlaps of two networks.
   *
   * @throws IllegalArgumentException if they have different inputs, or a teacher neuron no weights
   */
  public static TeacherOverlaps between(ErfNetwork student, ErfNetwork teacher) {
    return new TeacherOverlaps(
        student.overlaps(student),
        student.overlaps(teacher),
        teacher.overlaps(teacher),
        student.readout(),
        teacher.readout());
  }

  private static double[][] copy(String name, double[][] matrix, int rows, int columns) {
    if (matrix.length != rows || rows == 0 || columns == 0) {
      throw new IllegalArgumentException(
          "%s has %d rows, but must be %d x %d".formatted(name, matrix.length, rows, columns));
    }
    double[][] copy = new double[rows][];
    for (int k = 0; k < rows; k++) {
      if (matrix[k].length != columns) {
        throw new IllegalArgumentException(
            "row %d of %s has %d numbers, but must have %d"
                .formatted(k, name, matrix[k].length, columns));
      }
      requireFinite("row %d of %s".formatted(k, name), matrix[k]);
      copy[k] = matrix[k].clone();
    }
    return copy;
  }

  private static void requireFinite(String what, double[] numbers) {
    for (int i = 0; i < numbers.length; i++) {
      if (!Double.isFinite(numbers[i])) {
        throw new IllegalArgumentException(
            "%s: number %d is %s, not finite".formatted(what, i, numbers[i]));
      }
    }
  }

  /** Cauchy and Schwarz, and symmetry. */
  private static void requireCovariances(
      String name, double[][] matrix, double[][] left, double[][] right, boolean symmetric) {
    for (int k = 0; k < matrix.length; k++) {
      for (int l = 0; l < matrix[k].length; l++) {
        double most = left[k][k] * right[l][l];
        double square = matrix[k][l] * matrix[k][l];
        if (left[k][k] < 0 || right[l][l] < 0 || square > most * (1 + ROUND_OFF) + ROUND_OFF) {
          throw new IllegalArgumentException(
              "%s[%d][%d] = %s is more than neurons of squared lengths %s and %s can overlap"
                  .formatted(name, k, l, matrix[k][l], left[k][k], right[l][l]));
        }
        if (symmetric
            && Math.abs(matrix[k][l] - matrix[l][k]) > ROUND_OFF * (1 + Math.sqrt(most))) {
          throw new IllegalArgumentException(
              "%s is not symmetric: [%d][%d] is %s and [%d][%d] is %s"
                  .formatted(name, k, l, matrix[k][l], l, k, matrix[l][k]));
        }
      }
    }
  }

  /**
   * ½·⟨(student − teacher)²⟩ over inputs, without the noise of the labels (Goldt et al. 2019,
   * equation 4, in the closed form of Saad and Solla 1995); at least 0 but for round-off.
   */
  public double generalisationError() {
    return (product(student, q, q, q, student)
            - 2 * product(student, r, q, t, teacher)
            + product(teacher, t, t, t, teacher))
        / 2;
  }

  /** ⟨f·f'⟩ of two networks with these covariances between and within them. */
  private static double product(
      double[] v, double[][] between, double[][] q, double[][] t, double[] u) {
    double sum = 0;
    for (int k = 0; k < v.length; k++) {
      for (int m = 0; m < u.length; m++) {
        double sine = between[k][m] / Math.sqrt((1 + q[k][k]) * (1 + t[m][m]));
        sum += v[k] * u[m] * 2 / Math.PI * Math.asin(sine);
      }
    }
    return sum;
  }

  /**
   * R_km/√(Q_kk·T_mm), the cosine between student neuron k and teacher neuron m; 0 for a student
   * neuron without weights.
   *
   * @return K x M, in [−1, 1] but for round-off
   */
  public double[][] normalised() {
    double[][] cosines = new double[r.length][r[0].length];
    for (int k = 0; k < r.length; k++) {
      for (int m = 0; m < r[k].length; m++) {
        cosines[k][m] = q[k][k] > 0 ? r[k][m] / Math.sqrt(q[k][k] * t[m][m]) : 0;
      }
    }
    return cosines;
  }

  /**
   * How many near-copies each teacher neuron has: student neurons whose normalised overlap with it
   * is at least {@link #COPY} in size and larger than with any other. The sign does not matter, as
   * g is odd and the second layer may turn it round.
   *
   * @return M counts
   */
  public int[] copies() {
    int[] copies = new int[teacher.length];
    for (int original : copied()) {
      if (original >= 0) {
        copies[original]++;
      }
    }
    return copies;
  }

  /** Of which teacher neuron each student neuron is a near-copy; −1 if of none. */
  private int[] copied() {
    double[][] cosines = normalised();
    int[] copied = new int[cosines.length];
    for (int k = 0; k < copied.length; k++) {
      int nearest = 0;
      for (int m = 1; m < teacher.length; m++) {
        nearest = Math.abs(cosines[k][m]) > Math.abs(cosines[k][nearest]) ? m : nearest;
      }
      copied[k] = Math.abs(cosines[k][nearest]) >= COPY ? nearest : -1;
    }
    return copied;
  }

  /**
   * How much near-copies of a teacher neuron err alike: the mean cosine between the parts of their
   * weights that are orthogonal to all teacher neurons, over all pairs of near-copies of the same
   * teacher neuron, each turned to the same side of it. 0 for independent errors, 1 for a common
   * one; nothing where no teacher neuron has two copies that err at all.
   */
  public OptionalDouble correlationOfCopies() {
    DecompositionSolver among = new LUDecomposition(new Array2DRowRealMatrix(t)).getSolver();
    RealMatrix overlaps = new Array2DRowRealMatrix(r);
    RealMatrix explained = overlaps.multiply(among.solve(overlaps.transpose()));
    int[] copied = copied();
    double sum = 0;
    int pairs = 0;
    for (int k = 0; k < r.length; k++) {
      for (int l = 0; l < k; l++) {
        double square = (q[k][k] - explained.getEntry(k, k)) * (q[l][l] - explained.getEntry(l, l));
        if (copied[k] >= 0 && copied[k] == copied[l] && square > ROUND_OFF * q[k][k] * q[l][l]) {
          double side = Math.signum(r[k][copied[k]] * r[l][copied[l]]);
          sum += side * (q[k][l] - explained.getEntry(k, l)) / Math.sqrt(square);
          pairs++;
        }
      }
    }
    return pairs == 0 ? OptionalDouble.empty() : OptionalDouble.of(sum / pairs);
  }

  /** Mean number of near-copies of a teacher neuron. */
  public double copiesPerTeacherNeuron() {
    return Arrays.stream(copies()).average().orElseThrow();
  }
}
