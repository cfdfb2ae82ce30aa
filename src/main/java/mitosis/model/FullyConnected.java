package mitosis.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.ArrayList;
import java.util.List;
import mitosis.model.Architecture.Activation;
import mitosis.model.Parameter.RunningStatistic;

/**
 * FC5 of both papers and its relatives: {@code depth} hidden layers of equal width W, each a linear
 * map, a BatchNorm if asked for, and a ReLU, then a linear readout with one output whose sign is
 * the class (P22 §2.1).
 *
 * @param inputs numbers per example
 * @param depth number of hidden layers: 4 in the papers' text, 5 in the authors' code
 * @param width W, neurons in each hidden layer
 * @param batchNorm whether a BatchNorm follows each hidden linear map
 */
public record FullyConnected(int inputs, int depth, int width, boolean batchNorm)
    implements Architecture {

  private static final int OUTPUTS = 1;

  /**
   * Networks of any width.
   *
   * @param inputs numbers per example
   * @param depth number of hidden layers
   * @param batchNorm whether a BatchNorm follows each hidden linear map
   */
  public record OfWidth(int inputs, int depth, boolean batchNorm) implements Architecture.OfWidth {

    @Override
    public FullyConnected of(int width, int classes, int side) {
      return new FullyConnected(inputs, depth, width, batchNorm);
    }

    @Override
    public OfWidth withDepth(int other) {
      return new OfWidth(inputs, other, batchNorm);
    }
  }

  /**
   * @throws IllegalArgumentException if a size is below 1
   */
  public FullyConnected {
    if (inputs < 1 || depth < 1 || width < 1) {
      throw new IllegalArgumentException(
          "a fully connected network needs at least one input, layer and neuron, not %d, %d and %d"
              .formatted(inputs, depth, width));
    }
  }

  @Override
  public int outputs() {
    return OUTPUTS;
  }

  @Override
  public boolean trainsSeedsTogether() {
    return true;
  }

  @Override
  @JsonIgnore
  public List<Parameter> parameters() {
    List<Parameter> parameters = new ArrayList<>();
    for (int layer = 0; layer < depth; layer++) {
      int fanIn = layer == 0 ? inputs : width;
      parameters.add(
          new Parameter(linear(layer) + ".weight", Parameter.Kind.WEIGHT, List.of(width, fanIn)));
      parameters.add(new Parameter(linear(layer) + ".bias", Parameter.Kind.BIAS, List.of(width)));
      if (batchNorm) {
        parameters.add(
            new Parameter(norm(layer) + ".weight", Parameter.Kind.GAMMA, List.of(width)));
        parameters.add(new Parameter(norm(layer) + ".bias", Parameter.Kind.BIAS, List.of(width)));
      }
    }
    parameters.add(new Parameter(readoutWeight(), Parameter.Kind.WEIGHT, List.of(OUTPUTS, width)));
    parameters.add(new Parameter(readoutBias(), Parameter.Kind.BIAS, List.of(OUTPUTS)));
    return List.copyOf(parameters);
  }

  @Override
  @JsonIgnore
  public List<RunningStatistic> runningStatistics() {
    List<RunningStatistic> statistics = new ArrayList<>();
    for (int layer = 0; batchNorm && layer < depth; layer++) {
      statistics.add(new RunningStatistic(norm(layer) + ".running_mean", List.of(width), 0));
      statistics.add(new RunningStatistic(norm(layer) + ".running_var", List.of(width), 1));
    }
    return List.copyOf(statistics);
  }

  @Override
  public String readoutWeight() {
    return "out.weight";
  }

  @Override
  public String readoutBias() {
    return "out.bias";
  }

  @Override
  public Activation forward(Weights weights, NDArray batch, boolean training) {
    NDArray hidden = batch;
    for (int layer = 0; layer < depth; layer++) {
      hidden = affine(weights, linear(layer), hidden);
      if (batchNorm) {
        hidden = normalise(weights, norm(layer), hidden, training);
      }
      hidden = hidden.getNDArrayInternal().relu();
    }
    return new Activation(hidden, affine(weights, "out", hidden));
  }

  private static NDArray affine(Weights weights, String layer, NDArray batch) {
    NDArray bias = weights.get(layer + ".bias");
    return weights.get(layer + ".weight").matMul(batch).add(bias.expandDims(-1));
  }

  /**
   * BatchNorm of every neuron of every seed over the batch. Seeds and neurons together are the
   * channels of one example of length B, the layout in which the native operation needs no copy.
   */
  private static NDArray normalise(Weights weights, String layer, NDArray batch, boolean training) {
    Shape shape = batch.getShape();
    long channels = shape.get(0) * shape.get(1);
    NDArray rows = batch.reshape(1, channels, shape.get(2));
    return BatchNorm.of(weights, layer, rows, training).reshape(shape);
  }

  @Override
  public long activations() {
    return (long) depth * width;
  }

  @Override
  public long multiplyAdds() {
    return (long) inputs * width + (depth - 1L) * width * width + (long) width * OUTPUTS;
  }

  /** The name of a hidden layer's linear map; layers count from 0. */
  public String linear(int layer) {
    return "body." + layer * (batchNorm ? 3 : 2);
  }

  /** The name of a hidden layer's BatchNorm. */
  public String norm(int layer) {
    return "body." + (layer * 3 + 1);
  }
}
