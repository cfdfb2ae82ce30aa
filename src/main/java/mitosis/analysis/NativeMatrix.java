package mitosis.analysis;

import mitosis.model.OpenBlas;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;

/**
 * A matrix in double precision outside the heap, column after column, for OpenBLAS to work on.
 *
 * <p>OpenBLAS runs on one thread a call: work is spread over permutations, strips and blocks
 * instead, which gives the same bits on any number of threads. To be used from one thread at a
 * time, but for {@link #at}.
 */
final class NativeMatrix implements AutoCloseable {

  private static final long BYTES = Double.BYTES;

  static {
    OpenBlas.load();
  }

  private final int rows;
  private final int columns;
  private final Pointer memory;
  private final DoublePointer values;

  /** Its numbers are not set. */
  NativeMatrix(int rows, int columns) {
    this.rows = rows;
    this.columns = columns;
    long bytes = Math.multiplyExact((long) rows * columns, BYTES);
    this.memory = Pointer.malloc(bytes);
    if (memory == null || memory.isNull()) {
      throw new OutOfMemoryError(
          "no %d MiB outside the heap for a matrix of %d x %d"
              .formatted(bytes >> 20, rows, columns));
    }
    this.values = new DoublePointer(memory);
  }

  /** Elements from one column to the next. */
  int rows() {
    return rows;
  }

  /** The number of columns. */
  int columns() {
    return columns;
  }

  /** Where a column begins, or goes on from a row. */
  DoublePointer at(int row, int column) {
    return values.getPointer(index(row, column));
  }

  private long index(int row, int column) {
    return (long) column * rows + row;
  }

  double get(int row, int column) {
    return values.get(index(row, column));
  }

  void set(int row, int column, double value) {
    values.put(index(row, column), value);
  }

  /** Copies {@code count} numbers of a column, from a row down, to the beginning of an array. */
  void read(int row, int column, double[] target, int count) {
    values.position(index(row, column)).get(target, 0, count);
    values.position(0);
  }

  /** Copies the first {@code count} numbers of an array to a column, from a row down. */
  void write(int row, int column, double[] source, int count) {
    values.position(index(row, column)).put(source, 0, count);
    values.position(0);
  }

  /** Copies a whole column from another matrix with as many rows. */
  void copyColumn(int column, NativeMatrix source, int from) {
    Pointer.memcpy(bytesFrom(0, column), source.bytesFrom(0, from), rows * BYTES);
    memory.position(0);
    source.memory.position(0);
  }

  /** Sets {@code count} numbers of a column, from a row down, to zero. */
  void clear(int row, int column, int count) {
    if (count > 0) {
      Pointer.memset(bytesFrom(row, column), 0, count * BYTES);
      memory.position(0);
    }
  }

  /** An untyped pointer counts its position in bytes. */
  private Pointer bytesFrom(int row, int column) {
    return memory.position(index(row, column) * BYTES);
  }

  @Override
  public void close() {
    Pointer.free(memory);
  }

  /**
   * A matrix in single precision outside the heap, column after column, for OpenBLAS to work on as
   * on a {@link NativeMatrix}. To be used from one thread at a time, but for {@link #values}.
   */
  static final class NativeFloats implements AutoCloseable {

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
}
