package mitosis.train;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import mitosis.model.Architecture;
import mitosis.model.Parameter;
import mitosis.model.Parameter.RunningStatistic;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.QRDecomposition;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.random.RandomGenerator;

/**
 * The weights before training. Offsets start at zero.
 *
 * @param weights how linear maps start
 * @param gammas how the scales of BatchNorm start
 */
public record Initialisation(Weight weights, Gamma gammas) {

  /** How a linear map starts. */
  public enum Weight {
    /** Uniformly random with orthonormal rows or columns, whichever are fewer. */
    ORTHOGONAL,
    /** Normal with variance 2 ÷ inputs of a neuron (He et al. 2015). */
    KAIMING
  }

  /** How a BatchNorm's scale starts. */
  public enum Gamma {
    /** Uniform between 0 and 1, as in the authors' code. */
    UNIFORM,
    /** One. */
    ONE
  }

  /**
   * Draws the weights of each seed from streams of its own.
   *
   * @return for every parameter and running statistic, {@code S x shape} row-major
   */
  public Map<String, float[]> draw(Architecture architecture, List<Integer> seeds) {
    Map<String, float[]> values = new LinkedHashMap<>();
    for (Parameter parameter : architecture.parameters()) {
      float[] all = new float[seeds.size() * parameter.size()];
      for (int s = 0; s < seeds.size(); s++) {
        float[] one = draw(parameter, RandomStream.of(seeds.get(s), parameter.name(), 0));
        System.arraycopy(one, 0, all, s * parameter.size(), one.length);
      }
      values.put(parameter.name(), all);
    }
    for (RunningStatistic statistic : architecture.runningStatistics()) {
      float[] all = new float[seeds.size() * statistic.size()];
      java.util.Arrays.fill(all, statistic.initial());
      values.put(statistic.name(), all);
    }
    return values;
  }

  private float[] draw(Parameter parameter, RandomGenerator random) {
    float[] value = new float[parameter.size()];
    switch (parameter.kind()) {
      case WEIGHT -> {
        if (weights == Weight.ORTHOGONAL) {
          orthogonal(parameter.shape().get(0), value, random);
        } else {
          kaiming(parameter.shape().get(0), value, random);
        }
      }
      case GAMMA -> {
        for (int i = 0; i < value.length; i++) {
          value[i] = gammas == Gamma.UNIFORM ? random.nextFloat() : 1;
        }
      }
      case BIAS -> {}
    }
    return value;
  }

  private static void kaiming(int rows, float[] value, RandomGenerator random) {
    double deviation = Math.sqrt(2.0 * rows / value.length);
    for (int i = 0; i < value.length; i++) {
      value[i] = (float) (deviation * random.nextGaussian());
    }
  }

  /**
   * A matrix drawn uniformly from those with orthonormal rows (or columns): the Q of a Gaussian
   * matrix, its signs fixed by R's diagonal (Saxe et al. 2014; Mezzadri 2007).
   */
  private static void orthogonal(int rows, float[] value, RandomGenerator random) {
    int columns = value.length / rows;
    int tall = Math.max(rows, columns);
    int narrow = Math.min(rows, columns);
    double[][] gaussian = new double[tall][narrow];
    for (double[] row : gaussian) {
      for (int j = 0; j < narrow; j++) {
        row[j] = random.nextGaussian();
      }
    }
    QRDecomposition decomposition = new QRDecomposition(new Array2DRowRealMatrix(gaussian, false));
    RealMatrix q = decomposition.getQ();
    RealMatrix r = decomposition.getR();
    for (int i = 0; i < tall; i++) {
      for (int j = 0; j < narrow; j++) {
        double entry = q.getEntry(i, j) * Math.signum(r.getEntry(j, j));
        value[rows >= columns ? i * columns + j : j * columns + i] = (float) entry;
      }
    }
  }
}
