package mitosis.representation;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.jni.JniUtils;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import mitosis.data.Dataset;
import mitosis.data.Vectors;
import mitosis.model.Activation;
import mitosis.model.Architecture;
import mitosis.model.NativeEngine;
import mitosis.model.Weights;
import mitosis.train.Run;

/**
 * The networks of a run at one epoch, seed by seed: what they show of a dataset when they are no
 * longer trained.
 */
public final class TrainedNetworks {

  private static final int BLOCK = 5_000;

  private final Run run;
  private final int epoch;
  private final Dataset dataset;
  private final Map<String, float[]> weights;

  /**
   * @param run a finished training
   * @param epoch one of its snapshots
   * @param dataset what it was trained on
   * @throws IllegalArgumentException if that epoch was not kept
   * @throws mitosis.train.RunStoreException.Damaged if the stored weights were changed
   */
  public TrainedNetworks(Run run, int epoch, Dataset dataset) {
    this.run = run;
    this.epoch = epoch;
    this.dataset = dataset;
    this.weights = run.weights(epoch);
  }

  /** Number of seeds S. */
  public int seeds() {
    return run.recipe().seeds().size();
  }

  /**
   * The last hidden layer of one network and its readout.
   *
   * @param seed which of the run's, 0…S−1 in the recipe's order
   * @param testImages the first so many test examples, or all if there are fewer
   * @param trainImages the first so many training examples, or all if there are fewer
   */
  public Representation representation(int seed, int testImages, int trainImages) {
    Map<String, float[]> own = weightsOf(seed);
    return new Representation(
        "%s, seed %d, epoch %d"
            .formatted(run.recipe().summary(), run.recipe().seeds().get(seed), epoch),
        activities(own, (Vectors) dataset.test(), testImages),
        activities(own, (Vectors) dataset.train(), trainImages),
        readout(own));
  }

  private Map<String, float[]> weightsOf(int seed) {
    Map<String, float[]> own = new LinkedHashMap<>();
    weights.forEach(
        (name, all) -> {
          int size = all.length / seeds();
          own.put(name, Arrays.copyOfRange(all, seed * size, (seed + 1) * size));
        });
    return own;
  }

  private Readout readout(Map<String, float[]> own) {
    Architecture network = run.recipe().network();
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
  private Split activities(Map<String, float[]> own, Vectors examples, int most) {
    Architecture network = run.recipe().network();
    int count = Math.min(examples.count(), most);
    float[][] activities = new float[network.width()][count];
    try (NDManager manager = NativeEngine.get().newBaseManager(Device.cpu())) {
      JniUtils.setGradMode(false);
      Weights laid = Weights.of(network, 1, own, manager);
      for (int from = 0; from < count; from += BLOCK) {
        int size = Math.min(BLOCK, count - from);
        try (NDManager scope = manager.newSubManager()) {
          scope.tempAttachAll(laid.arrays().values().toArray(NDArray[]::new));
          NDArray inputs =
              scope.create(columns(examples, from, size), new Shape(1, examples.dimension(), size));
          Activation activation = network.forward(laid, inputs, false);
          float[] features = activation.features().toFloatArray();
          for (int j = 0; j < network.width(); j++) {
            System.arraycopy(features, j * size, activities[j], from, size);
          }
        }
      }
    }
    return new Split(activities, Arrays.copyOf(examples.labels(), count));
  }

  /** Vectors {@code from…from+size-1}, feature by feature. */
  private static float[] columns(Vectors examples, int from, int size) {
    int dimension = examples.dimension();
    float[] columns = new float[dimension * size];
    for (int i = 0; i < size; i++) {
      for (int d = 0; d < dimension; d++) {
        columns[d * size + i] = examples.inputs()[(from + i) * dimension + d];
      }
    }
    return columns;
  }
}
