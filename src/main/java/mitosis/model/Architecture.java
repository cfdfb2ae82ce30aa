package mitosis.model;

import ai.djl.ndarray.NDArray;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import mitosis.model.Parameter.RunningStatistic;

/** A network as a value: its shape, and how it turns inputs into features and logits. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "architecture")
@JsonSubTypes({
  @JsonSubTypes.Type(value = FullyConnected.class, name = "fully-connected"),
  @JsonSubTypes.Type(value = WideResNet.class, name = "wide-resnet"),
  @JsonSubTypes.Type(value = DenseNet.class, name = "densenet-bc"),
  @JsonSubTypes.Type(value = ResNet.class, name = "resnet")
})
public interface Architecture {

  /** Networks of one kind that differ in their width alone, as files of systems name them. */
  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "architecture")
  @JsonSubTypes({
    @JsonSubTypes.Type(value = FullyConnected.OfWidth.class, name = "fully-connected"),
    @JsonSubTypes.Type(value = WideResNet.OfWidth.class, name = "wide-resnet"),
    @JsonSubTypes.Type(value = DenseNet.OfWidth.class, name = "densenet40-bc"),
    @JsonSubTypes.Type(value = ResNet.OfWidth.class, name = "resnet50")
  })
  interface OfWidth {

    /** Layers, counted as the name of the kind of network counts them. */
    int depth();

    /**
     * The network of a width.
     *
     * @param width W
     * @param classes K
     * @param side pixels along an edge of the images
     * @throws IllegalArgumentException if there is no such network
     */
    Architecture of(int width, int classes, int side);

    /**
     * Networks of another depth, all else unchanged.
     *
     * @throws IllegalArgumentException if this kind has one depth alone
     */
    default OfWidth withDepth(int other) {
      throw new IllegalArgumentException(
          "the depth of this architecture is always %d, it cannot be %d".formatted(depth(), other));
    }

    /**
     * A network of which only the last layer has this width.
     *
     * @param width W of the last layer
     * @param body the width of the network that all but the last layer is taken from
     * @param classes K
     * @param side pixels along an edge of the images
     * @throws IllegalArgumentException if this kind has no last layer that can be widened alone
     */
    default Architecture withLastLayer(int width, int body, int classes, int side) {
      throw new IllegalArgumentException(
          "the last layer of this architecture cannot be of another width than the rest");
    }
  }

  /** Width W of the last hidden layer. */
  int width();

  /** Number K of outputs; with one, its sign is the class. */
  int outputs();

  /** Whether a step moves several seeds' networks at once; else each seed is trained alone. */
  boolean trainsSeedsTogether();

  /** The trainable arrays, in PyTorch's order. */
  List<Parameter> parameters();

  /** The arrays that training updates without a gradient; empty without BatchNorm. */
  List<RunningStatistic> runningStatistics();

  /** Name of the readout's weight, shape (K, W). */
  String readoutWeight();

  /** Name of the readout's bias, shape (K). */
  String readoutBias();

  /**
   * Passes a batch through the network.
   *
   * @param weights parameters and running statistics of S seeds
   * @param inputs {@code S x inputs x B} numbers, or {@code S x B x channels x side x side} pixels
   * @param training whether BatchNorm takes its statistics from the batch, and updates the running
   *     ones
   */
  Activation forward(Weights weights, NDArray inputs, boolean training);

  /**
   * Activations of one input in one seed's network: what its linear maps and convolutions put out,
   * the readout's excepted.
   */
  long activations();

  /** Multiply-adds of one forward pass of one input through one seed's network. */
  long multiplyAdds();

  /**
   * What a network shows of a batch of B inputs, for S seeds at once.
   *
   * @param features the last hidden layer, {@code S x W x B}
   * @param logits the linear readout, {@code S x K x B}
   */
  public record Activation(NDArray features, NDArray logits) {}
}
