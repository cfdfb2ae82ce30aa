package mitosis.data;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * An IDX file of unsigned bytes, the format in which MNIST is published: two zero bytes, a type
 * byte (0x08), the number of dimensions, each dimension as a big-endian int, then the bytes.
 *
 * @param shape the dimensions, the first of them the number of items
 * @param bytes the items, row-major
 */
public record IdxFile(int[] shape, byte[] bytes) {

  private static final int UNSIGNED_BYTE = 0x08;

  /**
   * Reads {@code folder/name.gz}, or {@code folder/name} where that is missing.
   *
   * @param folder where the file lies
   * @param name the file's name without {@code .gz}
   * @param dimensions how many dimensions it must have
   * @param sha256 the checksum of the uncompressed file
   * @throws DataException if the file is missing, truncated, not an IDX file of that many
   *     dimensions, or another file than the published one; the message names it
   */
  public static IdxFile read(Path folder, String name, int dimensions, String sha256) {
    Path file = locate(folder, name);
    byte[] content = content(file);
    IdxFile idx = parse(file, content, dimensions);
    String found = DigestUtils.sha256Hex(content);
    if (!found.equals(sha256)) {
      throw new DataException(
          "%s is not the published file: SHA-256 of its content is %s, expected %s; restore it from the repository"
              .formatted(file, found, sha256));
    }
    return idx;
  }

  private static Path locate(Path folder, String name) {
    if (!Files.isDirectory(folder)) {
      throw new DataException(
          "%s is not a folder; restore it from the repository or name another place with -Ddata.dir"
              .formatted(folder.toAbsolutePath()));
    }
    Path packed = folder.resolve(name + ".gz");
    Path plain = folder.resolve(name);
    if (Files.exists(packed)) {
      return packed;
    }
    if (Files.exists(plain)) {
      return plain;
    }
    throw new DataException(
        "%s is missing (nor is there %s); restore it from the repository or name another place with -Ddata.dir"
            .formatted(packed.toAbsolutePath(), plain.getFileName()));
  }

  private static byte[] content(Path file) {
    try (InputStream raw = Files.newInputStream(file);
        InputStream in = file.toString().endsWith(".gz") ? new GZIPInputStream(raw) : raw) {
      return in.readAllBytes();
    } catch (EOFException e) {
      throw new DataException(
          "%s is empty or cut short; restore it from the repository".formatted(file), e);
    } catch (ZipException e) {
      throw new DataException(
          "%s is not a gzip file (%s); restore it from the repository"
              .formatted(file, e.getMessage()),
          e);
    } catch (IOException e) {
      throw new DataException(
          "%s cannot be read (%s); restore it from the repository".formatted(file, e), e);
    }
  }

  private static IdxFile parse(Path file, byte[] content, int dimensions) {
    int header = 4 + 4 * dimensions;
    if (content.length < header) {
      throw new DataException(
          "%s is cut short: %d bytes, but the header alone has %d; restore it from the repository"
              .formatted(file, content.length, header));
    }
    ByteBuffer buffer = ByteBuffer.wrap(content);
    int magic = buffer.getInt();
    int expected = UNSIGNED_BYTE << 8 | dimensions;
    if (magic != expected) {
      throw new DataException(
          "%s is not an IDX file of %d-dimensional unsigned bytes: it begins with 0x%08x, expected 0x%08x; restore it from the repository"
              .formatted(file, dimensions, magic, expected));
    }
    int[] shape = new int[dimensions];
    long size = 1;
    for (int d = 0; d < dimensions; d++) {
      shape[d] = buffer.getInt();
      if (shape[d] < 1) {
        throw new DataException(
            "%s: dimension %d is %d, expected at least 1; restore it from the repository"
                .formatted(file, d, shape[d]));
      }
      size *= shape[d];
    }
    if (content.length - header != size) {
      throw new DataException(
          "%s holds %d bytes of data, but its header %s asks for %d; restore it from the repository"
              .formatted(file, content.length - header, Arrays.toString(shape), size));
    }
    return new IdxFile(shape, Arrays.copyOfRange(content, header, content.length));
  }
}
