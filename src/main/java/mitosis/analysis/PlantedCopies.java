package mitosis.analysis;

import java.util.Arrays;
import java.util.SplittableRandom;
import mitosis.model.ErfNetwork;

/**
 * A made-up student whose neurons are copies of its teacher's, as many of each, with small Gaussian
 * errors, so that it is known how its generalisation error falls with their number n.
 *
 * <p>A copy of teacher neuron u_m is w = u_m + s·(√(1−c)·ξ + √c·ξ_m), with ξ drawn for each copy
 * and ξ_m for each teacher neuron, and the second layer averages over the copies. To second order
 * in s the error is on average
 *
 * <pre>
 *   M·s²/(π·√3)·(1 − 2/(3D))·((1−c)/n + c)
 * </pre>
 *
 * <p>which is exactly inverse to n if errors are independent, c = 0.
 *
 * @param inputs D
 * @param teachers M, at most D; the teacher's neurons are orthogonal, of length √D
 * @param copies n of each
 * @param noise s, at least 0
 * @param shared c, in [0, 1]: how much of the error all copies of a teacher neuron have in common
 * @param seed any number
 */
public record PlantedCopies(
    int inputs, int teachers, int copies, double noise, double shared, long seed) {

  /**
   * @throws IllegalArgumentException if a number is out of its range
   */
  public PlantedCopies {
    if (teachers < 1 || teachers > inputs || copies < 1) {
      throw new IllegalArgumentException(
          "%d teacher neurons must be at least 1 and at most the %d inputs, and %d copies at least 1"
              .formatted(teachers, inputs, copies));
    }
    if (!(noise >= 0 && noise <= Double.MAX_VALUE && shared >= 0 && shared <= 1)) {
      throw new IllegalArgumentException(
          "noise %s must be at least 0 and its shared part %s in [0, 1]".formatted(noise, shared));
    }
  }

  /** The mean of the generalisation error over seeds, to second order in the noise. */
  public double expectedError() {
    return teachers
        * (noise * noise / (Math.PI * Math.sqrt(3)))
        * (1 - 2.0 / (3 * inputs))
        * ((1 - shared) / copies + shared);
  }

  /** The student beside its teacher. */
  public TeacherOverlaps overlaps() {
    return TeacherOverlaps.between(student(), teacher(inputs, teachers));
  }

  private ErfNetwork student() {
    SplittableRandom random = new SplittableRandom(seed);
    double[][] weights = new double[teachers * copies][inputs];
    double[] readout = new double[weights.length];
    for (int m = 0; m < teachers; m++) {
      double[] common = new double[inputs];
      Arrays.setAll(common, i -> random.nextGaussian());
      for (int copy = 0; copy < copies; copy++) {
        double[] w = weights[m * copies + copy];
        for (int i = 0; i < inputs; i++) {
          w[i] =
              noise
                  * (Math.sqrt(1 - shared) * random.nextGaussian() + Math.sqrt(shared) * common[i]);
        }
        w[m] += Math.sqrt(inputs);
        readout[m * copies + copy] = 1.0 / copies;
      }
    }
    return new ErfNetwork(weights, readout);
  }

  /**
   * A made-up student without copies: each neuron is a mixture of all teacher neurons, with
   * standard normal weights of its own.
   *
   * @param width K
   */
  public static TeacherOverlaps mixtures(int inputs, int teachers, int width, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[][] weights = new double[width][inputs];
    double[] readout = new double[width];
    for (int k = 0; k < width; k++) {
      for (int m = 0; m < teachers; m++) {
        weights[k][m] = Math.sqrt(inputs) * random.nextGaussian();
      }
      readout[k] = 1.0 / width;
    }
    return TeacherOverlaps.between(new ErfNetwork(weights, readout), teacher(inputs, teachers));
  }

  /** The first axes, each with weight 1. */
  private static ErfNetwork teacher(int inputs, int teachers) {
    double[][] weights = new double[teachers][inputs];
    double[] readout = new double[teachers];
    for (int m = 0; m < teachers; m++) {
      weights[m][m] = Math.sqrt(inputs);
      readout[m] = 1;
    }
    return new ErfNetwork(weights, readout);
  }
}
