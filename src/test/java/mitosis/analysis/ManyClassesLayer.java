package mitosis.analysis;

import java.util.SplittableRandom;
import java.util.stream.IntStream;
import mitosis.representation.Readout;
import mitosis.representation.Representation;
import mitosis.representation.Split;

/**
 * A made-up layer of the shape of a convolutional network's: neurons that mix a few class
 * prototypes and noise of their own, read out with random weights.
 */
final class ManyClassesLayer {

  private static final int FACTORS = 20;

  private ManyClassesLayer() {}

  static Representation of(int width, int classes, int testImages, int trainImages) {
    SplittableRandom random = new SplittableRandom(8);
    double[][] weights = new double[classes][width];
    for (double[] row : weights) {
      for (int neuron = 0; neuron < width; neuron++) {
        row[neuron] = random.nextGaussian();
      }
    }
    float[][] loadings = new float[width][FACTORS];
    for (float[] row : loadings) {
      for (int factor = 0; factor < FACTORS; factor++) {
        row[factor] = (float) random.nextGaussian();
      }
    }
    return new Representation(
        "made-up layer W=%d".formatted(width),
        split(loadings, classes, testImages, random.split()),
        split(loadings, classes, trainImages, random.split()),
        new Readout(weights, new double[classes]));
  }

  private static Split split(float[][] loadings, int classes, int images, SplittableRandom random) {
    float[][] factors = new float[FACTORS][images];
    for (float[] row : factors) {
      for (int image = 0; image < images; image++) {
        row[image] = (float) random.nextGaussian();
      }
    }
    long seed = random.nextLong();
    float[][] activities =
        IntStream.range(0, loadings.length)
            .parallel()
            .mapToObj(
                neuron -> mixed(loadings[neuron], factors, new SplittableRandom(seed + neuron)))
            .toArray(float[][]::new);
    return new Split(activities, random.ints(images, 0, classes).toArray());
  }

  private static float[] mixed(float[] loading, float[][] factors, SplittableRandom random) {
    float[] activity = new float[factors[0].length];
    for (int image = 0; image < activity.length; image++) {
      activity[image] = (float) (0.5 * random.nextGaussian());
    }
    for (int factor = 0; factor < factors.length; factor++) {
      for (int image = 0; image < activity.length; image++) {
        activity[image] += loading[factor] * factors[factor][image];
      }
    }
    return activity;
  }
}
