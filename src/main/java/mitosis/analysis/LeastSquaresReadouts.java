package mitosis.analysis;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import mitosis.representation.Readout;
import mitosis.representation.Split;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.EigenDecomposition;

/**
 * Readouts fitted to training images by least squares with an intercept, from linear features of a
 * layer. The sums of products of activities with one another and with the targets are computed once
 * and serve all features.
 *
 * <p>Targets are the labels −1 and +1 under one output, and 1 for the image's class and 0 for the
 * others under several. The penalty is 1e-9 of the mean sum of squares of a neuron: as good as
 * none, but dead neurons and exact copies do no harm.
 */
final class LeastSquaresReadouts {

  private static final double RELATIVE_PENALTY = 1e-9;

  private final int width;
  private final double[] means;
  private final double[] targetMeans;

  /** Symmetric, padded with zeros. */
  private final double[][] products;

  /** Outputs x neurons. */
  private final double[][] responses;

  private final double penalty;

  /**
   * @param train images seen by W neurons, of which at least one is live
   * @param outputs K
   * @throws IllegalArgumentException if no neuron is live
   */
  LeastSquaresReadouts(Split train, int outputs) {
    this.width = train.width();
    this.means =
        Arrays.stream(train.activities()).mapToDouble(LeastSquaresReadouts::mean).toArray();
    double[][] targets = targets(train.labels(), outputs);
    this.targetMeans = new double[outputs];
    for (int output = 0; output < outputs; output++) {
      targetMeans[output] = Arrays.stream(targets[output]).average().orElseThrow();
      for (int image = 0; image < train.images(); image++) {
        targets[output][image] -= targetMeans[output];
      }
    }
    this.products = products(train);
    this.responses =
        Arrays.stream(targets)
            .map(
                target ->
                    IntStream.range(0, width)
                        .parallel()
                        .mapToDouble(neuron -> response(train.activities()[neuron], neuron, target))
                        .toArray())
            .toArray(double[][]::new);
    double total = IntStream.range(0, width).mapToDouble(i -> products[i][i]).sum();
    if (!(total > 0)) {
      throw new IllegalArgumentException(
          "none of the %d neurons is live on the training images: there is nothing to fit"
              .formatted(width));
    }
    this.penalty = RELATIVE_PENALTY * total / width;
  }

  private static double mean(float[] activity) {
    double sum = 0;
    for (float value : activity) {
      sum += value;
    }
    return sum / activity.length;
  }

  private static double[][] targets(int[] labels, int outputs) {
    double[][] targets = new double[outputs][labels.length];
    for (int output = 0; output < outputs; output++) {
      for (int image = 0; image < labels.length; image++) {
        targets[output][image] = outputs == 1 ? labels[image] : labels[image] == output ? 1 : 0;
      }
    }
    return targets;
  }

  private static double[][] products(Split train) {
    int width = train.width();
    GramMatrix gram = GramMatrix.of(train, IntStream.range(0, train.images()).toArray());
    int padded = ManyReadouts.padded(width);
    double[][] products = new double[padded][padded];
    for (int i = 0; i < width; i++) {
      for (int j = 0; j <= i; j++) {
        products[i][j] = gram.product(i, j);
        products[j][i] = products[i][j];
      }
    }
    return products;
  }

  private double response(float[] activity, int neuron, double[] target) {
    double sum = 0;
    for (int image = 0; image < target.length; image++) {
      sum += (activity[image] - means[neuron]) * target[image];
    }
    return sum;
  }

  /**
   * Of chunks: of the first neurons of a permutation.
   *
   * @param order a permutation of the W neurons
   * @param sizes increasing numbers of them
   */
  List<Readout> ofChunks(int[] order, int[] sizes) {
    int most = sizes[sizes.length - 1];
    double[][] chosen = new double[most][most];
    for (int i = 0; i < most; i++) {
      for (int j = 0; j <= i; j++) {
        chosen[i][j] = products[order[i]][order[j]];
      }
    }
    double[][] right =
        Arrays.stream(responses)
            .map(row -> IntStream.range(0, most).mapToDouble(i -> row[order[i]]).toArray())
            .toArray(double[][]::new);
    GrowingRegression regression = new GrowingRegression(chosen, right, penalty);
    return IntStream.of(sizes)
        .mapToObj(
            size -> {
              double[][] coefficients = regression.coefficients(size);
              double[][] weights = new double[coefficients.length][width];
              for (int output = 0; output < weights.length; output++) {
                for (int i = 0; i < size; i++) {
                  weights[output][order[i]] = coefficients[output][i];
                }
              }
              return readout(weights);
            })
        .toList();
  }

