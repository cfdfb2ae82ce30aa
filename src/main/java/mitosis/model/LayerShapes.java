package mitosis.model;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import mitosis.model.Parameter.RunningStatistic;

/** The operations on shapes, which writes down the parameters that they need and what they cost. */
final class LayerShapes implements Layers<LayerShapes.Size> {

  /**
   * What a network makes of one image.
   *
   * @param channels of it
   * @param side pixels along an edge
   */
  record Size(int channels, int side) {}

  private final List<Parameter> parameters = new ArrayList<>();
  private final List<RunningStatistic> runningStatistics = new ArrayList<>();
  private long multiplyAdds;
  private long activations;

  private LayerShapes() {}

  /** Follows one image through a network. */
  static LayerShapes of(Convolutional network) {
    LayerShapes shapes = new LayerShapes();
    Size features = network.features(shapes, new Size(Convolutional.CHANNELS, network.side()));
    int width = features.channels();
    int outputs = network.outputs();
    shapes.parameters.add(
        new Parameter(network.readoutWeight(), Parameter.Kind.WEIGHT, List.of(outputs, width)));
    shapes.parameters.add(
        new Parameter(network.readoutBias(), Parameter.Kind.BIAS, List.of(outputs)));
    shapes.multiplyAdds += (long) width * outputs;
    return shapes;
  }

  List<Parameter> parameters() {
    return List.copyOf(parameters);
  }

  List<RunningStatistic> runningStatistics() {
    return List.copyOf(runningStatistics);
  }

  long activations() {
    return activations;
  }

  long multiplyAdds() {
    return multiplyAdds;
  }

  @Override
  public Size convolution(String name, Size images, int channels, int kernel, int stride) {
    parameters.add(
        new Parameter(
            name + ".weight",
            Parameter.Kind.WEIGHT,
            List.of(channels, images.channels(), kernel, kernel)));
    int side = pooled(images.side(), stride);
    multiplyAdds += (long) side * side * channels * images.channels() * kernel * kernel;
    activations += (long) side * side * channels;
    return new Size(channels, side);
  }

  @Override
  public Size batchNorm(String name, Size images) {
    List<Integer> shape = List.of(images.channels());
    parameters.add(new Parameter(name + ".weight", Parameter.Kind.GAMMA, shape));
    parameters.add(new Parameter(name + ".bias", Parameter.Kind.BIAS, shape));
    runningStatistics.add(new RunningStatistic(name + ".running_mean", shape, 0));
    runningStatistics.add(new RunningStatistic(name + ".running_var", shape, 1));
    return images;
  }

  @Override
  public Size relu(Size images) {
    return images;
  }

  @Override
  public Size add(Size left, Size right) {
    if (!left.equals(right)) {
      throw new IllegalStateException("%s and %s cannot be added".formatted(left, right));
    }
    return left;
  }

  @Override
  public Size concatenate(Size first, Size second) {
    return new Size(first.channels() + second.channels(), first.side());
  }

  @Override
  public Size maxPool(Size images) {
    return new Size(images.channels(), pooled(images.side(), 2));
  }

  @Override
  public Size averagePool(Size images) {
    return new Size(images.channels(), images.side() / 2);
  }

  private static int pooled(int side, int stride) {
    return (side - 1) / stride + 1;
  }

  @Override
  public Size block(Size images, UnaryOperator<Size> inside) {
    return inside.apply(images);
  }

  @Override
  public Size globalMean(Size images) {
    return images;
  }
}
