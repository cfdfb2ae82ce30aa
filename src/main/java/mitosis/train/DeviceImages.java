package mitosis.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.ByteBuffer;
import mitosis.data.Examples.Images;
import mitosis.data.Examples.Normalisation;

/**
 * A dataset's images on a device, whole and as bytes: batches are picked, cropped, flipped and
 * normalised there.
 */
public final class DeviceImages {

  private final int side;
  private final int channels;
  private final NDArray pixels;
  private final NDArray planes;
  private final NDArray line;
  private final NDArray width;
  private final NDArray period;
  private final Normaliser normaliser;

  /**
   * @param images to be laid there
   * @param manager owns them
   */
  public DeviceImages(Images images, NDManager manager) {
    Normalisation normalisation = images.normalisation();
    side = images.side();
    channels = normalisation.channels();
    pixels =
        manager.create(
            ByteBuffer.wrap(images.pixels()), new Shape(images.pixels().length), DataType.UINT8);
    long[] offsets = new long[channels];
    for (int c = 0; c < channels; c++) {
      offsets[c] = (long) c * side * side;
    }
    planes = manager.create(offsets, new Shape(1, channels, 1));
    line = manager.arange(0, side, 1, DataType.INT64);
    width = manager.full(new Shape(), side, DataType.INT64);
    period = manager.full(new Shape(), 2 * (side - 1), DataType.INT64);
    normaliser = new Normaliser(normalisation, manager);
  }

  /** Where an image begins among the bytes. */
  long offset(int image) {
    return (long) image * channels * side * side;
  }

  private NDArray[] all() {
    return new NDArray[] {pixels, planes, line, width, period};
  }

  /**
   * Images one after the other, as they are.
   *
   * @param from the first
   * @param count how many
   * @param scope owns the result
   * @return {@code 1 x count x channels x side x side}, normalised
   */
  public NDArray inOrder(int from, int count, NDManager scope) {
    scope.tempAttachAll(all());
    NDIndex range = new NDIndex().addSliceDim(offset(from), offset(from + count));
    return normaliser.normalised(pixels.get(range), count, side, scope);
  }

  /**
   * Squares out of images whose borders were mirrored, without the outermost pixel itself. Row r
   * and column c of the result are row {@code top + r} and column {@code left + step·c} of the
   * image, as far as it reaches.
   *
   * @param offsets {@code B x 1 x 1}, where the images begin
   * @param top {@code B x 1}, above −side
   * @param left {@code B x 1}, above −side
   * @param step {@code B x 1}: 1, or −1 to exchange left and right
   * @param scope owns the result
   * @return {@code 1 x B x channels x side x side}, normalised
   */
  NDArray squares(NDArray offsets, NDArray top, NDArray left, NDArray step, NDManager scope) {
    scope.tempAttachAll(all());
    int count = (int) offsets.getShape().get(0);
    NDArray rows = mirrored(top.add(line)).mul(width).reshape(count, side, 1);
    NDArray columns = mirrored(left.add(step.mul(line))).reshape(count, 1, side);
    NDArray places = rows.add(columns).reshape(count, 1, side * side).add(planes).add(offsets);
    return normaliser.normalised(pixels.take(scope, places), count, side, scope);
  }

  /** Places beyond a border count back from it. */
  private NDArray mirrored(NDArray places) {
    NDArray beyondFirst = places.abs();
    return beyondFirst.minimum(period.sub(beyondFirst));
  }

  /** A dataset's normalisation on a device. */
  public static final class Normaliser {

    private static final float WHITE = 255;

    private final NDArray means;
    private final NDArray deviations;

    /**
     * @param normalisation of the dataset
     * @param manager owns its arrays
     */
    public Normaliser(Normalisation normalisation, NDManager manager) {
      means = channels(normalisation.means(), manager);
      deviations = channels(normalisation.deviations(), manager);
    }

    private static NDArray channels(float[] values, NDManager manager) {
      float[] scaled = new float[values.length];
      for (int c = 0; c < values.length; c++) {
        scaled[c] = WHITE * values[c];
      }
      return manager.create(scaled, new Shape(1, values.length, 1, 1));
    }

    /**
     * What a network sees of some images. The result is new memory, whatever the bytes lie in.
     *
     * @param bytes unsigned, as many as the images have
     * @param count number of images
     * @param side pixels along an edge
     * @param scope owns the result
     * @return {@code 1 x count x channels x side x side}
     */
    public NDArray normalised(NDArray bytes, int count, int side, NDManager scope) {
      scope.tempAttachAll(means, deviations);
      return bytes
          .toType(DataType.FLOAT32, false)
          .reshape(count, means.size(1), side, side)
          .sub(means)
          .div(deviations)
          .expandDims(0);
    }
  }
}
