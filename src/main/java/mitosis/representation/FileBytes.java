package mitosis.representation;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A stretch of a file.
 *
 * @param file where
 * @param offset its first byte in the file
 * @param length its number of bytes
 */
record FileBytes(Path file, long offset, long length) implements StoredBytes {

  /** A file whole. */
  static FileBytes of(Path file) throws IOException {
    return new FileBytes(file, 0, Files.size(file));
  }

  @Override
  public InputStream open() throws IOException {
    FileChannel channel = FileChannel.open(file);
    try {
      return Channels.newInputStream(channel.position(offset));
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  @Override
  public FileBytes from(long skipped) {
    return new FileBytes(file, offset + skipped, length - skipped);
  }

  /**
   * A part of it.
   *
   * @param begin its first byte, counted from this one's
   * @param end behind its last
   */
  FileBytes stretch(long begin, long end) {
    return new FileBytes(file, offset + begin, end - begin);
  }
}
