package mitosis.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import mitosis.data.Examples.Normalisation;

/** A dataset's normalisation on a device. */
public final class Normaliser {

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
