package mitosis.representation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An array in NumPy's {@code .npy} format (NEP 1; versions 1 to 3): little-endian {@code f2},
 * {@code f4}, {@code f8}, {@code i4} or {@code i8}, of one or two dimensions, in C or Fortran
 * order. Anything else is refused, so that no byte is ever taken for another number than was
 * written.
 */
public final class NpyFile {

  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
  private static final Pattern DESCRIPTION = Pattern.compile("'descr'\\s*:\\s*'([^']*)'");
  private static final Pattern ORDER = Pattern.compile("'fortran_order'\\s*:\\s*(True|False)");
  private static final Pattern SHAPE = Pattern.compile("'shape'\\s*:\\s*\\(([^)]*)\\)");

  private enum Type {
    F2(2),
    F4(4),
    F8(8),
    I4(4),
    I8(8);

    private final int bytes;

    Type(int bytes) {
      this.bytes = bytes;
    }
  }

  private final Path path;
  private final Type type;
  private final boolean columnsFirst;
  private final int[] shape;
  private final ByteBuffer data;

  private NpyFile(Path path, Type type, boolean columnsFirst, int[] shape, ByteBuffer data) {
    this.path = path;
    this.type = type;
    this.columnsFirst = columnsFirst;
    this.shape = shape;
    this.data = data;
  }

  /**
   * Reads a file whole.
   *
   * @param path the file, under 2 GiB
   * @throws IllegalArgumentException if there is no such file, or if it isn't an array of the kinds
   *     above, complete and with nothing after it; the message names the file
   * @throws UncheckedIOException if the file is there but can't be read
   */
  public static NpyFile read(Path path) {
    ByteBuffer bytes = ByteBuffer.wrap(bytes(path)).order(ByteOrder.LITTLE_ENDIAN);
    String header = header(path, bytes);
    Type type = type(path, header);
    int[] shape = shape(path, header);
    long numbers = Arrays.stream(shape).asLongStream().reduce(1, (a, b) -> a * b);
    if (bytes.remaining() % type.bytes != 0 || bytes.remaining() / type.bytes != numbers) {
      throw refusal(
          path,
          "has %d bytes of data, but shape %s needs %d numbers of %d bytes"
              .formatted(bytes.remaining(), Arrays.toString(shape), numbers, type.bytes));
    }
    boolean columnsFirst = find(ORDER, path, header).equals("True");
    ByteBuffer data = bytes.slice().order(ByteOrder.LITTLE_ENDIAN);
    return new NpyFile(path, type, columnsFirst, shape, data);
  }

  private static byte[] bytes(Path path) {
    if (!Files.isRegularFile(path)) {
      throw refusal(path, "is not there");
    }
    try {
      return Files.readAllBytes(path);
    } catch (IOException e) {
      throw new UncheckedIOException(path + " can't be read", e);
    }
  }

