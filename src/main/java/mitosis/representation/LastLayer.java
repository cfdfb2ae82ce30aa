package mitosis.representation;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import mitosis.data.Examples;
import mitosis.model.Architecture;
import mitosis.model.Convolutional;
import mitosis.model.ForwardScript;
import mitosis.model.NativeEngine;
import mitosis.model.Parameter;
import mitosis.model.Parameter.RunningStatistic;
import mitosis.model.TorchScript;
import mitosis.model.Weights;
import mitosis.model.Weights.DeviceRead;
import mitosis.representation.EvaluationBatches.EvaluationBatch;
import mitosis.representation.LastLayer.Trunk.OperationTrunk;
import mitosis.representation.LastLayer.Trunk.ScriptedTrunk;

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

  /** A network up to its last hidden layer, on a device, no longer trained. */
  interface Trunk {

    /** Width W. */
    int width();

    /**
     * The last hidden layer.
     *
     * @param inputs of one seed, as {@link EvaluationBatches} lays them before a network
     * @param scope owns the inputs and the result
     * @return {@code 1 x W x B}
     */
    NDArray features(NDArray inputs, NDManager scope);

    /**
     * A fully connected network with its weights on a device.
     *
     * @param network its architecture
     * @param weights of one seed
     */
    record OperationTrunk(Architecture network, Weights weights) implements Trunk {

      @Override
      public int width() {
        return network.width();
      }

      @Override
      public NDArray features(NDArray inputs, NDManager scope) {
        scope.tempAttachAll(weights.arrays().values().toArray(NDArray[]::new));
        return network.forward(weights, inputs, false).features();
      }
    }

    /**
     * A convolutional network with its weights on a device, passed through in one native call with
     * channels last in memory: measuring shows a network many times more images than training does.
     */
    final class ScriptedTrunk implements Trunk {

      private static final String PARAMETERS = "weights";
      private static final String STATISTICS = "statistics";

      private final int width;
      private final NDList lists = new NDList();
      private final TorchScript script;

      /**
       * @param weights of one seed
       * @param manager owns the weights and what is compiled
       */
      ScriptedTrunk(Convolutional network, Weights weights, NDManager manager) {
        this.width = network.width();
        for (Parameter parameter : network.parameters()) {
          lists.add(TorchScript.element(weights.get(parameter.name()), PARAMETERS));
        }
        for (RunningStatistic statistic : network.runningStatistics()) {
          lists.add(TorchScript.element(weights.get(statistic.name()), STATISTICS));
        }
        ForwardScript forward = ForwardScript.ofTrained(network);
        List<String> lines = new ArrayList<>();
        lines.add("images = torch.squeeze(inputs, 0)");
        lines.addAll(forward.lines());
        lines.add("torch.copy_(features, %s)".formatted(forward.features()));
        this.script =
            new TorchScript(
                List.of(
                    "inputs: Tensor",
                    "features: Tensor",
                    PARAMETERS + ": List[Tensor]",
                    STATISTICS + ": List[Tensor]"),
                lines,
                manager);
      }

      @Override
      public int width() {
        return width;
      }

      @Override
      public NDArray features(NDArray inputs, NDManager scope) {
        NDArray features = scope.create(new Shape(inputs.getShape().get(1), width));
        NDList arguments = new NDList(inputs, features);
        arguments.addAll(lists);
        script.run(arguments);
        return features.transpose().expandDims(0);
      }
    }

    /**
     * A TorchScript program whose outputs are its last hidden layer.
     *
     * @param script takes a batch, gives {@code B x W}
     * @param width W
     */
    record TorchScriptTrunk(PtSymbolBlock script, int width) implements Trunk {

      private static final int DIMENSIONS_OF_IMAGES = 5;

      @Override
      public NDArray features(NDArray inputs, NDManager scope) {
        return run(script, rows(inputs)).singletonOrThrow().transpose().expandDims(0);
      }

      /** One seed's inputs as PyTorch takes them, one example behind the other. */
      static NDArray rows(NDArray inputs) {
        NDArray batch = inputs.squeeze(0);
        return inputs.getShape().dimension() == DIMENSIONS_OF_IMAGES ? batch : batch.transpose();
      }

      /** What a program makes of a batch; belongs to the batch's manager. */
      static NDList run(PtSymbolBlock script, NDArray batch) {
        return IValueUtils.forward(script, new NDList(batch), false);
      }
    }

    /**
     * An external network that is ready to be shown images.
     *
     * @param description its architecture in words
     * @param trunk up to the last hidden layer
     * @param readout from there to the outputs
     */
    record LoadedNetwork(String description, Trunk trunk, Readout readout) {}
  }
}
