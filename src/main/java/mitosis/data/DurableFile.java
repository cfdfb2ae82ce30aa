package mitosis.data;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * Files that are either there as a whole or not at all, whatever happens while they are written.
 */
public final class DurableFile {

  /** What the names of files that are being written contain. */
  public static final String TEMPORARY = ".tmp-";

  private DurableFile() {}

  /**
   * Writes a file under a temporary name, forces it to the disk, and gives it its own name.
   *
   * @throws IOException if it cannot be written; nothing is left then
   */
  public static void write(Path file, byte[] content) throws IOException {
    Path temporary =
        file.resolveSibling(file.getFileName() + TEMPORARY + ProcessHandle.current().pid());
    try {
      try (FileChannel channel =
          FileChannel.open(
              temporary,
              StandardOpenOption.CREATE,
              StandardOpenOption.TRUNCATE_EXISTING,
              StandardOpenOption.WRITE)) {
        ByteBuffer buffer = ByteBuffer.wrap(content);
        while (buffer.hasRemaining()) {
          channel.write(buffer);
        }
        channel.force(true);
      }
      move(temporary, file);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  /** Renames a file or folder and forces the new name to the disk. */
  public static void move(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    try (FileChannel folder =
        FileChannel.open(to.toAbsolutePath().getParent(), StandardOpenOption.READ)) {
      folder.force(true);
    }
  }

  /** A file's UTF-8 text; bytes that are none become replacement characters, not an error. */
  public static String text(Path file) throws IOException {
    return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
  }
}
