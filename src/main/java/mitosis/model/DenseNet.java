package mitosis.model;

import mitosis.model.Convolutional.WholeChannels;

/**
 * DenseNet-BC (Huang et al. 2017): three blocks in which every layer sees the channels of all
 * layers before it, with bottlenecks, and transitions that halve channels and size. The papers'
 * DenseNet40 has six layers in a block and a growth of c/2 with c channels after the first
 * convolution; W = 5.5·c (P22 §2.1). No ReLU follows the last BatchNorm.
 *
 * @param layers in each block
 * @param channels c, after the first convolution
 * @param growth channels that a layer adds
 * @param outputs K
 * @param side pixels along an edge of the images
 */
public record DenseNet(int layers, int channels, int growth, int outputs, int side)
    implements Convolutional {

  private static final int BLOCKS = 3;

  /** DenseNet40-BC of any width. */
  public record OfWidth() implements Architecture.OfWidth {

    @Override
    public int depth() {
      return 40;
    }

    @Override
    public DenseNet of(int width, int classes, int side) {
      return ofWidth40(width, classes, side);
    }
  }

  /** Channels of a bottleneck, in units of the growth. */
  private static final int BOTTLENECK = 4;

  /**
   * @throws IllegalArgumentException if a size is below 1, or the transitions would leave no pixel
   */
  public DenseNet {
    if (Math.min(Math.min(layers, channels), Math.min(growth, Math.min(outputs, side))) < 1) {
      throw new IllegalArgumentException(
          "a DenseNet has layers, channels, growth, outputs and a side of at least 1, not %d, %d, %d, %d and %d"
              .formatted(layers, channels, growth, outputs, side));
    }
    int smallest = 1 << (BLOCKS - 1);
    if (side < smallest) {
      throw new IllegalArgumentException(
          "a DenseNet takes images with a side of at least %d, not %d".formatted(smallest, side));
    }
  }

  /**
   * DenseNet40-BC of width W = 5.5·c.
   *
   * @throws IllegalArgumentException if c or c/2 would not be a whole number
   */
  public static DenseNet ofWidth40(int width, int outputs, int side) {
    int growth = WholeChannels.of("a DenseNet40-BC", width, 11);
    return new DenseNet(6, 2 * growth, growth, outputs, side);
  }

  @Override
  public int width() {
    int width = channels;
    for (int block = 0; block < BLOCKS; block++) {
      width = (block == 0 ? width : width / 2) + layers * growth;
    }
    return width;
  }

  @Override
  public String readout() {
    return "classifier";
  }

  @Override
  public <T> T features(Layers<T> operations, T images) {
    T stem = operations.convolution("features.conv0", images, channels, 3, 1);
    T hidden =
        operations.block(
            stem, input -> operations.relu(operations.batchNorm("features.norm0", input)));
    int width = channels;
    for (int block = 1; block <= BLOCKS; block++) {
      for (int layer = 1; layer <= layers; layer++) {
        String name = "features.denseblock%d.denselayer%d".formatted(block, layer);
        hidden = operations.block(hidden, input -> grown(operations, name, input));
      }
      width += layers * growth;
      if (block < BLOCKS) {
        String name = "features.transition" + block;
        int halved = width / 2;
        hidden = operations.block(hidden, input -> transition(operations, name, input, halved));
        width = halved;
      }
    }
    return operations.block(
        hidden, input -> operations.globalMean(operations.batchNorm("features.norm5", input)));
  }

  private <T> T grown(Layers<T> operations, String name, T input) {
    T active = operations.relu(operations.batchNorm(name + ".norm1", input));
    T narrow = operations.convolution(name + ".conv1", active, BOTTLENECK * growth, 1, 1);
    T again = operations.relu(operations.batchNorm(name + ".norm2", narrow));
    return operations.concatenate(
        input, operations.convolution(name + ".conv2", again, growth, 3, 1));
  }

  private static <T> T transition(Layers<T> operations, String name, T input, int channels) {
    T active = operations.relu(operations.batchNorm(name + ".norm", input));
    return operations.averagePool(operations.convolution(name + ".conv", active, channels, 1, 1));
  }
}
