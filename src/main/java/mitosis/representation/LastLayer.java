package mitosis.representation;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.jni.JniUtils;
import java.util.Arrays;
import java.util.Map;
import mitosis.data.Examples;
import mitosis.model.Architecture;
import mitosis.model.Convolutional;
import mitosis.model.DeviceRead;
import mitosis.model.NativeEngine;
import mitosis.model.Weights;
import mitosis.representation.EvaluationBatches.EvaluationBatch;
import mitosis.representation.Trunk.OperationTrunk;
import mitosis.representation.Trunk.ScriptedTrunk;

/** What a network's last hidden layer makes of examples, and how its outputs are read from it. */
final class LastLayer {

  private LastLayer() {}

  /**
   * Passes examples through a network of known architecture.
   *
   * @param weights one seed's parameters and running statistics, by name
   * @param most the first so many examples, or all if there are fewer
   */
  static Split of(
      Architecture network,
      Map<String, float[]> weights,
      Examples examples,
      int most,
      Device device) {
    try (NDManager manager = NativeEngine.on(device).newBaseManager(device)) {
      return of(trunk(network, weights, manager), examples, most, manager);
    }
  }

  /**
   * A network of known architecture, on a device.
   *
   * @param weights one seed's parameters and running statistics, by name
   * @param manager owns what is laid there
   */
  static Trunk trunk(Architecture network, Map<String, float[]> weights, NDManager manager) {
    Weights laid = Weights.of(network, 1, weights, manager);
    return network instanceof Convolutional convolutional
        ? new ScriptedTrunk(convolutional, laid, manager)
        : new OperationTrunk(network, laid);
  }

  /**
   * Passes examples through a network, block by block.
   *
   * @param most the first so many examples, or all if there are fewer
   * @param manager owns the examples on the device; the network must lie on the same
   */
  static Split of(Trunk trunk, Examples examples, int most, NDManager manager) {
    JniUtils.setGradMode(false);
    int count = Math.min(examples.count(), most);
    float[][] activities = new float[trunk.width()][count];
    int[] labels = new int[count];
    Examples first = count < examples.count() ? examples.first(count) : examples;
    try (EvaluationBatches batches = EvaluationBatches.of(first, manager)) {
      for (int from = 0; from < count; from += batches.block()) {
        int size = Math.min(batches.block(), count - from);
        try (NDManager scope = manager.newSubManager()) {
          EvaluationBatch batch = batches.next(from, size, scope);
          System.arraycopy(batch.labels(), 0, labels, from, size);
          float[] features = DeviceRead.floats(trunk.features(batch.inputs(), scope));
          for (int j = 0; j < activities.length; j++) {
            System.arraycopy(features, j * size, activities[j], from, size);
          }
        }
      }
    }
    return new Split(activities, labels);
  }

  /**
   * The readout of a network of known architecture.
   *
   * @param weights one seed's, by name
   */
  static Readout readout(Architecture network, Map<String, float[]> weights) {
    return readout(
        weights.get(network.readoutWeight()), network.width(), weights.get(network.readoutBias()));
  }

  /**
   * A readout of single precision.
   *
   * @param weight K x width, row-major
   * @param bias K
   */
  static Readout readout(float[] weight, int width, float[] bias) {
    double[][] rows = new double[bias.length][];
    for (int k = 0; k < rows.length; k++) {
      rows[k] = widened(Arrays.copyOfRange(weight, k * width, (k + 1) * width));
    }
    return new Readout(rows, widened(bias));
  }

  private static double[] widened(float[] values) {
    double[] wide = new double[values.length];
    for (int i = 0; i < wide.length; i++) {
      wide[i] = values[i];
    }
    return wide;
  }
}
