package mitosis.analysis;

import java.util.Arrays;
import java.util.SplittableRandom;
import mitosis.representation.Readout;
import mitosis.representation.Representation;
import mitosis.representation.Split;

/**
 * A made-up layer that consists of clones by construction: what every claim about clones must
 * accept, and, with hidden factors, what the claim of uncorrelated residuals must reject.
 *
 * <p>An image is d latent features z. Its clean output is u = Σ z_k / √d and its label the sign of
 * u. <em>Hard</em> test images have u uniform in (−1, 1); all other images, and so all training
 * images, are clear: |u| = 1 + ½|g| with g standard normal. Across u, z is standard normal. Each of
 * W neurons copies one feature, drawn at random, and adds independent Gaussian noise of deviation
 * σ. The readout weighs all neurons by √d / W, so that on average it gives the clean output.
 *
 * <p>A chunk of w neurons then has output (w/W)(u + s·g), where s² = ((d−1) + dσ²) / w: d−1 because
 * features are not copied equally often, dσ² by the noise. The numbers of copies in the full layer
 * are as uneven as they are on average (of 1,000 random allotments the one nearest to that is
 * taken), so that this holds up to w = W, and the full layer is like any network of its width. So
 * the test error is h·s/√(2π) once s is small, with h the share of hard images: exactly w^-½ with
 * err∞ = 0. The clear images add Φ(−1/s) at most, which falls faster: it makes the steep fall of
 * small chunks, and the training error. That is 1e-3 before w = 9.5·((d−1) + dσ²); for d = 1 and σ
 * below 0.3 w* is 1 and there are no small chunks.
 *
 * @param width W
 * @param features d, 1 to W
 * @param noise σ, not negative
 * @param hardShare h, the share of hard test images, in [0, 1]
 * @param hiddenFactors m, the number of hidden factors; 0 for none
 * @param hiddenStrength τ, not negative: the deviation of what they add to a neuron
 * @param testImages N, at least 1
 * @param trainImages N', at least 1
 * @param seed of the images, and with a network's number of its neurons
 */
