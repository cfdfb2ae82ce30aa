package mitosis.train;

import java.util.List;
import java.util.Random;
import mitosis.data.Dataset;
import mitosis.data.Digits;
import mitosis.data.Examples.Images;
import mitosis.data.Examples.Normalisation;
import mitosis.data.Examples.Vectors;
import mitosis.model.FullyConnected;
import mitosis.model.WideResNet;
import mitosis.train.Recipe.Augmentation;
import mitosis.train.Recipe.Schedule;

/** Small recipes and data for tests. */
final class Recipes {

  private Recipes() {}

  static Recipe of(int width, List<Integer> seeds, double rate, int batch, int epochs) {
    return of(width, seeds, rate, batch, epochs, List.of(epochs));
  }

  static Recipe of(
      int width, List<Integer> seeds, double rate, int batch, int epochs, List<Integer> snapshots) {
    return new Recipe(
        "pmnist-fc5",
        "pmnist",
        new FullyConnected(10, 4, width, true),
        seeds,
        new Initialisation(Initialisation.Weight.ORTHOGONAL, Initialisation.Gamma.UNIFORM),
        Loss.SQUARED_HINGE,
        new Optimiser.Sgd(0.9, 0.001),
        new Schedule.Cosine(rate, 0),
        Augmentation.NONE,
        batch,
        epochs,
        snapshots,
        false);
  }

  /** Gaussian inputs of 10 dimensions, labelled by the sign of a product, under pMNIST's name. */
  static Dataset dataset(int count) {
    Random random = new Random(17);
    float[] inputs = new float[count * 10];
    int[] labels = new int[count];
    for (int i = 0; i < count; i++) {
      for (int d = 0; d < 10; d++) {
        inputs[i * 10 + d] = (float) random.nextGaussian();
      }
      labels[i] = inputs[i * 10] * inputs[i * 10 + 1] > 0 ? 1 : -1;
    }
    Vectors examples = new Vectors(inputs, 10, labels);
    return new Dataset("pmnist", examples, examples, Digits.DATASETS.fingerprint("pmnist"));
  }

  /** Small images and recipes for tests. */
  static final class Pictures {

    private Pictures() {}

    /** Noise, brighter on the left where the label is 0 and on the right where it is 1. */
    static Images of(int count, int side) {
      Random random = new Random(23);
      byte[] pixels = new byte[count * 3 * side * side];
      int[] labels = new int[count];
      for (int i = 0; i < count; i++) {
        labels[i] = random.nextInt(2);
        for (int p = 0; p < 3 * side * side; p++) {
          boolean bright = p % side < side / 2 == (labels[i] == 0);
          pixels[i * 3 * side * side + p] = (byte) (random.nextInt(128) + (bright ? 128 : 0));
        }
      }
      return new Images(
          pixels,
          side,
          labels,
          new Normalisation(new float[] {.5f, .4f, .3f}, new float[] {.2f, .25f, .3f}));
    }

    static Recipe recipe(Augmentation augmentation, int batch, int epochs) {
      return new Recipe(
          "pictures",
          "pictures",
          WideResNet.ofWidth(10, 8, 2, 8),
          List.of(5),
          new Initialisation(Initialisation.Weight.KAIMING, Initialisation.Gamma.UNIFORM),
          Loss.CROSS_ENTROPY,
          new Optimiser.Sgd(0.9, 5e-4),
          new Schedule.Cosine(0.05, 1e-5),
          augmentation,
          batch,
          epochs,
          List.of(epochs),
          false);
    }
  }
}
