package mitosis.analysis;

import java.util.Arrays;
import mitosis.representation.Representation;
import mitosis.representation.Split;
import org.bytedeco.openblas.global.openblas;

/**
 * The authors' way to measure a chunk, for comparison: for every chunk and size a ridge regression
 * over all images, its prediction, the covariance of the residuals, and the errors of the network
 * with the other neurons set to zero. The library calls are those that scikit-learn's Ridge (by
 * Cholesky), numpy's cov and a matrix product make, in double precision, on one thread.
 */
final class RegressionByChunk {

  private final Representation layer;
  private final int width;
  private final int images;
  private final NativeMatrix targets;
  private final double[] means;
  private final double[] squares;

  /** What is measured of a chunk. */
  record Measured(double r2, double byCode, double byPaper, double testError, double trainError) {}

  /** Prepares what all chunks share: the centred features, N x W. */
  RegressionByChunk(Representation layer) {
    this.layer = layer;
    this.width = layer.width();
    this.images = layer.test().images();
    this.targets = new NativeMatrix(images, width);
    this.means = new double[width];
    this.squares = new double[width];
    double[] column = new double[images];
    for (int j = 0; j < width; j++) {
      float[] activity = layer.test().activities()[j];
      for (int i = 0; i < images; i++) {
        means[j] += activity[i] / (double) images;
      }
      for (int i = 0; i < images; i++) {
        column[i] = activity[i] - means[j];
        squares[j] += column[i] * column[i];
      }
      targets.write(0, j, column, images);
    }
  }

  /** Measures one chunk. */
  Measured measure(int[] chunk) {
    int size = chunk.length;
    try (NativeMatrix predictors = new NativeMatrix(images, size);
        NativeMatrix gram = new NativeMatrix(size, size);
        NativeMatrix coefficients = new NativeMatrix(size, width);
        NativeMatrix residuals = new NativeMatrix(images, width)) {
      for (int k = 0; k < size; k++) {
        predictors.copyColumn(k, targets, chunk[k]);
      }
      fit(predictors, gram, coefficients);
      for (int j = 0; j < width; j++) {
        residuals.copyColumn(j, targets, j);
      }
      multiply(
          openblas.CblasNoTrans,
          images,
          width,
          size,
          -1,
          predictors,
          images,
          coefficients,
          size,
          1,
          residuals);
      return summarised(residuals, chunk);
    }
  }

  private void fit(NativeMatrix predictors, NativeMatrix gram, NativeMatrix coefficients) {
    int size = gram.rows();
    openblas.cblas_dsyrk(
        openblas.CblasColMajor,
        openblas.CblasLower,
        openblas.CblasTrans,
        size,
        images,
        1,
        predictors.at(0, 0),
        images,
        0,
        gram.at(0, 0),
        size);
    for (int k = 0; k < size; k++) {
      gram.set(k, k, gram.get(k, k) + Elimination.PENALTY);
    }
    multiply(
        openblas.CblasTrans,
        size,
        width,
        images,
        1,
        predictors,
        images,
        targets,
        images,
        0,
        coefficients);
    int info =
        openblas.LAPACKE_dposv(
            openblas.LAPACK_COL_MAJOR,
            (byte) 'L',
            size,
            width,
            gram.at(0, 0),
            size,
            coefficients.at(0, 0),
            size);
    if (info != 0) {
      throw new IllegalStateException("the regression is singular at neuron " + info);
    }
  }

  private static void multiply(
      int transposed,
      int rows,
      int columns,
      int inner,
      double factor,
      NativeMatrix a,
      int strideA,
      NativeMatrix b,
      int strideB,
      double keep,
      NativeMatrix c) {
    openblas.cblas_dgemm(
        openblas.CblasColMajor,
        transposed,
        openblas.CblasNoTrans,
        rows,
        columns,
        inner,
        factor,
        a.at(0, 0),
        strideA,
        b.at(0, 0),
        strideB,
        keep,
        c.at(0, 0),
        c.rows());
  }

  private Measured summarised(NativeMatrix residuals, int[] chunk) {
    try (NativeMatrix covariance = new NativeMatrix(width, width)) {
      openblas.cblas_dsyrk(
          openblas.CblasColMajor,
          openblas.CblasLower,
          openblas.CblasTrans,
          width,
          images,
          1.0 / (images - 1),
          residuals.at(0, 0),
          images,
          0,
          covariance.at(0, 0),
          width);
      double unexplained = 0;
      double[] variances = new double[width];
      for (int j = 0; j < width; j++) {
        variances[j] = covariance.get(j, j);
        unexplained += variances[j] * (images - 1);
      }
      double byCode = 0;
      double byPaper = 0;
      double[] column = new double[width];
      for (int j = 0; j < width; j++) {
        covariance.read(j, j, column, width - j);
        for (int i = j + 1; i < width; i++) {
          double product = variances[i] * variances[j];
          byCode += Math.abs(column[i - j]) / (Math.sqrt(product) + 1e-8);
          byPaper += Math.abs(column[i - j]) / Math.sqrt(product + 1e-8);
        }
      }
      double pairs = 0.5 * width * (width - 1);
      return new Measured(
          1 - unexplained / Arrays.stream(squares).sum(),
          byCode / pairs,
          byPaper / pairs,
          error(layer.test(), chunk),
          error(layer.train(), chunk));
    }
  }

  /** Of the whole layer with the other neurons set to zero. */
  private double error(Split split, int[] chunk) {
    int outputs = layer.readout().outputs();
    boolean[] kept = new boolean[width];
    Arrays.stream(chunk).forEach(neuron -> kept[neuron] = true);
    try (NativeMatrix masked = new NativeMatrix(split.images(), width);
        NativeMatrix weights = new NativeMatrix(width, outputs);
        NativeMatrix logits = new NativeMatrix(split.images(), outputs)) {
      double[] column = new double[split.images()];
      for (int j = 0; j < width; j++) {
        float[] activity = split.activities()[j];
        for (int i = 0; i < column.length; i++) {
          column[i] = kept[j] ? activity[i] : 0;
        }
        masked.write(0, j, column, column.length);
      }
      for (int k = 0; k < outputs; k++) {
        weights.write(0, k, layer.readout().weights()[k], width);
      }
      multiply(
          openblas.CblasNoTrans,
          split.images(),
          outputs,
          width,
          1,
          masked,
          split.images(),
          weights,
          width,
          0,
          logits);
      double[][] values = new double[outputs][split.images()];
      for (int k = 0; k < outputs; k++) {
        logits.read(0, k, values[k], split.images());
        for (int i = 0; i < split.images(); i++) {
          values[k][i] += layer.readout().biases()[k];
        }
      }
      int[] misread = new int[split.images()];
      Mistakes.note(values, split.labels(), misread);
      return Arrays.stream(misread).sum() / (double) split.images();
    }
  }
}
