package mitosis.representation;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.jni.JniUtils;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import mitosis.data.Dataset;
import mitosis.data.Examples;
import mitosis.model.Activation;
import mitosis.model.Architecture;
import mitosis.model.DeviceRead;
import mitosis.model.NativeEngine;
import mitosis.model.Weights;
import mitosis.train.Run;

/**
 * The networks of a recipe at one epoch, seed by seed: what they show of a dataset when they are no
 * longer trained.
 */
public final class TrainedNetworks {

  private final List<Run> runs;
  private final int epoch;
  private final Dataset dataset;
  private final Map<Integer, Map<String, float[]>> sharedWeights = new ConcurrentHashMap<>();
  private final RecentSplits recent = new RecentSplits();

  /**
   * @param runs finished trainings of one recipe: of all seeds together, or one a seed
   * @param epoch one of their snapshots
   * @param dataset what they were trained on
   * @throws IllegalArgumentException if that epoch was not kept
   */
  public TrainedNetworks(List<Run> runs, int epoch, Dataset dataset) {
    this.runs = List.copyOf(runs);
    this.epoch = epoch;
    this.dataset = dataset;
    this.runs.forEach(run -> run.requireSnapshot(epoch));
  }

  /** Number of seeds S. */
  public int seeds() {
    return runs.stream().mapToInt(run -> run.recipe().seeds().size()).sum();
  }

  /**
   * The last hidden layer of one network and its readout.
   *
   * @param seed which of the run's, 0…S−1 in the recipe's order
   * @param testImages the first so many test examples, or all if there are fewer
   * @param trainImages the first so many training examples, or all if there are fewer
   */
  public Representation representation(int seed, int testImages, int trainImages) {
    int first = 0;
    int k = 0;
    while (seed >= first + runs.get(k).recipe().seeds().size()) {
      first += runs.get(k++).recipe().seeds().size();
    }
    Run run = runs.get(k);
    Map<String, float[]> own = weights(k, seed - first);
    return new Representation(
        "%s, seed %d, epoch %d"
            .formatted(run.recipe().summary(), run.recipe().seeds().get(seed - first), epoch),
        split(run, seed, own, dataset.test(), testImages),
        split(run, seed, own, dataset.train(), trainImages),
        readout(run.recipe().network(), own));
  }

  private Split split(Run run, int seed, Map<String, float[]> own, Examples examples, int most) {
    int wanted = Math.min(examples.count(), most);
    if (run.recipe().network().trainsSeedsTogether()) {
      // So small a network is quicker to ask again than it would be worth to remember.
      return activities(run, own, examples, wanted);
    }
    return recent.of(
        seed + (examples == dataset.test() ? " test" : " train"),
        wanted,
        count -> activities(run, own, examples, count));
  }

  /** Those of several seeds are kept after the first is asked for: they come from one file. */
  private Map<String, float[]> weights(int k, int seed) {
    Run run = runs.get(k);
    int seeds = run.recipe().seeds().size();
    if (seeds == 1) {
      return run.weights(epoch);
    }
    Map<String, float[]> own = new LinkedHashMap<>();
    sharedWeights
        .computeIfAbsent(k, key -> run.weights(epoch))
        .forEach(
            (name, all) -> {
              int size = all.length / seeds;
              own.put(name, Arrays.copyOfRange(all, seed * size, (seed + 1) * size));
            });
    return own;
  }

  private static Examples first(Examples examples, int count) {
    return count < examples.count() ? examples.first(count) : examples;
  }

  private static Readout readout(Architecture network, Map<String, float[]> own) {
    float[] flat = own.get(network.readoutWeight());
    double[] biases = widened(own.get(network.readoutBias()));
    double[][] rows = new double[biases.length][];
    for (int k = 0; k < rows.length; k++) {
      rows[k] = widened(Arrays.copyOfRange(flat, k * network.width(), (k + 1) * network.width()));
    }
    return new Readout(rows, biases);
  }

  private static double[] widened(float[] values) {
    double[] wide = new double[values.length];
    for (int i = 0; i < wide.length; i++) {
      wide[i] = values[i];
    }
    return wide;
  }

  /** Activities of the last hidden layer, neuron by neuron. */
  private static Split activities(Run run, Map<String, float[]> own, Examples examples, int count) {
    Architecture network = run.recipe().network();
    Device device = Device.fromName(run.manifest().execution().device());
    float[][] activities = new float[network.width()][count];
    int[] labels = new int[count];
    try (NDManager manager = NativeEngine.get().newBaseManager(device);
        Presentation presentation = Presentation.of(first(examples, count), manager)) {
      JniUtils.setGradMode(false);
      Weights laid = Weights.of(network, 1, own, manager);
      for (int from = 0; from < count; from += presentation.block()) {
        int size = Math.min(presentation.block(), count - from);
        try (NDManager scope = manager.newSubManager()) {
          scope.tempAttachAll(laid.arrays().values().toArray(NDArray[]::new));
          Shown shown = presentation.next(from, size, scope);
          System.arraycopy(shown.labels(), 0, labels, from, size);
          Activation activation = network.forward(laid, shown.inputs(), false);
          float[] features = DeviceRead.floats(activation.features());
          for (int j = 0; j < network.width(); j++) {
            System.arraycopy(features, j * size, activities[j], from, size);
          }
        }
      }
    }
    return new Split(activities, labels);
  }
}
