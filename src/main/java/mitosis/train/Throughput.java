package mitosis.train;

import ai.djl.Device;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import mitosis.data.Examples;
import mitosis.data.Examples.Images;
import mitosis.data.Examples.Normalisation;
import mitosis.data.Examples.Vectors;
import mitosis.model.Architecture;
import mitosis.model.FullyConnected;
import mitosis.model.WideResNet;
import mitosis.train.Recipe.Augmentation;

/**
 * How fast a device trains: roughly, as it is measured on two small networks within seconds.
 *
 * @param secondsPerArray what a step takes for each parameter array, whatever its size: the engine
 *     is called, and the device told, about as often as there are arrays
 * @param multiplyAddsPerSecond above that, of convolutions of 16 to 64 channels; wider ones keep a
 *     GPU busier
 */
public record Throughput(double secondsPerArray, double multiplyAddsPerSecond) {

  private static final int PASSES = 3;
  private static final int SIDE = 32;
  private static final int BATCH = 128;
  private static final int STEPS = 2;
  private static final int CHANNELS = 3;

  /** How much of a step is work at least, however noisy the times were. */
  private static final double LEAST_SHARE = 0.1;

  /**
   * How long a training takes on the device.
   *
   * @param examples in the training set
   */
  public Duration time(Recipe recipe, int examples) {
    double steps = Math.ceil((double) examples / recipe.batch());
    double work = (double) PASSES * examples * recipe.seeds().size() * multiplyAdds(recipe);
    double epoch =
        steps * arrays(recipe.network()) * secondsPerArray + work / multiplyAddsPerSecond;
    return Duration.ofMillis((long) (1000 * recipe.epochs() * epoch));
  }

  private static double multiplyAdds(Recipe recipe) {
    return recipe.network().multiplyAdds();
  }

  private static int arrays(Architecture network) {
    return network.parameters().size();
  }

  /**
   * Trains a tiny and a small network, each for half of the time and a pass to warm up.
   *
   * @param time about how long
   */
  static Throughput measure(Device device, Duration time) {
    Duration half = time.dividedBy(2);
    Random random = new Random(1);
    Recipe tiny = recipe(new FullyConnected(10, 4, 8, true), Loss.SQUARED_HINGE, 8);
    double perArray =
        epochSeconds(tiny, vectors(8 * 16, random), device, half) / 16 / arrays(tiny.network());
    Recipe small = recipe(WideResNet.ofWidth(10, 64, 10, SIDE), Loss.CROSS_ENTROPY, BATCH);
    double epoch = epochSeconds(small, images(BATCH * STEPS, random), device, half);
    double working =
        Math.max(epoch - STEPS * arrays(small.network()) * perArray, LEAST_SHARE * epoch);
    return new Throughput(
        perArray, (double) PASSES * BATCH * STEPS * multiplyAdds(small) / working);
  }

  private static double epochSeconds(
      Recipe recipe, Examples examples, Device device, Duration time) {
    try (Training training = new Training(recipe, examples, device)) {
      training.next();
      long start = System.nanoTime();
      int epochs = 0;
      do {
        // An epoch ends with a read, for which everything before it must be done.
        training.next();
        epochs++;
      } while (System.nanoTime() - start < time.toNanos());
      return (System.nanoTime() - start) / 1e9 / epochs;
    }
  }

  private static Recipe recipe(Architecture network, Loss loss, int batch) {
    int epochs = 1_000_000;
    return new Recipe(
        "throughput",
        "random",
        network,
        List.of(1),
        new Initialisation(Initialisation.Weight.KAIMING, Initialisation.Gamma.ONE),
        loss,
        new Optimiser.Sgd(0.9, 5e-4),
        new Schedule.Constant(1e-4),
        Augmentation.NONE,
        batch,
        epochs,
        List.of(epochs),
        false);
  }

  private static Vectors vectors(int count, Random random) {
    float[] inputs = new float[count * 10];
    int[] labels = new int[count];
    for (int i = 0; i < count; i++) {
      labels[i] = random.nextBoolean() ? 1 : -1;
    }
    for (int k = 0; k < inputs.length; k++) {
      inputs[k] = (float) random.nextGaussian();
    }
    return new Vectors(inputs, 10, labels);
  }

  private static Images images(int count, Random random) {
    byte[] pixels = new byte[count * CHANNELS * SIDE * SIDE];
    random.nextBytes(pixels);
    int[] labels = new int[count];
    for (int i = 0; i < count; i++) {
      labels[i] = random.nextInt(10);
    }
    float[] middle = {.5f, .5f, .5f};
    return new Images(pixels, SIDE, labels, new Normalisation(middle, middle));
  }
}
