package mitosis.power;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Test images by the margin that a clean network has on them, see {@link MarginLaw}; all labels are
 * +1.
 */
final class PlantedImages {

  /** Of images that are not in doubt. */
  private static final double FAR = 100;

  private final boolean[] always;
  private final int[] hard;
  private final double[] margins;

  PlantedImages(MarginLaw law, int images, SplittableRandom random) {
    always = new boolean[images];
    int[] found = new int[images];
    int count = 0;
    for (int image = 0; image < images; image++) {
      double kind = random.nextDouble();
      always[image] = kind < law.always();
      if (!always[image] && kind < law.always() + law.hard()) {
        found[count++] = image;
      }
    }
    hard = Arrays.copyOf(found, count);
    margins = random.doubles(count).map(Math::sqrt).toArray();
  }

  int[] labels() {
    int[] labels = new int[always.length];
    Arrays.fill(labels, 1);
    return labels;
  }

  /** Some of the images that are not in doubt, and are read by all: a share of all images. */
  boolean[] clear(double share, SplittableRandom random) {
    boolean[] chosen = new boolean[always.length];
    double chance = share * always.length / (always.length - hard.length - misread());
    for (int image = 0, next = 0; image < chosen.length; image++) {
      if (next < hard.length && hard[next] == image) {
        next++;
      } else {
        chosen[image] = !always[image] && random.nextDouble() < chance;
      }
    }
    return chosen;
  }

  private int misread() {
    int count = 0;
    for (boolean each : always) {
      count += each ? 1 : 0;
    }
    return count;
  }

  /** The noise of one network on the hard images. */
  double[] noise(double deviation, SplittableRandom random) {
    double[] noise = new double[hard.length];
    Arrays.setAll(noise, k -> deviation * random.nextGaussian());
    return noise;
  }

  /** The network's outputs, N. */
  double[] outputs(double[] noise) {
    double[] outputs = new double[always.length];
    for (int image = 0; image < outputs.length; image++) {
      outputs[image] = always[image] ? -FAR : FAR;
    }
    for (int k = 0; k < hard.length; k++) {
      outputs[hard[k]] = margins[k] + noise[k];
    }
    return outputs;
  }

  /**
   * The share of the network's chunks that misread each image, N, of infinitely many chunks.
   *
   * @param noise of the network itself, which all its chunks share
   * @param further deviation of the chunks' own noise; 0 for the network itself
   */
  float[] mistakes(double[] noise, double further) {
    float[] mistakes = new float[always.length];
    for (int image = 0; image < mistakes.length; image++) {
      mistakes[image] = always[image] ? 1 : 0;
    }
    IntStream.range(0, hard.length)
        .forEach(
            k -> {
              double output = margins[k] + noise[k];
              mistakes[hard[k]] =
                  further > 0 ? (float) MarginLaw.normal(-output / further) : output < 0 ? 1 : 0;
            });
    return mistakes;
  }
}
