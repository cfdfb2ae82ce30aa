package mitosis.suite;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import mitosis.model.Convolutional;
import mitosis.train.Initialisation;
import mitosis.train.Loss;
import mitosis.train.Optimiser;
import mitosis.train.Recipe;
import mitosis.train.Recipe.Augmentation;
import mitosis.train.Recipe.Schedule;

/**
 * How a family of convolutional networks is trained: SGD with momentum 0.9, without Nesterov's
 * change, on the cross-entropy, the rate falling along a cosine.
 *
 * @param widths W, increasing
 * @param seeds how many
 * @param gammas how BatchNorm's scales start
 * @param rate the first learning rate
 * @param weightDecay on every parameter
 * @param augmentation of training images
 * @param batch examples a step
 * @param epochs passes over the training images
 * @param snapshots of the widest networks, besides the last epoch
 */
record ConvolutionalPlan(
    List<Integer> widths,
    int seeds,
    Initialisation.Gamma gammas,
    double rate,
    double weightDecay,
    Augmentation augmentation,
    int batch,
    int epochs,
    List<Integer> snapshots) {

  private static final double MOMENTUM = 0.9;

  /** So small that it is 0 but in name, as in the authors' schedule. */
  private static final double LAST_RATE = 1e-5;

  /** Width of the widest network. */
  int widest() {
    return widths.get(widths.size() - 1);
  }

  /** The snapshot that stands for a training stopped early: the first from a tenth on. */
  int stoppedEarly() {
    return snapshots.stream().filter(epoch -> 10 * epoch >= epochs).findFirst().orElse(epochs);
  }

  /** Without weight decay. */
  ConvolutionalPlan withoutWeightDecay() {
    return new ConvolutionalPlan(
        widths, seeds, gammas, rate, 0, augmentation, batch, epochs, snapshots);
  }

  /**
   * The recipe of one network.
   *
   * @param inDepth whether the snapshots are wanted, besides the last epoch
   */
  Recipe recipe(
      String system,
      String dataset,
      Convolutional network,
      List<Integer> chosenSeeds,
      boolean inDepth) {
    return new Recipe(
        system,
        dataset,
        network,
        chosenSeeds,
        new Initialisation(Initialisation.Weight.KAIMING, gammas),
        Loss.CROSS_ENTROPY,
        new Optimiser.Sgd(MOMENTUM, weightDecay),
        new Schedule.Cosine(rate, LAST_RATE),
        augmentation,
        batch,
        epochs,
        inDepth ? Stream.concat(snapshots.stream(), Stream.of(epochs)).toList() : List.of(epochs),
        false);
  }

  /** Before training, after a tenth, and at the quarters of the second half. */
  static List<Integer> fewSnapshots(int epochs) {
    return IntStream.of(0, Math.max(1, epochs / 10), epochs / 2, epochs * 3 / 4)
        .distinct()
        .boxed()
        .toList();
  }

  /** Before training, and after each tenth. */
  static List<Integer> tenths(int epochs) {
    return IntStream.range(0, 10).map(tenth -> epochs * tenth / 10).distinct().boxed().toList();
  }
}
