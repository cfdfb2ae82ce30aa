package mitosis.suite;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import java.util.function.IntBinaryOperator;
import java.util.stream.IntStream;
import mitosis.evidence.Ensembles;
import mitosis.suite.Controls.SyntheticSubjects;

/** Networks known by their outputs alone, and so how good their ensembles are (claim C13). */
public final class PlantedEnsembles {

  /** Deviation of the output's noise of the widest planted networks that are averaged. */
  private static final double WIDEST_NOISE = 0.125;

  private final SyntheticSubjects madeUp;

  PlantedEnsembles(SyntheticSubjects madeUp) {
    this.madeUp = madeUp;
  }

  /**
   * Networks of four widths whose noise goes as W^-½, so that the average of n of them is one of n
   * times their width, and large ensembles of any width make no error.
   */
  public Ensembles ofClones() {
    return ensembles(0.02, (width, number) -> number, PlantedEnsembles::noise);
  }

  /** The same, but all networks of a width are one and the same: an ensemble is no better. */
  public Ensembles ofOneNetwork() {
    return ensembles(1, (width, number) -> width, PlantedEnsembles::noise);
  }

  /** Networks that all err like the narrowest. */
  public Ensembles ofOneWidth() {
    return ensembles(
        1, (width, number) -> width * madeUp.seeds() + number, share -> noise(1.0 / 8));
  }

  /** Networks that take some images for the other class, the more the narrower they are. */
  public Ensembles thatErrForGood() {
    Ensembles.Family[] families =
        ensembles(0.02, (width, number) -> number, PlantedEnsembles::noise).families().stream()
            .map(
                family -> {
                  int every = 24 * family.width() / narrowest();
                  for (double[][] outputs : family.logits()) {
                    for (int image = 0; image < madeUp.testImages(); image += every) {
                      outputs[0][image] = -outputs[0][image];
                    }
                  }
                  return family;
                })
            .toArray(Ensembles.Family[]::new);
    return new Ensembles(List.of(families), outputs(0.02).labels());
  }

  /** Deviation of the output's noise at a share of the widest network's width. */
  private static double noise(double share) {
    return WIDEST_NOISE / Math.sqrt(share);
  }

  private int narrowest() {
    return Math.max(1, madeUp.width() / 8);
  }

  private PlantedOutputs outputs(double hardShare) {
    return new PlantedOutputs(hardShare, madeUp.testImages(), SyntheticSubjects.SEED);
  }

  /**
   * @param number which noise a network of a width has
   * @param noise its deviation by share of the widest network's width
   */
  private Ensembles ensembles(
      double hardShare, IntBinaryOperator number, DoubleUnaryOperator noise) {
    PlantedOutputs outputs = outputs(hardShare);
    return new Ensembles(
        IntStream.of(1, 2, 4, 8)
            .mapToObj(
                times -> {
                  int[] numbers =
                      IntStream.range(0, madeUp.seeds())
                          .map(k -> number.applyAsInt(times, k))
                          .toArray();
                  return new Ensembles.Family(
                      times * narrowest(),
                      times,
                      outputs.of(numbers, noise.applyAsDouble(times / 8.0)));
                })
            .toList(),
        outputs.labels());
  }

  /**
   * Made-up networks that are known by their output alone: the clean output of {@link
   * mitosis.analysis.PlantedClones} and noise of which each network has its own. An image has the
   * sign of its clean output u for a label; a share of the images is hard, with u uniform in (−1,
   * 1), the others have |u| = 1 + ½|g| with g standard normal. With noise of deviation s a network
   * misclassifies h·s/√(2π) of all images if h is the share of hard ones and s is small, and the
   * average of n networks as many as one with noise of s/√n.
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
}
