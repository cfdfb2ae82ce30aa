package mitosis.suite;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Made-up networks that are known by their output alone: the clean output of {@link
 * mitosis.analysis.PlantedClones} and noise of which each network has its own. An image has the
 * sign of its clean output u for a label; a share of the images is hard, with u uniform in (−1, 1),
 * the others have |u| = 1 + ½|g| with g standard normal. With noise of deviation s a network
 * misreads h·s/√(2π) of all images if h is the share of hard ones and s is small, and the average
 * of n networks as many as one with noise of s/√n.
 *
 * @param hardShare h, in [0, 1]
 * @param images N
 * @param seed of images and noise
 */
record PlantedOutputs(double hardShare, int images, long seed) {

  private double[] clean() {
    SplittableRandom random = new SplittableRandom(seed);
    double[] clean = new double[images];
    Arrays.setAll(
        clean,
        image -> {
          if (random.nextDouble() < hardShare) {
            return random.nextDouble(-1, 1);
          }
          double size = 1 + 0.5 * Math.abs(random.nextGaussian());
          return random.nextBoolean() ? size : -size;
        });
    return clean;
  }

  /** N labels, −1 or +1. */
  int[] labels() {
    return Arrays.stream(clean()).mapToInt(output -> output > 0 ? 1 : -1).toArray();
  }

  /**
   * The outputs of some networks.
   *
   * @param numbers which they are; the same number is the same noise again, but for its deviation
   * @param deviation s
   * @return {@code numbers x 1 x N}
   */
  double[][][] of(int[] numbers, double deviation) {
    double[] clean = clean();
    return Arrays.stream(numbers)
        .mapToObj(
            number -> {
              SplittableRandom noise = new SplittableRandom(seed + 1 + number);
              return new double[][] {
                Arrays.stream(clean).map(u -> u + deviation * noise.nextGaussian()).toArray()
              };
            })
        .toArray(double[][][]::new);
  }
}
