package mitosis.analysis;

import java.util.SplittableRandom;
import mitosis.representation.Readout;
import mitosis.representation.Representation;
import mitosis.representation.Split;

/**
 * A made-up layer in which all neurons are different: independent standard normal activities, no
 * copies and no common structure, read out with standard normal weights. Labels are the signs of
 * its own full output, so that its errors are 0 while no chunk is a clone: R² of w neurons is w/W,
 * and the error of a chunk is arccos(√(w/W))/π on average over weights.
 *
 * @param width W, at least 1
 * @param testImages N, at least 1
 * @param trainImages N', at least 1
 * @param seed any number
 */
public record GaussianLayer(int width, int testImages, int trainImages, long seed) {

  /**
   * @throws IllegalArgumentException if there is no neuron or no image
   */
  public GaussianLayer {
    if (width < 1 || testImages < 1 || trainImages < 1) {
      throw new IllegalArgumentException(
          "width, test images and training images are %d, %d and %d, but must be at least 1"
              .formatted(width, testImages, trainImages));
    }
  }

  /** Draws it. */
  public Representation representation() {
    SplittableRandom random = new SplittableRandom(seed);
    double[][] weights = new double[1][width];
    for (int neuron = 0; neuron < width; neuron++) {
      weights[0][neuron] = random.nextGaussian();
    }
    Readout readout = new Readout(weights, new double[1]);
    return new Representation(
        "Gaussian layer W=%d".formatted(width),
        draw(testImages, readout, random),
        draw(trainImages, readout, random),
        readout);
  }

  private Split draw(int images, Readout readout, SplittableRandom random) {
    float[][] activities = new float[width][images];
    for (float[] activity : activities) {
      for (int image = 0; image < images; image++) {
        activity[image] = (float) random.nextGaussian();
      }
    }
    int[] labels = new int[images];
    double[] outputs = readout.logits(new Split(activities, labels))[0];
    for (int image = 0; image < images; image++) {
      labels[image] = outputs[image] > 0 ? 1 : -1;
    }
    return new Split(activities, labels);
  }
}
