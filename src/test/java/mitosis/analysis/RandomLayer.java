package mitosis.analysis;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import mitosis.representation.Readout;
import mitosis.representation.Representation;
import mitosis.representation.Split;

/**
 * Layers of random shape, with random readouts and a random chunk, for properties that must hold
 * for every layer. Neurons mix fewer random factors than there are neurons and have noise of their
 * own, so that chunks rebuild some of the layer but not all. Activities are multiples of 1/1024
 * below 16, so that shifting them by whole numbers and scaling them by powers of two does not round
 * them.
 *
 * @param seed what all of it is drawn from; a failed test names it
 * @param representation of 3 to 12 neurons and 1 to 4 outputs
 * @param chunk different neurons, at least one and two fewer than all
 */
record RandomLayer(long seed, Representation representation, int[] chunk) {

  private static final int TRIES = 40;

  /** The layers that a property is tried on. */
  static Stream<RandomLayer> layers() {
    return LongStream.range(0, TRIES).mapToObj(RandomLayer::of);
  }

  private static RandomLayer of(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int width = random.nextInt(3, 13);
    int outputs = random.nextInt(1, 5);
    int factors = random.nextInt(1, width);
    double[][] loadings = numbers(width, factors, random);
    Readout readout = new Readout(numbers(outputs, width, random), numbers(1, outputs, random)[0]);
    Representation representation =
        new Representation(
            "random layer " + seed,
            split(loadings, outputs, random.nextInt(60, 120), random),
            split(loadings, outputs, random.nextInt(1, 120), random),
            readout);
    int[] chunk =
        Arrays.copyOf(new Permutations(width, seed).permutation(0), random.nextInt(1, width - 1));
    return new RandomLayer(seed, representation, chunk);
  }

  private static double[][] numbers(int rows, int columns, SplittableRandom random) {
    double[][] numbers = new double[rows][columns];
    for (double[] row : numbers) {
      Arrays.setAll(row, i -> random.nextGaussian());
    }
    return numbers;
  }

  private static Split split(
      double[][] loadings, int outputs, int images, SplittableRandom random) {
    double[][] factors = numbers(loadings[0].length, images, random);
    float[][] activities = new float[loadings.length][images];
    for (int neuron = 0; neuron < loadings.length; neuron++) {
      for (int image = 0; image < images; image++) {
        double sum = 0.3 * random.nextGaussian();
        for (int factor = 0; factor < factors.length; factor++) {
          sum += loadings[neuron][factor] * factors[factor][image];
        }
        activities[neuron][image] = Math.round(1024 * Math.max(-15, Math.min(15, sum))) / 1024f;
      }
    }
    int[] labels =
        random
            .ints(images, 0, Math.max(2, outputs))
            .map(label -> outputs == 1 ? 2 * label - 1 : label)
            .toArray();
    return new Split(activities, labels);
  }

  /** The number W of neurons. */
  int width() {
    return representation.width();
  }

  Split test() {
    return representation.test();
  }

  /** Another random generator for the property itself. */
  SplittableRandom random() {
    return new SplittableRandom(~seed);
  }

  /**
   * The same layer with its neurons in another order, and the same chunk, named in another order.
   *
   * @param order the old neuron that stands at each new place
   */
  RandomLayer permuted(int[] order) {
    int[] place = new int[width()];
    for (int i = 0; i < place.length; i++) {
      place[order[i]] = i;
    }
    int[] moved = IntStream.of(chunk).map(neuron -> place[neuron]).sorted().toArray();
    Readout readout = representation.readout();
    double[][] weights =
        Arrays.stream(readout.weights())
            .map(row -> IntStream.of(order).mapToDouble(neuron -> row[neuron]).toArray())
            .toArray(double[][]::new);
    return new RandomLayer(
        seed,
        new Representation(
            representation.name(),
            permuted(representation.test(), order),
            permuted(representation.train(), order),
            new Readout(weights, readout.biases())),
        moved);
  }

  private static Split permuted(Split split, int[] order) {
    return new Split(
        IntStream.of(order).mapToObj(neuron -> split.activities()[neuron]).toArray(float[][]::new),
        split.labels());
  }

  /** The test split with every activity scaled, and shifted by a number for each neuron. */
  Split mapped(float scale, float[] shifts) {
    float[][] activities = new float[width()][];
    for (int neuron = 0; neuron < width(); neuron++) {
      activities[neuron] = test().activities()[neuron].clone();
      for (int image = 0; image < activities[neuron].length; image++) {
        activities[neuron][image] = scale * activities[neuron][image] + shifts[neuron];
      }
    }
    return new Split(activities, test().labels());
  }

  @Override
  public String toString() {
    return "RandomLayer of seed %d: %d neurons, %d outputs, %d images, chunk %s"
        .formatted(
            seed,
            width(),
            representation.readout().outputs(),
            test().images(),
            Arrays.toString(chunk));
  }
}
