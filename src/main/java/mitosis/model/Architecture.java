package mitosis.model;

import ai.djl.ndarray.NDArray;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;

/** A network as a value: its shape, and how it turns inputs into features and logits. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "architecture")
@JsonSubTypes(@JsonSubTypes.Type(value = FullyConnected.class, name = "fully-connected"))
public interface Architecture {

  /** Width W of the last hidden layer. */
  int width();

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
   * @param inputs {@code S x inputs x B}
   * @param training whether BatchNorm takes its statistics from the batch, and updates the running
   *     ones
   */
  Activation forward(Weights weights, NDArray inputs, boolean training);

  /** Multiply-adds of one forward pass of one input through one seed's network. */
  long multiplyAdds();
}
