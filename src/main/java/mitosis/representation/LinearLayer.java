package mitosis.representation;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Optional;
import mitosis.model.DeviceRead;

/**
 * A linear layer within a program, by the very tensors that the program uses.
 *
 * @param weight {@code K x W}
 * @param bias {@code K}; nothing for zeros
 */
record LinearLayer(NDArray weight, Optional<NDArray> bias) {

  /** Such as {@code fc.weight}. */
  String name() {
    return weight.getName();
  }

  /** A copy of its numbers. */
  Readout readout() {
    int outputs = (int) weight.getShape().get(0);
    int width = (int) weight.getShape().get(1);
    float[] offsets = bias.map(DeviceRead::floats).orElseGet(() -> new float[outputs]);
    return LastLayer.readout(DeviceRead.floats(weight), width, offsets);
  }

  /** Makes the layer pass on its W inputs; this value is of no use afterwards. */
  void makeIdentity(TensorSetter setter) {
    NDManager manager = weight.getManager();
    int width = (int) weight.getShape().get(1);
    setter.set(weight, manager.eye(width));
    bias.ifPresent(offsets -> setter.set(offsets, manager.zeros(new Shape(width))));
  }
}