  /**
   * Of the leading principal components of the layer.
   *
   * @param sizes increasing numbers of them
   */
  List<Readout> ofPrincipalComponents(int[] sizes) {
    double[][] square = new double[width][];
    Arrays.setAll(square, i -> Arrays.copyOf(products[i], width));
    EigenDecomposition decomposition =
        new EigenDecomposition(new Array2DRowRealMatrix(square, false));
    int[] leading =
        IntStream.range(0, width)
            .boxed()
            .sorted(
                (a, b) -> Double.compare(variance(decomposition, b), variance(decomposition, a)))
            .mapToInt(Integer::intValue)
            .toArray();
    return IntStream.of(sizes)
        .mapToObj(
            size -> {
              double[][] weights = new double[responses.length][width];
              for (int rank = 0; rank < size; rank++) {
                addComponent(weights, decomposition, leading[rank]);
              }
              return readout(weights);
            })
        .toList();
  }

  private static double variance(EigenDecomposition decomposition, int component) {
    return decomposition.getRealEigenvalue(component);
  }

  /** Components are uncorrelated, so each has the coefficient that it has alone. */
  private void addComponent(double[][] weights, EigenDecomposition decomposition, int component) {
    double[] direction = decomposition.getEigenvector(component).toArray();
    double square = Math.max(variance(decomposition, component), 0) + penalty;
    for (int output = 0; output < weights.length; output++) {
      double coefficient = 0;
      for (int neuron = 0; neuron < width; neuron++) {
        coefficient += direction[neuron] * responses[output][neuron] / square;
      }
      for (int neuron = 0; neuron < width; neuron++) {
        weights[output][neuron] += coefficient * direction[neuron];
      }
    }
  }

  /**
   * Of random projections: sums over all neurons with weights drawn from a normal distribution.
   *
   * @param random where the weights come from
   * @param sizes increasing numbers of projections
   */
  List<Readout> ofProjections(SplittableRandom random, int[] sizes) {
    int most = sizes[sizes.length - 1];
    double deviation = 1 / Math.sqrt(width);
    double[][] directions = new double[products.length][ManyReadouts.padded(most)];
    for (int projection = 0; projection < most; projection++) {
      for (int neuron = 0; neuron < width; neuron++) {
        directions[neuron][projection] = deviation * random.nextGaussian();
      }
    }
    double[][] half = new double[products.length][directions[0].length];
    ManyReadouts.multiply(products, directions, half);
    double[][] projected = new double[directions[0].length][directions[0].length];
    ManyReadouts.multiply(directions, half, projected);
    double[][] right = new double[responses.length][most];
    for (int output = 0; output < right.length; output++) {
      for (int neuron = 0; neuron < width; neuron++) {
        for (int projection = 0; projection < most; projection++) {
          right[output][projection] += responses[output][neuron] * directions[neuron][projection];
        }
      }
    }
    GrowingRegression regression =
        new GrowingRegression(Arrays.copyOf(projected, most), right, penalty);
    return IntStream.of(sizes)
        .mapToObj(size -> readout(spread(regression.coefficients(size), directions)))
        .toList();
  }

  private double[][] spread(double[][] coefficients, double[][] directions) {
    double[][] weights = new double[coefficients.length][width];
    for (int output = 0; output < weights.length; output++) {
      for (int neuron = 0; neuron < width; neuron++) {
        for (int projection = 0; projection < coefficients[output].length; projection++) {
          weights[output][neuron] +=
              directions[neuron][projection] * coefficients[output][projection];
        }
      }
    }
    return weights;
  }

  private Readout readout(double[][] weights) {
    double[] biases = targetMeans.clone();
    for (int output = 0; output < biases.length; output++) {
      for (int neuron = 0; neuron < width; neuron++) {
        biases[output] -= weights[output][neuron] * means[neuron];
      }
    }
    return new Readout(weights, biases);
  }

  /**
   * Ridge regression on the first w of m features, for every w, by one Cholesky factorisation: its
   * leading blocks are the factors of the leading blocks.
   */
  private static final class GrowingRegression {

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
}
