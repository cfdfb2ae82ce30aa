package mitosis.model;

import ai.djl.ndarray.NDArray;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The one way by which numbers come back from a device. Each read waits until the device has done
 * all that it was told, so a training must not read within an epoch: a test counts.
 */
public final class DeviceRead {

  private static final AtomicLong COUNT = new AtomicLong();

  private DeviceRead() {}

  /** Copies an array's numbers to the heap, row-major. */
  public static float[] floats(NDArray array) {
    COUNT.incrementAndGet();
    return array.toFloatArray();
  }

  /** How many reads this process has made. */
  public static long count() {
    return COUNT.get();
  }
}
