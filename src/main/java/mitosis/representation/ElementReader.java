package mitosis.representation;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Reads numbers of one type from front to back, with gaps. */
final class ElementReader implements Closeable {

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
