package mitosis.analysis;

import java.util.Arrays;
import java.util.SplittableRandom;
import mitosis.representation.Split;

/** Points drawn from manifolds of known dimension, placed in the space of many neurons. */
final class Manifolds {

  private Manifolds() {}

  /** A unit square in a plane. */
  static Split plane(int images, int width, long seed) {
    return placed(numbers(2, images, new SplittableRandom(seed), true), width, seed);
  }

  /** The surface of a unit sphere in three dimensions. */
  static Split sphere(int images, int width, long seed) {
    double[][] points = numbers(3, images, new SplittableRandom(seed), false);
    for (int i = 0; i < images; i++) {
      double x = points[0][i];
      double y = points[1][i];
      double z = points[2][i];
      double length = Math.sqrt(x * x + y * y + z * z);
      points[0][i] /= length;
      points[1][i] /= length;
      points[2][i] /= length;
    }
    return placed(points, width, seed);
  }

  /** A Gaussian cloud of some dimensions. */
  static Split gaussian(int dimensions, int images, int width, long seed) {
    return placed(numbers(dimensions, images, new SplittableRandom(seed), false), width, seed);
  }

  private static double[][] numbers(
      int rows, int columns, SplittableRandom random, boolean uniform) {
    double[][] numbers = new double[rows][columns];
    for (double[] row : numbers) {
      Arrays.setAll(row, i -> uniform ? random.nextDouble() : random.nextGaussian());
    }
    return numbers;
  }

  /** Each neuron sees a random linear mixture of the coordinates. */
  private static Split placed(double[][] coordinates, int width, long seed) {
    SplittableRandom random = new SplittableRandom(~seed);
    int images = coordinates[0].length;
    float[][] activities = new float[width][images];
    for (float[] activity : activities) {
      double[] weights = random.doubles(coordinates.length, -1, 1).toArray();
      for (int i = 0; i < images; i++) {
        double sum = 0;
        for (int k = 0; k < weights.length; k++) {
          sum += weights[k] * coordinates[k][i];
        }
        activity[i] = (float) sum;
      }
    }
    return new Split(activities, new int[images]);
  }
}