  private static String header(Path path, ByteBuffer bytes) {
    int fixed = MAGIC.length + 2;
    if (bytes.remaining() < fixed + 4
        || !Arrays.equals(bytes.array(), 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
      throw refusal(path, "does not start like a .npy file");
    }
    int version = bytes.get(MAGIC.length);
    if (version < 1 || version > 3) {
      throw refusal(path, "is of .npy version " + version + ", not 1 to 3");
    }
    bytes.position(fixed);
    long length = version == 1 ? bytes.getShort() & 0xFFFF : bytes.getInt() & 0xFFFFFFFFL;
    if (length > bytes.remaining()) {
      throw refusal(path, "ends within its header");
    }
    byte[] header = new byte[(int) length];
    bytes.get(header);
    return new String(header, StandardCharsets.UTF_8);
  }

  private static Type type(Path path, String header) {
    Matcher matcher = DESCRIPTION.matcher(header);
    String name = matcher.find() ? matcher.group(1) : "a structured type";
    return switch (name) {
      case "<f2" -> Type.F2;
      case "<f4" -> Type.F4;
      case "<f8" -> Type.F8;
      case "<i4" -> Type.I4;
      case "<i8" -> Type.I8;
      default -> throw refusal(path, "holds " + name + ", which is not one of <f2 <f4 <f8 <i4 <i8");
    };
  }

  private static int[] shape(Path path, String header) {
    String text = find(SHAPE, path, header);
    int[] shape;
    try {
      shape =
          Arrays.stream(text.split(","))
              .map(String::strip)
              .filter(extent -> !extent.isEmpty())
              .mapToInt(Integer::parseInt)
              .toArray();
    } catch (NumberFormatException e) {
      throw refusal(path, "has shape (" + text + "), which can't be read");
    }
    boolean hasData = Arrays.stream(shape).allMatch(extent -> extent > 0);
    if (shape.length < 1 || shape.length > 2 || !hasData) {
      throw refusal(path, "has shape (" + text + "), not one or two dimensions above zero");
    }
    return shape;
  }

  private static String find(Pattern pattern, Path path, String header) {
    Matcher matcher = pattern.matcher(header);
    if (!matcher.find()) {
      throw refusal(path, "has a header without " + pattern.pattern().split("'")[1]);
    }
    return matcher.group(1);
  }

  private static IllegalArgumentException refusal(Path path, String what) {
    return new IllegalArgumentException(path + " " + what);
  }

  /** One or two extents, each above zero. */
  public int[] shape() {
    return shape.clone();
  }

  /**
   * A two-dimensional array, transposed: of N x W features, W arrays of N activities.
   *
   * @return {@code columns()[j][i]} is the number in row i and column j, rounded to a float
   * @throws IllegalArgumentException if the array has one dimension, or holds a number that isn't
   *     finite as a float; the message names file, row and column
   */
  public float[][] columns() {
    requireDimensions(2);
    float[][] columns = new float[shape[1]][shape[0]];
    for (int row = 0; row < shape[0]; row++) {
      for (int column = 0; column < shape[1]; column++) {
        columns[column][row] = (float) finite(row, column, Float.MAX_VALUE);
      }
    }
    return columns;
  }

  /**
   * A two-dimensional array as it is.
   *
   * @return {@code rows()[i][j]} is the number in row i and column j
   * @throws IllegalArgumentException if the array has one dimension, or holds a number that isn't
   *     finite; the message names file, row and column
   */
  public double[][] rows() {
    requireDimensions(2);
    double[][] rows = new double[shape[0]][shape[1]];
    for (int row = 0; row < shape[0]; row++) {
      for (int column = 0; column < shape[1]; column++) {
        rows[row][column] = finite(row, column, Double.MAX_VALUE);
      }
    }
    return rows;
  }

  /**
   * A one-dimensional array as it is.
   *
   * @throws IllegalArgumentException if the array has two dimensions, or holds a number that isn't
   *     finite; the message names file and position
   */
  public double[] vector() {
    requireDimensions(1);
    double[] vector = new double[shape[0]];
    for (int i = 0; i < vector.length; i++) {
      vector[i] = finite(i, 0, Double.MAX_VALUE);
    }
    return vector;
  }

  /**
   * A one-dimensional array of whole numbers, of whatever type they are stored in.
   *
   * @throws IllegalArgumentException if the array has two dimensions, or holds a number that isn't
   *     an {@code int}; the message names file, position and number
   */
  public int[] integers() {
    double[] vector = vector();
    int[] integers = new int[vector.length];
    for (int i = 0; i < vector.length; i++) {
      integers[i] = (int) vector[i];
      if (integers[i] != vector[i]) {
        throw refusal(path, "holds %s at [%d], not a whole number".formatted(vector[i], i));
      }
    }
    return integers;
  }

  private void requireDimensions(int dimensions) {
    if (shape.length != dimensions) {
      throw refusal(
          path,
          "has shape %s, where %d dimension(s) are needed"
              .formatted(Arrays.toString(shape), dimensions));
    }
  }

  private double finite(int row, int column, double largest) {
    double value = value(row, column);
    // Written so that NaN, for which every comparison is false, is refused.
    if (!(Math.abs(value) <= largest)) {
      throw refusal(
          path, "holds %s at [%d, %d], not a finite number in range".formatted(value, row, column));
    }
    return value;
  }

  private double value(int row, int column) {
    int columns = shape.length == 1 ? 1 : shape[1];
    int index = columnsFirst ? column * shape[0] + row : row * columns + column;
    int offset = index * type.bytes;
    return switch (type) {
      case F2 -> half(data.getShort(offset));
      case F4 -> data.getFloat(offset);
      case F8 -> data.getDouble(offset);
      case I4 -> data.getInt(offset);
      case I8 -> data.getLong(offset);
    };
  }

  /** IEEE 754 binary16: one bit of sign, five of exponent, ten of significand. */
  private static double half(short bits) {
    int exponent = bits >> 10 & 0x1F;
    int significand = bits & 0x3FF;
    double magnitude =
        switch (exponent) {
          case 0 -> Math.scalb((double) significand, -24);
          case 0x1F -> significand == 0 ? Double.POSITIVE_INFINITY : Double.NaN;
          default -> Math.scalb((double) (significand | 0x400), exponent - 25);
        };
    return bits < 0 ? -magnitude : magnitude;
  }
}
