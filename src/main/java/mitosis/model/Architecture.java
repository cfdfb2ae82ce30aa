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