public record PlantedClones(
    int width,
    int features,
    double noise,
    double hardShare,
    int hiddenFactors,
    double hiddenStrength,
    int testImages,
    int trainImages,
    long seed) {

  private static final int ALLOTMENTS = 1000;

  /**
   * @throws IllegalArgumentException if a number is out of its range
   */
  public PlantedClones {
    require(features >= 1 && features <= width, "features", features, "1 to width " + width);
    require(noise >= 0 && noise <= Double.MAX_VALUE, "noise", noise, "at least 0");
    require(hardShare >= 0 && hardShare <= 1, "hardShare", hardShare, "0 to 1");
    require(hiddenFactors >= 0, "hiddenFactors", hiddenFactors, "at least 0");
    require(
        hiddenStrength >= 0 && hiddenStrength <= Double.MAX_VALUE,
        "hiddenStrength",
        hiddenStrength,
        "at least 0");
    require(testImages >= 1, "testImages", testImages, "at least 1");
    require(trainImages >= 1, "trainImages", trainImages, "at least 1");
  }

  private static void require(boolean holds, String what, Number value, String range) {
    if (!holds) {
      throw new IllegalArgumentException("%s is %s, not %s".formatted(what, value, range));
    }
  }

  /**
   * Four features, σ = 0.05 and a tenth of the test images hard: w* is about 29 and R² of 64
   * neurons about 0.998.
   */
  public static PlantedClones ofWidth(int width, int testImages, int trainImages, long seed) {
    return new PlantedClones(width, 4, 0.05, 0.1, 0, 0, testImages, trainImages, seed);
  }

  /** The same with other numbers of images, at least 1. */
  public PlantedClones withImages(int test, int train) {
    return new PlantedClones(
        width, features, noise, hardShare, hiddenFactors, hiddenStrength, test, train, seed);
  }

  /** The same with d features, 1 to W. */
  public PlantedClones withFeatures(int d) {
    return new PlantedClones(
        width, d, noise, hardShare, hiddenFactors, hiddenStrength, testImages, trainImages, seed);
  }

  /** The same with independent noise of deviation σ. */
  public PlantedClones withNoise(double sigma) {
    return new PlantedClones(
        width,
        features,
        sigma,
        hardShare,
        hiddenFactors,
        hiddenStrength,
        testImages,
        trainImages,
        seed);
  }

  /** The same with a share h of hard test images, in [0, 1]. */
  public PlantedClones withHardShare(double h) {
    return new PlantedClones(
        width, features, noise, h, hiddenFactors, hiddenStrength, testImages, trainImages, seed);
  }

  /**
   * The same with factors that all neurons share in different random mixtures, and that labels know
   * nothing of. There must be more of them than neurons in the chunks that are judged: w neurons
   * see w mixtures of d + m numbers, which leaves a space of d + m − w for all residuals to lie in,
   * and so a mean |ρ| of about √(2/(π(d+m−w))) where the noise is small beside the factors. A
   * single factor would not do: w neurons that all carry it average the noise out and find it.
   *
   * @param m the number of factors
   * @param strength τ, the deviation of what they add to a neuron
   */
  public PlantedClones withHiddenFactors(int m, double strength) {
    return new PlantedClones(
        width, features, noise, hardShare, m, strength, testImages, trainImages, seed);
  }

  /**
   * One of many networks, with wrong labels on some of its training images.
   *
   * @param number which, as for {@link #network}
   * @param every one training image in so many has the label that is not read out, from the first
   */
  public Representation networkWithWrongLabels(int number, int every) {
    Representation layer = network(number);
    int[] labels = layer.train().labels().clone();
    for (int image = 0; image < labels.length; image += every) {
      labels[image] = -labels[image];
    }
    return new Representation(
        layer.name(), layer.test(), new Split(layer.train().activities(), labels), layer.readout());
  }

  /**
   * One of many networks that see the same images, with the same labels, and differ in the features
   * that their neurons copy and in their noise, as networks trained from different seeds would.
   *
   * @param number which, at least 0
   * @throws IllegalArgumentException if number is negative
   */
  public Representation network(int number) {
    require(number >= 0, "number of the network", number, "at least 0");
    SplittableRandom seeds = new SplittableRandom(seed);
    SplittableRandom testSource = seeds.split();
    SplittableRandom trainSource = seeds.split();
    SplittableRandom neurons = seeds.split();
    for (int i = 0; i < number; i++) {
      neurons = seeds.split();
    }
    Images test = Images.draw(testImages, hardShare, this, testSource);
    Images train = Images.draw(trainImages, 0, this, trainSource);
    int[] copied = allotment(neurons);
    double[][] loadings = gaussian(width, hiddenFactors, neurons);
    double[][] weights = new double[1][width];
    Arrays.fill(weights[0], Math.sqrt(features) / width);
    return new Representation(
        "planted clones W=%d d=%d network %d".formatted(width, features, number),
        seen(test, copied, loadings, neurons),
        seen(train, copied, loadings, neurons),
        new Readout(weights, new double[1]));
  }

  /** Which feature each neuron copies: random, as unevenly as random allotments are on average. */
  private int[] allotment(SplittableRandom random) {
    double expected = width * (1 - 1.0 / features);
    int[] best = null;
    double nearest = Double.POSITIVE_INFINITY;
    for (int draw = 0; draw < ALLOTMENTS; draw++) {
      int[] copied = random.ints(width, 0, features).toArray();
      double distance = Math.abs(unevenness(copied) - expected);
      if (distance < nearest) {
        nearest = distance;
        best = copied;
      }
    }
    return best;
  }

  /** The sum over features of (copies − W/d)². */
  private double unevenness(int[] copied) {
    int[] copies = new int[features];
    for (int feature : copied) {
      copies[feature]++;
    }
    double sum = 0;
    for (int count : copies) {
      double apart = count - (double) width / features;
      sum += apart * apart;
    }
    return sum;
  }

  private Split seen(Images images, int[] copied, double[][] loadings, SplittableRandom random) {
    int count = images.labels().length;
    float[][] activities = new float[width][count];
    for (int neuron = 0; neuron < width; neuron++) {
      double[] activity = images.features()[copied[neuron]].clone();
      for (int factor = 0; factor < hiddenFactors; factor++) {
        double loading = hiddenStrength / Math.sqrt(hiddenFactors) * loadings[neuron][factor];
        for (int image = 0; image < count; image++) {
          activity[image] += loading * images.hidden()[factor][image];
        }
      }
      for (int image = 0; image < count; image++) {
        activities[neuron][image] = (float) (activity[image] + noise * random.nextGaussian());
      }
    }
    return new Split(activities, images.labels());
  }

  private static double[][] gaussian(int rows, int columns, SplittableRandom random) {
    double[][] numbers = new double[rows][columns];
    for (double[] row : numbers) {
      Arrays.setAll(row, i -> random.nextGaussian());
    }
    return numbers;
  }

  /**
   * What the networks look at.
   *
   * @param features d x N
   * @param hidden m x N
   * @param labels N, −1 or +1
   */
  private record Images(double[][] features, double[][] hidden, int[] labels) {

    static Images draw(int count, double hardShare, PlantedClones law, SplittableRandom random) {
      int d = law.features();
      double[][] features = gaussian(d, count, random);
      int[] labels = new int[count];
      for (int image = 0; image < count; image++) {
        double clean = cleanOutput(hardShare, random);
        labels[image] = clean > 0 ? 1 : -1;
        double mean = 0;
        for (int feature = 0; feature < d; feature++) {
          mean += features[feature][image] / d;
        }
        for (int feature = 0; feature < d; feature++) {
          features[feature][image] += clean / Math.sqrt(d) - mean;
        }
      }
      return new Images(features, gaussian(law.hiddenFactors(), count, random), labels);
    }

    private static double cleanOutput(double hardShare, SplittableRandom random) {
      if (random.nextDouble() < hardShare) {
        return random.nextDouble(-1, 1);
      }
      double size = 1 + 0.5 * Math.abs(random.nextGaussian());
      return random.nextBoolean() ? size : -size;
    }
  }
}
