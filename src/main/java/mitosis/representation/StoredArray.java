package mitosis.representation;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.zip.ZipException;
import mitosis.representation.ElementType.ElementReader;

/**
 * An array of at most two dimensions that lies in a file and is read when it is asked for, once
 * each time, in blocks: what is asked for is all that is held.
 *
 * <p>Every number is checked on the way: none that isn't finite, or isn't what was asked for, is
 * handed out.
 */
public final class StoredArray {

  /** Numbers that are held besides those handed out; 8 MiB of them. */
  private static final int BLOCK = 1 << 20;

  /** Rows that are transposed at once: 256 bytes of each column. */
  private static final int ROWS = 64;

  /** Columns that are transposed at once: their ends stay in the cache. */
  private static final int COLUMNS = 16;

  private final String where;
  private final ElementType type;
  private final ByteOrder order;
  private final int[] shape;
  private final Layout layout;
  private final StoredBytes bytes;

  private StoredArray(
      String where,
      ElementType type,
      ByteOrder order,
      int[] shape,
      Layout layout,
      StoredBytes bytes) {
    this.where = where;
    this.type = type;
    this.order = order;
    this.shape = shape.clone();
    this.layout = layout;
    this.bytes = bytes;
  }

  /**
   * An array that lies there without gaps.
   *
   * @param where how messages call it: the file, and the name in it
   * @param shape the extents
   * @param columnsFirst whether it lies column by column (Fortran order), else row by row
   * @param bytes all of it and no more
   * @throws IllegalArgumentException if it has more than two dimensions or no numbers, or if there
   *     are more or fewer bytes than its shape needs
   */
  static StoredArray whole(
      String where,
      ElementType type,
      ByteOrder order,
      int[] shape,
      boolean columnsFirst,
      StoredBytes bytes) {
    requireReadable(where, shape);
    long numbers = Arrays.stream(shape).asLongStream().reduce(1, (a, b) -> a * b);
    if (bytes.length() % type.bytes() != 0 || bytes.length() / type.bytes() != numbers) {
      throw new IllegalArgumentException(
          "%s has %d bytes of data, but shape %s needs %d numbers of %d bytes; it is cut short, or more was added"
              .formatted(where, bytes.length(), text(shape), numbers, type.bytes()));
    }
    Layout layout = columnsFirst ? Layout.columnMajor(shape) : Layout.rowMajor(shape);
    return new StoredArray(where, type, order, shape, layout, bytes);
  }

  /**
   * An array that is spread over what lies there.
   *
   * @param where how messages call it: the file, and the name in it
   * @param offset of its first number, in numbers
   * @param shape the extents
   * @param strides from a number to the next along each of them, in numbers
   * @param bytes what it is part of
   * @throws IllegalArgumentException if it has more than two dimensions or no numbers, reaches out
   *     of the bytes, or uses some of them twice
   */
  static StoredArray strided(
      String where,
      ElementType type,
      ByteOrder order,
      long offset,
      int[] shape,
      long[] strides,
      StoredBytes bytes) {
    requireReadable(where, shape);
    Layout layout = Layout.strided(offset, shape, strides);
    if (!layout.usesEachOnce()) {
      throw new IllegalArgumentException(
          "%s has shape %s and strides %s, which use numbers more than once; save its clone()"
              .formatted(where, text(shape), Arrays.toString(strides)));
    }
    if (layout.end() > bytes.length() / type.bytes()) {
      throw new IllegalArgumentException(
          "%s has shape %s, strides %s and offset %d, which reach out of the %d numbers stored"
              .formatted(
                  where,
                  text(shape),
                  Arrays.toString(strides),
                  offset,
                  bytes.length() / type.bytes()));
    }
    return new StoredArray(where, type, order, shape, layout, bytes);
  }

  private static void requireReadable(String where, int[] shape) {
    if (shape.length > 2 || Arrays.stream(shape).anyMatch(extent -> extent <= 0)) {
      throw new IllegalArgumentException(
          "%s has shape %s, not at most two dimensions, each above zero; reshape it"
              .formatted(where, text(shape)));
    }
  }

