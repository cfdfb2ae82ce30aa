package mitosis.representation;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import mitosis.data.Half;

/** How one number of an array is stored. Each holds its values exactly as a double, but I64. */
enum ElementType {
  F16(2, true, (bytes, at) -> Half.value(bytes.getShort(at))),
  BF16(2, true, (bytes, at) -> Float.intBitsToFloat(bytes.getShort(at) << 16)),
  F32(4, true, ByteBuffer::getFloat),
  F64(8, true, ByteBuffer::getDouble),
  I8(1, false, ByteBuffer::get),
  I16(2, false, ByteBuffer::getShort),
  I32(4, false, ByteBuffer::getInt),
  /** A number beyond 2^53 is rounded to the next double, which no label comes near. */
  I64(8, false, ByteBuffer::getLong),
  U8(1, false, (bytes, at) -> bytes.get(at) & 0xFF),
  U16(2, false, (bytes, at) -> bytes.getShort(at) & 0xFFFF),
  U32(4, false, (bytes, at) -> bytes.getInt(at) & 0xFFFFFFFFL),
  /** A byte: 0 is false, 1 is true; any other is kept, and then is no label. */
  BOOL(1, false, (bytes, at) -> bytes.get(at) & 0xFF);

  private interface Reader {
    double read(ByteBuffer bytes, int at);
  }

  private final int bytes;
  private final boolean real;
  private final Reader reader;

  ElementType(int bytes, boolean real, Reader reader) {
    this.bytes = bytes;
    this.real = real;
    this.reader = reader;
  }

  /** Bytes that one number takes. */
  int bytes() {
    return bytes;
  }

  /** Whether it is a floating-point type. */
  boolean isReal() {
    return real;
  }

  /**
   * Reads numbers that lie one behind another.
   *
   * @param from read from its position, which is moved behind the last of them; its order is that
   *     of the bytes of a number
   * @param into overwritten from {@code offset} on
   * @param count how many numbers
   */
  void decode(ByteBuffer from, double[] into, int offset, int count) {
    int start = from.position();
    for (int i = 0; i < count; i++) {
      into[offset + i] = reader.read(from, start + i * bytes);
    }
    from.position(start + count * bytes);
  }

  /** Reads numbers of one type from front to back, with gaps. */
  static final class ElementReader implements Closeable {

    private static final int BUFFER = 1 << 16;

    private final InputStream in;
    private final ElementType type;
    private final ByteBuffer buffer;

    /**
     * @param in closed with this
     */
    ElementReader(InputStream in, ElementType type, ByteOrder order) {
      this.in = in;
      this.type = type;
      this.buffer = ByteBuffer.allocate(BUFFER).order(order).limit(0);
    }

    /**
     * Reads the next numbers, {@code stride − 1} being left out between each two.
     *
     * @throws EOFException if there are too few
     */
    void read(double[] into, int offset, int count, long stride) throws IOException {
      if (stride == 1) {
        read(into, offset, count);
        return;
      }
      for (int i = 0; i < count; i++) {
        if (i > 0) {
          skip(stride - 1);
        }
        read(into, offset + i, 1);
      }
    }

    private void read(double[] into, int offset, int count) throws IOException {
      int read = 0;
      while (read < count) {
        if (buffer.remaining() < type.bytes()) {
          fill();
        }
        int next = Math.min(buffer.remaining() / type.bytes(), count - read);
        type.decode(buffer, into, offset + read, next);
        read += next;
      }
    }

    private void fill() throws IOException {
      buffer.compact();
      while (buffer.position() < type.bytes()) {
        int read = in.read(buffer.array(), buffer.position(), buffer.remaining());
        if (read < 0) {
          throw new EOFException();
        }
        buffer.position(buffer.position() + read);
      }
      buffer.flip();
    }

    /**
     * Leaves numbers out.
     *
     * @throws EOFException if there are too few
     */
    void skip(long count) throws IOException {
      long bytes = Math.multiplyExact(count, type.bytes());
      int buffered = (int) Math.min(bytes, buffer.remaining());
      buffer.position(buffer.position() + buffered);
      in.skipNBytes(bytes - buffered);
    }

    @Override
    public void close() throws IOException {
      in.close();
    }
  }
}
