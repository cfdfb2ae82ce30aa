package mitosis.representation;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipException;
import mitosis.representation.StoredBytes.FileBytes;

/**
 * NumPy's {@code .npy} format (NEP 1; versions 1 to 3): an array of floats of 2, 4 or 8 bytes,
 * whole numbers of 1 to 8 bytes (unsigned: to 4) or truth values, little- or big-endian, of at most
 * two dimensions, in C or Fortran order. Anything else is refused, so that no byte is ever taken
 * for another number than was written.
 */
public final class NpyFile {

  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};

  /** NumPy itself reads no header beyond 10,000 bytes unless told to. */
  private static final int LONGEST_HEADER = 1 << 20;

  private static final Pattern DESCRIPTION = Pattern.compile("'descr'\\s*:\\s*'([^']*)'");
  private static final Pattern ORDER = Pattern.compile("'fortran_order'\\s*:\\s*(True|False)");
  private static final Pattern SHAPE = Pattern.compile("'shape'\\s*:\\s*\\(([^)]*)\\)");

  private final String where;
  private final StoredBytes bytes;

  private NpyFile(String where, StoredBytes bytes) {
    this.where = where;
    this.bytes = bytes;
  }

  /**
   * Reads what the file says of its array; the numbers are read when they are asked for.
   *
   * @param path the file, of any size
   * @throws IllegalArgumentException if there is no such file, or if it isn't an array of the kinds
   *     above, complete and with nothing after it; the message names the file
   * @throws UncheckedIOException if the file is there but can't be read
   */
  public static StoredArray read(Path path) {
    if (!Files.isRegularFile(path)) {
      throw new IllegalArgumentException(path + " is not there");
    }
    try {
      return read(path.toString(), FileBytes.of(path));
    } catch (IOException e) {
      throw new UncheckedIOException(path + " can't be read", e);
    }
  }

  /**
   * Reads what bytes, wherever they lie, say of their array.
   *
   * @param where how messages call it
   */
  static StoredArray read(String where, StoredBytes bytes) {
    return new NpyFile(where, bytes).array();
  }

  private StoredArray array() {
    try (InputStream in = bytes.open()) {
      return array(in);
    } catch (EOFException e) {
      throw new IllegalArgumentException(where + " ends within its header; export it again", e);
    } catch (ZipException e) {
      throw new IllegalArgumentException(where + " is damaged: " + e.getMessage(), e);
    } catch (IOException e) {
      throw new UncheckedIOException(where + " can't be read", e);
    }
  }

  private StoredArray array(InputStream in) throws IOException {
    byte[] magic = in.readNBytes(MAGIC.length);
    if (magic.length == 0) {
      throw refusal("is empty; export it again");
    }
    if (!Arrays.equals(magic, MAGIC)) {
      throw refusal("does not start like a .npy file; write it with numpy.save");
    }
    int version = little(in, 2).getShort() & 0xFF;
    if (version < 1 || version > 3) {
      throw refusal("is of .npy version " + version + ", not 1 to 3");
    }
    int sizeBytes = version == 1 ? 2 : 4;
    ByteBuffer size = little(in, sizeBytes);
    long length = version == 1 ? size.getShort() & 0xFFFF : size.getInt() & 0xFFFFFFFFL;
    if (length > LONGEST_HEADER) {
      throw refusal("says that its header has %d bytes, which can't be".formatted(length));
    }
    String header = new String(little(in, (int) length).array(), StandardCharsets.UTF_8);
    return array(header, bytes.from(MAGIC.length + 2 + sizeBytes + length));
  }

  private static ByteBuffer little(InputStream in, int count) throws IOException {
    byte[] read = in.readNBytes(count);
    if (read.length < count) {
      throw new EOFException();
    }
    return ByteBuffer.wrap(read).order(ByteOrder.LITTLE_ENDIAN);
  }

  private StoredArray array(String header, StoredBytes data) {
    Matcher description = DESCRIPTION.matcher(header);
    String name = description.find() ? description.group(1) : "a structured type";
    ElementType type = type(name);
    int[] shape = shape(header);
    return StoredArray.whole(
        where,
        type,
        name.startsWith(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN,
        shape,
        find(ORDER, header).equals("True"),
        data);
  }

  private ElementType type(String name) {
    return switch (name) {
      case "<f2", ">f2" -> ElementType.F16;
      case "<f4", ">f4" -> ElementType.F32;
      case "<f8", ">f8" -> ElementType.F64;
      case "|i1" -> ElementType.I8;
      case "<i2", ">i2" -> ElementType.I16;
      case "<i4", ">i4" -> ElementType.I32;
      case "<i8", ">i8" -> ElementType.I64;
      case "|u1" -> ElementType.U8;
      case "<u2", ">u2" -> ElementType.U16;
      case "<u4", ">u4" -> ElementType.U32;
      case "|b1" -> ElementType.BOOL;
      case "|O" ->
          throw refusal(
              "holds Python objects (|O), which are never loaded; save it as an array of numbers");
      default ->
          throw refusal(
              "holds "
                  + name
                  + ", which is not one of f2 f4 f8 i1 i2 i4 i8 u1 u2 u4 b1; convert it with astype");
    };
  }

  private int[] shape(String header) {
    String text = find(SHAPE, header);
    try {
      return Arrays.stream(text.split(","))
          .map(String::strip)
          .filter(extent -> !extent.isEmpty())
          .mapToInt(Integer::parseInt)
          .toArray();
    } catch (NumberFormatException e) {
      throw refusal("has shape (" + text + "), which can't be read");
    }
  }

  private String find(Pattern pattern, String header) {
    Matcher matcher = pattern.matcher(header);
    if (!matcher.find()) {
      throw refusal("has a header without " + pattern.pattern().split("'")[1]);
    }
    return matcher.group(1);
  }

  private IllegalArgumentException refusal(String what) {
    return new IllegalArgumentException(where + " " + what);
  }
}
