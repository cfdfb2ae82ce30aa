package mitosis.model;

import java.util.List;
import mitosis.model.Convolutional.WholeChannels;

/**
 * Wide-ResNet (Zagoruyko and Komodakis 2016) as the papers use it: three groups of residual blocks
 * at full, half and a quarter of the images' size, each block BatchNorm, ReLU, convolution, twice.
 * No ReLU follows the last BatchNorm, so that features can be negative (P22 §2.1).
 *
 * @param depth convolutions from the first to the readout, {@code 6·k + 4} with k blocks in a group
 * @param stem channels of the first convolution
 * @param channels of the three groups
 * @param width W, channels of the very last block; those of its group, unless the last layer is
 *     widened alone, or kept while the rest is widened (P22 §4, Fig. S4)
 * @param outputs K
 * @param side pixels along an edge of the images
 */
public record WideResNet(
    int depth, int stem, List<Integer> channels, int width, int outputs, int side)
    implements Convolutional {

  private static final int STEM = 16;

  /**
   * Networks of any width.
   *
   * @param depth convolutions from the first to the readout
   */
  public record OfWidth(int depth) implements Architecture.OfWidth {

    @Override
    public WideResNet of(int width, int classes, int side) {
      return ofWidth(depth, width, classes, side);
    }

    @Override
    public OfWidth withDepth(int other) {
      return new OfWidth(other);
    }

    @Override
    public WideResNet withLastLayer(int width, int body, int classes, int side) {
      return of(body, classes, side).withLastLayer(width);
    }
  }

  /**
   * @throws IllegalArgumentException if a size is below 1, or the depth is not 6·k + 4
   */
  public WideResNet {
    channels = List.copyOf(channels);
    if (depth < 10 || (depth - 4) % 6 != 0) {
      throw new IllegalArgumentException(
          "a Wide-ResNet has a depth of 10, 16, 22, 28, …, not " + depth);
    }
    if (channels.size() != 3
        || channels.stream().anyMatch(c -> c < 1)
        || Math.min(Math.min(stem, width), Math.min(outputs, side)) < 1) {
      throw new IllegalArgumentException(
          "a Wide-ResNet has a stem, three groups, a width, outputs and a side of at least 1, not %d, %s, %d, %d and %d"
              .formatted(stem, channels, width, outputs, side));
    }
  }

  /**
   * WR-depth-n with n = W/64: groups of 16·n, 32·n and 64·n channels after a stem of 16, or of 16·n
   * where n is below 1.
   *
   * @throws IllegalArgumentException if that gives no whole numbers of channels
   */
  public static WideResNet ofWidth(int depth, int width, int outputs, int side) {
    int quarter = WholeChannels.of("a Wide-ResNet", width, 4);
    return new WideResNet(
        depth,
        Math.min(STEM, quarter),
        List.of(quarter, 2 * quarter, 4 * quarter),
        width,
        outputs,
        side);
  }

  /**
   * This network with another last layer, all else unchanged.
   *
   * @param other its width W
   */
  public WideResNet withLastLayer(int other) {
    return new WideResNet(depth, stem, channels, other, outputs, side);
  }

  @Override
  public String readout() {
    return "fc";
  }

  @Override
  public <T> T features(Layers<T> layers, T images) {
    int blocks = (depth - 4) / 6;
    T hidden = layers.convolution("conv0", images, stem, 3, 1);
    int in = stem;
    for (int group = 0; group < 3; group++) {
      for (int k = 0; k < blocks; k++) {
        boolean last = group == 2 && k == blocks - 1;
        int out = last ? width : channels.get(group);
        int stride = group > 0 && k == 0 ? 2 : 1;
        String name = "group%d.%d".formatted(group, k);
        boolean projected = in != out || stride != 1;
        hidden =
            layers.block(hidden, input -> residual(layers, name, input, out, stride, projected));
        in = out;
      }
    }
    return layers.block(hidden, input -> layers.globalMean(layers.batchNorm("bn", input)));
  }

  private static <T> T residual(
      Layers<T> layers, String name, T input, int out, int stride, boolean projected) {
    T active = layers.relu(layers.batchNorm(name + ".bn1", input));
    T first = layers.convolution(name + ".conv1", active, out, 3, stride);
    T again = layers.relu(layers.batchNorm(name + ".bn2", first));
    T second = layers.convolution(name + ".conv2", again, out, 3, 1);
    return layers.add(
        second,
        projected ? layers.convolution(name + ".downsample.0", input, out, 1, stride) : input);
  }
}
