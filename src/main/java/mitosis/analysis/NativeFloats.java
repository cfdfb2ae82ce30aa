package mitosis.analysis;

import mitosis.model.OpenBlas;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;

/**
 * A matrix in single precision outside the heap, column after column, for OpenBLAS to work on as on
 * a {@link NativeMatrix}. To be used from one thread at a time, but for {@link #values}.
 */
final class NativeFloats implements AutoCloseable {

  static {
    OpenBlas.load();
  }

  private final int rows;
  private final FloatPointer values;

  /** Its numbers are not set. */
  NativeFloats(int rows, int columns) {
    this.rows = rows;
    long bytes = Math.multiplyExact((long) rows * columns, Float.BYTES);
    Pointer memory = Pointer.malloc(bytes);
    if (memory == null || memory.isNull()) {
      throw new OutOfMemoryError(
          "no %d MiB outside the heap for a matrix of %d x %d floats"
              .formatted(bytes >> 20, rows, columns));
    }
    this.values = new FloatPointer(memory);
  }

  /** Where the first column begins. */
  FloatPointer values() {
    return values;
  }

  /** Copies as many numbers as the array has, from the first column on. */
  void read(float[] target) {
    values.get(target, 0, target.length);
  }

  /** Copies an array to the beginning of a column. */
  void write(int column, float[] source) {
    values.position((long) column * rows).put(source, 0, source.length);
    values.position(0);
  }

  @Override
  public void close() {
    Pointer.free(values);
  }
}
