package mitosis.train;

import java.util.List;
import java.util.Random;
import mitosis.data.Examples.Images;
import mitosis.data.Examples.Normalisation;
import mitosis.model.WideResNet;
import mitosis.train.Recipe.Augmentation;
import mitosis.train.Recipe.Schedule;

/** Small images and recipes for tests. */
final class Pictures {

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
