package mitosis.representation;

/**
 * In which order the numbers of an array of at most two dimensions lie: lines of equally spaced
 * numbers, the lines too equally spaced. Where lines don't overlap, one pass from front to back
 * meets each number once. All distances are in numbers, not bytes.
 *
 * @param offset of the first number
 * @param lines how many lines
 * @param lineStride from the start of a line to that of the next
 * @param perLine numbers in a line
 * @param stride from a number to the next of its line
 * @param linesAreRows whether a line is a row, else it is a column
 */
record Layout(
    long offset, int lines, long lineStride, int perLine, long stride, boolean linesAreRows) {

  /** Rows one behind another, each from left to right: C order. */
  static Layout rowMajor(int[] shape) {
    return strided(0, shape, new long[] {shape.length == 2 ? shape[1] : 1, 1});
  }

  /** Columns one behind another: Fortran order. */
  static Layout columnMajor(int[] shape) {
    return strided(0, shape, new long[] {1, shape.length == 2 ? shape[0] : 1});
  }

  /**
   * Any spacing; see {@link #usesEachOnce}.
   *
   * @param offset of the first number, at least 0
   * @param shape at most two extents, each above zero
   * @param strides from a number to the next along each of them, less than 2^31 each
   */
  static Layout strided(long offset, int[] shape, long[] strides) {
    int rows = shape.length == 2 ? shape[0] : 1;
    int columns = shape.length == 0 ? 1 : shape[shape.length - 1];
    // Along an extent of one nothing is stepped, so its stride says nothing.
    long down = rows == 1 ? 0 : strides[0];
    long right = columns == 1 ? 0 : strides[shape.length - 1];
    boolean linesAreRows = rows == 1 || (columns > 1 && down >= right);
    return linesAreRows
        ? new Layout(offset, rows, down, columns, right, true)
        : new Layout(offset, columns, right, rows, down, false);
  }

  /** Whether no number is used for two places of the array, and none lies in reverse. */
  boolean usesEachOnce() {
    return (perLine == 1 || stride > 0) && (lines == 1 || lineStride >= span());
  }

  /** From the first number of a line to behind its last. */
  long span() {
    return (perLine - 1L) * stride + 1;
  }

  /** Behind the last number. */
  long end() {
    return offset + (lines - 1L) * lineStride + span();
  }
}
