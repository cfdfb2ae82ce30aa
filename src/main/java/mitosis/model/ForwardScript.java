package mitosis.model;

import java.util.List;

/**
 * The forward pass of a convolutional network, as lines of TorchScript that read {@code images} (B
 * x channels x side x side, float32), {@code weights} (the parameters of one seed, in order) and
 * {@code statistics} (the running statistics, in order), and in training update the last.
 *
 * @param lines in order
 * @param features the name that holds the last hidden layer, B x W, float32
 * @param logits the name that holds the readout, B x K, float32
 */
public record ForwardScript(List<String> lines, String features, String logits) {

  /** Keeps a copy of the lines. */
  public ForwardScript {
    lines = List.copyOf(lines);
  }

  /**
   * A pass in training. Images lie in memory with their channels last, which convolutions are
   * fastest on, from the first convolution to the last hidden layer. There they and the weights of
   * convolutions have the precision's numbers, as under PyTorch's autocast; a BatchNorm computes in
   * float32 and rounds its result. Unlike under autocast the last hidden layer and the readout are
   * float32: they cost next to nothing, and logits of 8 bits would be what the loss is made of.
   *
   * <p>On the CPU the engine sums up a BatchNorm's statistics in float32 where channels are last,
   * in float64 elsewhere. Sums of unequal numbers lose nothing by it; where a ReLU went before,
   * some 10,000 equal ones can put a variance off by 1e-4 of itself.
   *
   * @param network whose pass it is
   * @param precision of what lies between the layers
   */
  public static ForwardScript ofTraining(Convolutional network, Precision precision) {
    return LayerScript.of(network, precision, true);
  }

  /** A pass of a network that is trained, with channels last too, in float32. */
  public static ForwardScript ofTrained(Convolutional network) {
    return LayerScript.of(network, Precision.FLOAT32, false);
  }
}
