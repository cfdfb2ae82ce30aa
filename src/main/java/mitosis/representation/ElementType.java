package mitosis.representation;

import java.nio.ByteBuffer;
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
  /** Beyond 2^53 rounded to the next double, which no label comes near. */
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
}
