package mitosis.data;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import mitosis.data.DataException.DamagedFile;
import net.razorvine.pickle.Opcodes;
import net.razorvine.pickle.PickleUtils;

/**
 * Reads what Python 2 pickles, in protocol 2, of a dictionary with lists and NumPy arrays of
 * unsigned bytes, and nothing else. It may name the three functions and types that an array needs.
 */
final class BatchPickle extends RestrictedUnpickler {

  private static final Map<String, Object> GLOBALS =
      Map.of(
          "numpy.core.multiarray._reconstruct", Mark.RECONSTRUCT,
          "numpy.ndarray", Mark.NDARRAY,
          "numpy.dtype", Mark.DTYPE);

  /** What stands on the stack for Python's functions, types and objects under construction. */
  private enum Mark {
    /** Called with the type of array, and a shape and a type of element that don't count. */
    RECONSTRUCT,
    NDARRAY,
    /** Called with the name of the type and how it is aligned and copied. */
    DTYPE,
    /** An array that is to get its state: version, shape, type, whether column-major, bytes. */
    NEW_ARRAY,
    /** The type of unsigned bytes; its state says nothing more. */
    UNSIGNED_BYTE
  }

  /**
   * A matrix of unsigned bytes.
   *
   * @param bytes row-major, {@code rows x columns}
   */
  record Bytes(int rows, int columns, byte[] bytes) {}

  /** To the library, the end of a stream is a plain failure. */
  private static final class Unended extends FilterInputStream {

    Unended(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      return come(super.read());
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      return come(super.read(bytes, offset, length));
    }

    private static int come(int read) throws EOFException {
      if (read < 0) {
        throw new EOFException("its pickle has no end");
      }
      return read;
    }
  }

  private final InputStream batch;

  /** The most that one string, hence one array, may hold. */
  private final int largest;

  private BatchPickle(InputStream batch, int largest) {
    super(Set.of(Opcodes.SHORT_BINSTRING));
    this.batch = batch;
    this.largest = largest;
  }

  /**
   * Reads a pickle.
   *
   * @param in goes on behind it, perhaps
   * @param images how many the batch holds
   * @return numbers, strings, lists and {@link Bytes} by their keys
   * @throws DamagedFile if it needs more than a batch does, or is damaged
   * @throws IOException if the stream ends or fails
   */
  static Map<?, ?> read(InputStream in, int images) throws IOException {
    try {
      return (Map<?, ?>) new BatchPickle(in, images * Cifar.PIXELS).load(new Unended(in));
    } catch (RuntimeException e) {
      // The library meets a damaged pickle with whatever exception it runs into.
      throw new DamagedFile("holds a damaged pickle: " + e, e);
    }
  }

  @Override
  protected void other(short opcode) throws IOException {
    switch (opcode) {
      case Opcodes.BINSTRING -> stack.add(pixels());
      case Opcodes.BUILD -> {
        Object[] state = (Object[]) stack.pop();
        stack.add(built((Mark) stack.pop(), state));
      }
      default ->
          throw new DamagedFile(
              "holds a pickle with opcode 0x%02x, which no published batch needs; nothing was run"
                  .formatted(opcode));
    }
  }

  /** The library would make a string of them, of as many characters as the pickle says. */
  private byte[] pixels() throws IOException {
    int length = PickleUtils.bytes_to_integer(PickleUtils.readbytes(input, 4));
    if (length < 0 || length > largest) {
      throw new DamagedFile(
          "is damaged: it announces %d bytes of pixels, expected %d"
              .formatted(Integer.toUnsignedLong(length), largest));
    }
    byte[] bytes = new byte[length];
    int got = batch.readNBytes(bytes, 0, length);
    if (got < length) {
      throw new DamagedFile(
          "is cut short: %d of %d bytes of pixels are %d whole images and %d bytes of the next"
              .formatted(got, length, got / Cifar.PIXELS, got % Cifar.PIXELS));
    }
    return bytes;
  }

  @Override
  protected Object global(String name) throws DamagedFile {
    Object known = GLOBALS.get(name);
    if (known == null) {
      throw new DamagedFile(
          "holds a pickle that names %s, which no published batch needs; nothing was run"
              .formatted(name));
    }
    return known;
  }

  @Override
  protected Object call(Object function, Object[] arguments) throws DamagedFile {
    if (function == Mark.RECONSTRUCT && arguments[0] == Mark.NDARRAY) {
      return Mark.NEW_ARRAY;
    }
    if (function == Mark.DTYPE && arguments[0].equals("u1")) {
      return Mark.UNSIGNED_BYTE;
    }
    throw new DamagedFile(
        "holds a pickled %s of '%s', expected an array of unsigned bytes"
            .formatted(function, arguments[0]));
  }

  private static Object built(Mark made, Object[] state) throws DamagedFile {
    if (made == Mark.UNSIGNED_BYTE) {
      return made;
    }
    if (made != Mark.NEW_ARRAY || state[2] != Mark.UNSIGNED_BYTE) {
      throw new DamagedFile("holds an array that isn't one of unsigned bytes");
    }
    Object[] shape = (Object[]) state[1];
    int rows = (Integer) shape[0];
    int columns = (Integer) shape[1];
    byte[] bytes = (byte[]) state[4];
    if (shape.length != 2 || rows < 0 || (long) rows * columns != bytes.length) {
      throw new DamagedFile(
          "is damaged: %d bytes for an array of shape %s"
              .formatted(bytes.length, Arrays.toString(shape)));
    }
    boolean columnMajor = (Boolean) state[3];
    return new Bytes(rows, columns, columnMajor ? transposed(bytes, rows, columns) : bytes);
  }

  private static byte[] transposed(byte[] columnMajor, int rows, int columns) {
    byte[] rowMajor = new byte[columnMajor.length];
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        rowMajor[row * columns + column] = columnMajor[column * rows + row];
      }
    }
    return rowMajor;
  }
}
