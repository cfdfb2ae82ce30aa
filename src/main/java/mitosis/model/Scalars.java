package mitosis.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.HashMap;
import java.util.Map;

/**
 * Plain numbers as arrays on a device, made once each. The engine lays a plain number into memory
 * of its own at every operation, which it has let go of by the time that the backward pass reads
 * it, and on a GPU it waits for the device each time.
 */
public final class Scalars {

  private final NDManager manager;
  private final Map<Float, NDArray> scalars = new HashMap<>();

  /**
   * @param manager owns the arrays; they last as long as it does
   */
  public Scalars(NDManager manager) {
    this.manager = manager;
  }

  /** The array of no dimension that holds a number, rounded to float32. */
  public NDArray of(double value) {
    return scalars.computeIfAbsent(
        (float) value,
        number -> manager.full(new Shape(), number, ai.djl.ndarray.types.DataType.FLOAT32));
  }
}
