package mitosis.model;

import ai.djl.ndarray.NDArray;
import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.List;
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
}
