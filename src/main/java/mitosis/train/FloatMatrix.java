package mitosis.train;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import mitosis.model.OpenBlas;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.openblas.global.openblas_full;

/**
 * A matrix of floats outside the heap, row after row, or a part or the transpose of one, for
 * OpenBLAS to multiply. Only there does it take numbers as they lie; arrays of the heap are copied
 * for every call. Java's loops, in turn, are vectorised on arrays of the heap alone, so numbers are
 * copied in rows that stay in the first cache.
 */
final class FloatMatrix {

  /** A line of the cache, in bytes. */
  private static final int ALIGNMENT = 64;

  static {
    OpenBlas.load();
  }

  private final FloatBuffer numbers;
  private final FloatPointer first;
  private final int rows;
  private final int columns;
  private final int stride;
  private final boolean transposed;

  private FloatMatrix(
      FloatBuffer numbers,
      FloatPointer first,
      int rows,
      int columns,
      int stride,
      boolean transposed) {
    this.numbers = numbers;
    this.first = first;
    this.rows = rows;
    this.columns = columns;
    this.stride = stride;
    this.transposed = transposed;
  }

  /** A matrix of zeros. */
  static FloatMatrix zeros(int rows, int columns) {
    int bytes = Math.multiplyExact(Math.multiplyExact(rows, columns), Float.BYTES);
    // An aligned slice ends, as it begins, at a whole line.
    FloatBuffer numbers =
        ByteBuffer.allocateDirect(Math.addExact(bytes, 2 * ALIGNMENT))
            .alignedSlice(ALIGNMENT)
            .order(ByteOrder.nativeOrder())
            .asFloatBuffer();
    return new FloatMatrix(numbers, new FloatPointer(numbers), rows, columns, columns, false);
  }

  int rows() {
    return rows;
  }

  /** The first rows and columns of this matrix's memory, read as a matrix without gaps. */
  FloatMatrix reshaped(int otherRows, int otherColumns) {
    return new FloatMatrix(numbers, first, otherRows, otherColumns, otherColumns, false);
  }

  /** Some of its columns. */
  FloatMatrix columns(int from, int to) {
    return new FloatMatrix(numbers, first.getPointer(from), rows, to - from, stride, transposed);
  }

  /** Rows as columns. */
  FloatMatrix transposed() {
    return new FloatMatrix(numbers, first, columns, rows, stride, !transposed);
  }

  /** Becomes the product of two matrices, or of a row and a matrix. */
  void setProduct(FloatMatrix left, FloatMatrix right) {
    if (rows == 1) {
      openblas_full.cblas_sgemv(
          openblas_full.CblasRowMajor,
          right.transposed ? openblas_full.CblasNoTrans : openblas_full.CblasTrans,
          right.transposed ? columns : left.columns,
          right.transposed ? left.columns : columns,
          1,
          right.first,
          right.stride,
          left.first,
          1,
          0,
          first,
          1);
      return;
    }
    openblas_full.cblas_sgemm(
        openblas_full.CblasRowMajor,
        left.transposed ? openblas_full.CblasTrans : openblas_full.CblasNoTrans,
        right.transposed ? openblas_full.CblasTrans : openblas_full.CblasNoTrans,
        rows,
        columns,
        left.columns,
        1,
        left.first,
        left.stride,
        right.first,
        right.stride,
        0,
        first,
        stride);
  }

  /** Copies {@code count} numbers, from place {@code from} on, to the beginning of an array. */
  void read(int from, float[] target, int count) {
    numbers.get(from, target, 0, count);
  }

  /** Copies the first {@code count} numbers of an array to place {@code at} and after. */
  void write(int at, float[] source, int count) {
    numbers.put(at, source, 0, count);
  }
}
