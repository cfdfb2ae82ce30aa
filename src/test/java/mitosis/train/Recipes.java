package mitosis.train;

import java.util.List;
import java.util.Random;
import mitosis.data.Dataset;
import mitosis.data.Digits;
import mitosis.data.Examples.Vectors;
import mitosis.model.FullyConnected;
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
}