  /** The file, and the array's name where it isn't the only one there. */
  public String where() {
    return where;
  }

  /** At most two extents, each above zero; none if it is a single number. */
  public int[] shape() {
    return shape.clone();
  }

  /** The shape as Python writes it: {@code (2000, 64)}, {@code (64,)}, {@code ()}. */
  public String shapeText() {
    return text(shape);
  }

  private static String text(int[] shape) {
    String extents =
        Arrays.stream(shape).mapToObj(Integer::toString).collect(Collectors.joining(", "));
    return "(" + extents + (shape.length == 1 ? ",)" : ")");
  }

  /** Whether it holds floating-point numbers. */
  boolean isReal() {
    return type.isReal();
  }

  /**
   * A two-dimensional array, transposed: of N x W features, W arrays of N activities.
   *
   * @return {@code columns()[j][i]} is the number in row i and column j, rounded to a float
   * @throws IllegalArgumentException if the array has another number of dimensions, is larger than
   *     the memory, is damaged, or holds a number that isn't finite as a float; the message names
   *     file, row and column
   * @throws UncheckedIOException if the file can't be read
   */
  public float[][] columns() {
    requireDimensions(2);
    requireMemory(Float.BYTES);
    float[][] columns = new float[shape[1]][shape[0]];
    scan(
        Float.MAX_VALUE,
        (first, lines, values) -> {
          if (layout.linesAreRows()) {
            transpose(values, lines, columns, first);
          } else {
            for (int line = 0; line < lines; line++) {
              float[] column = columns[first + line];
              for (int row = 0; row < column.length; row++) {
                column[row] = (float) values[line * column.length + row];
              }
            }
          }
        });
    return columns;
  }

  private static void transpose(double[] values, int rows, float[][] columns, int firstRow) {
    int width = columns.length;
    for (int tile = 0; tile < width; tile += COLUMNS) {
      int end = Math.min(tile + COLUMNS, width);
      for (int row = 0; row < rows; row++) {
        for (int column = tile; column < end; column++) {
          columns[column][firstRow + row] = (float) values[row * width + column];
        }
      }
    }
  }

  /**
   * A two-dimensional array as it is.
   *
   * @return {@code rows()[i][j]} is the number in row i and column j
   * @throws IllegalArgumentException if the array has another number of dimensions, is larger than
   *     the memory, is damaged, or holds a number that isn't finite; the message names file, row
   *     and column
   * @throws UncheckedIOException if the file can't be read
   */
  public double[][] rows() {
    requireDimensions(2);
    requireMemory(Double.BYTES);
    double[][] rows = new double[shape[0]][shape[1]];
    scan(
        Double.MAX_VALUE,
        (first, lines, values) -> {
          for (int line = 0; line < lines; line++) {
            for (int i = 0; i < layout.perLine(); i++) {
              double value = values[line * layout.perLine() + i];
              if (layout.linesAreRows()) {
                rows[first + line][i] = value;
              } else {
                rows[i][first + line] = value;
              }
            }
          }
        });
    return rows;
  }

  /**
   * An array of one dimension as it is; a single number is one of length 1.
   *
   * @throws IllegalArgumentException if the array has two dimensions, is larger than the memory, is
   *     damaged, or holds a number that isn't finite; the message names file and position
   * @throws UncheckedIOException if the file can't be read
   */
  public double[] vector() {
    if (shape.length != 0) {
      requireDimensions(1);
    }
    requireMemory(2 * Double.BYTES);
    double[] vector = new double[shape.length == 0 ? 1 : shape[0]];
    scan(
        Double.MAX_VALUE,
        (first, lines, values) -> System.arraycopy(values, 0, vector, 0, vector.length));
    return vector;
  }

