package mitosis.model;

import java.util.List;
import mitosis.model.Convolutional.WholeChannels;

/**
 * ResNet of bottleneck blocks (He et al. 2016) in torchvision's form, the stride in the 3 x 3
 * convolution: four groups of blocks after a stem that the width does not change. ResNet50 has 3,
 * 4, 6 and 3 blocks; W = 2048·c where every channel count after the stem is multiplied by c (P22
 * §2.1).
 *
 * @param blocks in each group
 * @param stem channels of the first convolution
 * @param planes channels of the first group's 3 x 3 convolutions, doubled from group to group
 * @param outputs K
 * @param side pixels along an edge of the images
 */
public record ResNet(List<Integer> blocks, int stem, int planes, int outputs, int side)
    implements Convolutional {

  private static final List<Integer> BLOCKS_OF_50 = List.of(3, 4, 6, 3);
  private static final int STEM = 64;

  /** ResNet50 of any width. */
  public record OfWidth() implements Architecture.OfWidth {

    @Override
    public int depth() {
      return 50;
    }

    @Override
    public ResNet of(int width, int classes, int side) {
      return ofWidth50(width, classes, side);
    }
  }

  /** Channels of a block's result, in units of its 3 x 3 convolution's. */
  private static final int EXPANSION = 4;

  /**
   * @throws IllegalArgumentException if a size is below 1
   */
  public ResNet {
    blocks = List.copyOf(blocks);
    if (blocks.isEmpty()
        || blocks.stream().anyMatch(b -> b < 1)
        || Math.min(Math.min(stem, planes), Math.min(outputs, side)) < 1) {
      throw new IllegalArgumentException(
          "a ResNet has blocks, a stem, planes, outputs and a side of at least 1, not %s, %d, %d, %d and %d"
              .formatted(blocks, stem, planes, outputs, side));
    }
  }

  /**
   * ResNet50 of width W = 2048·c.
   *
   * @throws IllegalArgumentException if that gives no whole numbers of channels
   */
  public static ResNet ofWidth50(int width, int outputs, int side) {
    return new ResNet(BLOCKS_OF_50, STEM, WholeChannels.of("a ResNet50", width, 32), outputs, side);
  }

  @Override
  public int width() {
    return EXPANSION * planes << (blocks.size() - 1);
  }

  @Override
  public String readout() {
    return "fc";
  }

  @Override
  public <T> T features(Layers<T> layers, T images) {
    T stemmed = layers.convolution("conv1", images, stem, 7, 2);
    T hidden =
        layers.block(stemmed, input -> layers.maxPool(layers.relu(layers.batchNorm("bn1", input))));
    int in = stem;
    for (int group = 0; group < blocks.size(); group++) {
      int inner = planes << group;
      for (int k = 0; k < blocks.get(group); k++) {
        int stride = group > 0 && k == 0 ? 2 : 1;
        boolean projected = in != EXPANSION * inner || stride != 1;
        String name = "layer%d.%d".formatted(group + 1, k);
        hidden =
            layers.block(
                hidden, input -> bottleneck(layers, name, input, inner, stride, projected));
        in = EXPANSION * inner;
      }
    }
    return layers.block(hidden, layers::globalMean);
  }

  private static <T> T bottleneck(
      Layers<T> layers, String name, T input, int inner, int stride, boolean projected) {
    T narrow = layers.convolution(name + ".conv1", input, inner, 1, 1);
    T first = layers.relu(layers.batchNorm(name + ".bn1", narrow));
    T spatial = layers.convolution(name + ".conv2", first, inner, 3, stride);
    T second = layers.relu(layers.batchNorm(name + ".bn2", spatial));
    T wide = layers.convolution(name + ".conv3", second, EXPANSION * inner, 1, 1);
    T branch = layers.batchNorm(name + ".bn3", wide);
    if (!projected) {
      return layers.relu(layers.add(branch, input));
    }
    String shortcut = name + ".downsample.";
    T moved = layers.convolution(shortcut + "0", input, EXPANSION * inner, 1, stride);
    return layers.relu(layers.add(branch, layers.batchNorm(shortcut + "1", moved)));
  }
}
