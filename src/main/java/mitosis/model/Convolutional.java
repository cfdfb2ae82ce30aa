package mitosis.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import mitosis.model.Architecture.Activation;
import mitosis.model.Parameter.RunningStatistic;

/**
 * A network of convolutions over square images of three channels, whose last hidden layer is the
 * mean over pixels of its last W channels. Its seeds are trained one by one: a step of one network
 * keeps a device busy.
 */
public interface Convolutional extends Architecture {

  /** Channels of the images that go in. */
  int CHANNELS = 3;

  /** Pixels along an edge of the images that go in. */
  int side();

  /** Number K of outputs. */
  int outputs();

  /** Name of the linear readout. */
  @JsonIgnore
  String readout();

  /**
   * The last hidden layer.
   *
   * @param layers the operations
   * @param images what goes in
   */
  <T> T features(Layers<T> layers, T images);

  @Override
  default boolean trainsSeedsTogether() {
    return false;
  }

  @Override
  @JsonIgnore
  default List<Parameter> parameters() {
    return LayerShapes.of(this).parameters();
  }

  @Override
  @JsonIgnore
  default List<RunningStatistic> runningStatistics() {
    return LayerShapes.of(this).runningStatistics();
  }

  @Override
  default long activations() {
    return LayerShapes.of(this).activations();
  }

  @Override
  default long multiplyAdds() {
    return LayerShapes.of(this).multiplyAdds();
  }

  @Override
  default String readoutWeight() {
    return readout() + ".weight";
  }

  @Override
  default String readoutBias() {
    return readout() + ".bias";
  }

  /**
   * @throws IllegalArgumentException if there is more than one seed, or the images are of another
   *     size
   */
  @Override
  default Activation forward(Weights weights, NDArray inputs, boolean training) {
    long[] shape = inputs.getShape().getShape();
    if (shape.length != 5
        || shape[0] != 1
        || shape[2] != CHANNELS
        || shape[3] != side()
        || shape[4] != side()) {
      throw new IllegalArgumentException(
          "%s takes one seed's batch of %d x %d x %d images, not %s"
              .formatted(this, CHANNELS, side(), side(), inputs.getShape()));
    }
    NDArray means = features(new LayerTensors(weights, training), inputs.squeeze(0));
    NDArray features = means.transpose().expandDims(0);
    NDArray logits =
        weights
            .get(readoutWeight())
            .matMul(features)
            .add(weights.get(readoutBias()).expandDims(-1));
    return new Activation(features, logits);
  }

  /** Widths that give every layer of a network a whole number of channels. */
  static final class WholeChannels {

    private WholeChannels() {}

    /**
     * The width's share of channels.
     *
     * @param network for the message
     * @param width W
     * @param divisor what W must be a multiple of
     * @return W ÷ divisor
     * @throws IllegalArgumentException if that is not a whole number, at least 1; names the nearest
     *     widths that are allowed
     */
    static int of(String network, int width, int divisor) {
      if (width < divisor || width % divisor != 0) {
        int below = width / divisor * divisor;
        throw new IllegalArgumentException(
            "%s of width %d would have layers of a fraction of a channel; its width is a multiple of %d, such as %s"
                .formatted(
                    network,
                    width,
                    divisor,
                    below < divisor ? divisor : below + " or " + (below + divisor)));
      }
      return width / divisor;
    }
  }

  /**
   * The operations on numbers: a batch of images is an array {@code B x channels x side x side}.
   *
   * @param weights of one seed
   * @param training whether BatchNorm takes its statistics from the batch, and updates the running
   *     ones
   */
  record LayerTensors(Weights weights, boolean training) implements Layers<NDArray> {

    @Override
    public NDArray convolution(String name, NDArray images, int channels, int kernel, int stride) {
      long padding = kernel / 2;
      return images
          .getNDArrayInternal()
          .convolution(
              images,
              weights.get(name + ".weight").squeeze(0),
              null,
              new Shape(stride, stride),
              new Shape(padding, padding),
              new Shape(1, 1),
              1)
          .singletonOrThrow();
    }

    @Override
    public NDArray batchNorm(String name, NDArray images) {
      return BatchNorm.of(weights, name, images, training);
    }

    /**
     * Its backward pass reads the result, so that the memory of the images serves the next layer.
     */
    @Override
    public NDArray relu(NDArray images) {
      NDArray result = images.getNDArrayInternal().relu();
      images.close();
      return result;
    }

    @Override
    public NDArray add(NDArray left, NDArray right) {
      return left.addi(right);
    }

    @Override
    public NDArray concatenate(NDArray first, NDArray second) {
      return NDArrays.concat(new NDList(first, second), 1);
    }

    @Override
    public NDArray maxPool(NDArray images) {
      return images
          .getNDArrayInternal()
          .maxPool(new Shape(3, 3), new Shape(2, 2), new Shape(1, 1), false);
    }

    @Override
    public NDArray averagePool(NDArray images) {
      return images
          .getNDArrayInternal()
          .avgPool(new Shape(2, 2), new Shape(2, 2), new Shape(0, 0), false, false);
    }

    /**
     * What backward needs of what is let go, the engine keeps by itself; the rest would fill the
     * device.
     */
    @Override
    public NDArray block(NDArray images, UnaryOperator<NDArray> inside) {
      NDManager outer = images.getManager();
      try (NDManager scope = outer.newSubManager()) {
        images.attach(scope);
        NDArray result = inside.apply(images);
        result.attach(outer);
        return result;
      }
    }

    @Override
    public NDArray globalMean(NDArray images) {
      return images.getNDArrayInternal().globalAvgPool();
    }
  }

  /**
   * The operations on shapes, which writes down the parameters that they need and what they cost.
   */
  static final class LayerShapes implements Layers<LayerShapes.Size> {

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
}