  /**
   * All numbers, row by row, rounded to floats.
   *
   * @throws IllegalArgumentException if the array is larger than the memory, is damaged, or holds a
   *     number that isn't finite as a float; the message names file and place
   * @throws UncheckedIOException if the file can't be read
   */
  public float[] floats() {
    requireMemory(Float.BYTES);
    int columns = shape.length == 2 ? shape[1] : 1;
    float[] floats = new float[Math.multiplyExact(shape.length == 0 ? 1 : shape[0], columns)];
    scan(
        Float.MAX_VALUE,
        (first, lines, values) -> {
          for (int line = 0; line < lines; line++) {
            for (int i = 0; i < layout.perLine(); i++) {
              int place =
                  layout.linesAreRows()
                      ? (first + line) * layout.perLine() + i
                      : i * columns + first + line;
              floats[place] = (float) values[line * layout.perLine() + i];
            }
          }
        });
    return floats;
  }

  /**
   * An array of one dimension of whole numbers, of whatever type they are stored in.
   *
   * @throws IllegalArgumentException if the array has two dimensions, is damaged, or holds a number
   *     that isn't an {@code int}; the message names file, position and number
   * @throws UncheckedIOException if the file can't be read
   */
  public int[] integers() {
    double[] vector = vector();
    int[] integers = new int[vector.length];
    for (int i = 0; i < vector.length; i++) {
      integers[i] = (int) vector[i];
      if (integers[i] != vector[i]) {
        throw refusal("holds %s at [%d], not a whole number of 32 bits".formatted(vector[i], i));
      }
    }
    return integers;
  }

  private void requireDimensions(int dimensions) {
    if (shape.length != dimensions) {
      throw refusal(
          "has shape %s, where %d dimension(s) are needed".formatted(shapeText(), dimensions));
    }
  }

  /** Better said before than after the minutes that it takes to fill the memory. */
  private void requireMemory(int bytesEach) {
    double needed = bytesEach;
    for (int extent : shape) {
      needed *= extent;
    }
    long memory = Runtime.getRuntime().maxMemory();
    if (needed > memory) {
      throw refusal(
          "needs %.0f MiB of memory, but Java may use %d MiB; give it more (-Xmx, or -Dclaims.heap=%.0fm)"
              .formatted(needed / (1 << 20), memory >> 20, 1.5 * needed / (1 << 20)));
    }
  }

  /** Takes some lines, the first of them the {@code first} of the array. */
  private interface Lines {
    void accept(int first, int lines, double[] values);
  }

  private void scan(double largest, Lines sink) {
    int perLine = layout.perLine();
    int block = Math.min(layout.lines(), Math.max(1, Math.min(ROWS, BLOCK / perLine)));
    double[] values = new double[block * perLine];
    try (ElementReader reader = new ElementReader(bytes.open(), type, order)) {
      reader.skip(layout.offset());
      for (int first = 0; first < layout.lines(); first += block) {
        int lines = Math.min(block, layout.lines() - first);
        for (int line = 0; line < lines; line++) {
          if (first + line > 0) {
            reader.skip(layout.lineStride() - layout.span());
          }
          reader.read(values, line * perLine, perLine, layout.stride());
        }
        requireFinite(values, first, lines, largest);
        sink.accept(first, lines, values);
      }
    } catch (EOFException e) {
      throw new IllegalArgumentException(where + " ends within its data", e);
    } catch (ZipException e) {
      throw new IllegalArgumentException(where + " is damaged: " + e.getMessage(), e);
    } catch (IOException e) {
      throw new UncheckedIOException(where + " can't be read", e);
    }
  }

  private void requireFinite(double[] values, int first, int lines, double largest) {
    int count = lines * layout.perLine();
    for (int i = 0; i < count; i++) {
      // Written so that NaN, for which every comparison is false, is refused.
      if (!(Math.abs(values[i]) <= largest)) {
        int line = first + i / layout.perLine();
        int place = i % layout.perLine();
        int row = layout.linesAreRows() ? line : place;
        int column = layout.linesAreRows() ? place : line;
        throw refusal(
            "holds %s at %s, not a finite number in range (up to %s); find out where it comes from"
                .formatted(
                    values[i],
                    shape.length == 2 ? "[%d, %d]".formatted(row, column) : "[%d]".formatted(place),
                    largest == Float.MAX_VALUE ? "3.4e38" : "1.8e308"));
      }
    }
  }

  private IllegalArgumentException refusal(String what) {
    return new IllegalArgumentException(where + " " + what);
  }

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
}
