package mitosis.representation;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.commons.codec.digest.MessageDigestAlgorithms;

/** A stretch of a file's or a zip entry's bytes, of any length, read from front to back. */
sealed interface StoredBytes {

  /** The number of bytes. */
  long length();

  /**
   * Opens it at its first byte.
   *
   * @throws java.util.zip.ZipException here or on reading, if a zip is damaged
   * @throws IOException if the file can't be read
   */
  InputStream open() throws IOException;

  /**
   * What is left of it behind its first bytes.
   *
   * @param offset 0 to {@link #length()}
   */
  StoredBytes from(long offset);

  /**
   * A stretch of a file.
   *
   * @param file where
   * @param offset its first byte in the file
   * @param length its number of bytes
   */
  record FileBytes(Path file, long offset, long length) implements StoredBytes {

    /**
     * The SHA-256 of a whole file, in hexadecimal, as {@code sha256sum} writes it.
     *
     * @throws UncheckedIOException if the file can't be read
     */
    static String sha256(Path file) {
      try {
        return new DigestUtils(MessageDigestAlgorithms.SHA_256).digestAsHex(file);
      } catch (IOException e) {
        throw new UncheckedIOException(file + " can't be read", e);
      }
    }

    /** A whole file. */
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

  /**
   * A stretch of an entry of a zip file, stored or deflated, up to the entry's end. Whoever reads
   * it to the end is told if the content is not that of the zip's checksum.
   *
   * @param zip the zip file
   * @param entry the entry's name
   * @param offset its first byte in the entry
   * @param length its number of bytes
   */
  record ZipEntryBytes(Path zip, String entry, long offset, long length) implements StoredBytes {

    /** A whole entry. */
    static ZipEntryBytes of(Path zip, ZipEntry entry) {
      return new ZipEntryBytes(zip, entry.getName(), 0, entry.getSize());
    }

    @Override
    public InputStream open() throws IOException {
      ZipFile file = new ZipFile(zip.toFile());
      try {
        ZipEntry found = file.getEntry(entry);
        if (found == null) {
          throw new ZipException("entry " + entry + " is no longer there");
        }
        InputStream content = new Whole(file, found);
        content.skipNBytes(offset);
        return content;
      } catch (IOException e) {
        file.close();
        throw e;
      }
    }

    @Override
    public ZipEntryBytes from(long skipped) {
      return new ZipEntryBytes(zip, entry, offset + skipped, length - skipped);
    }

    /** Java's own streams over a zip file's entries leave the checksum unread. */
    private static final class Whole extends FilterInputStream {

      private final ZipFile file;
      private final ZipEntry entry;
      private final CheckedInputStream checked;
      private long left;

      Whole(ZipFile file, ZipEntry entry) throws IOException {
        this(file, entry, new CheckedInputStream(file.getInputStream(entry), new CRC32()));
      }

      private Whole(ZipFile file, ZipEntry entry, CheckedInputStream checked) {
        super(checked);
        this.file = file;
        this.entry = entry;
        this.checked = checked;
        this.left = entry.getSize();
      }

      @Override
      public int read() throws IOException {
        int read = super.read();
        count(read < 0 ? 0 : 1);
        return read;
      }

      @Override
      public int read(byte[] bytes, int offset, int length) throws IOException {
        int read = super.read(bytes, offset, length);
        count(Math.max(read, 0));
        return read;
      }

      @Override
      public long skip(long bytes) throws IOException {
        long skipped = super.skip(bytes);
        count(skipped);
        return skipped;
      }

      private void count(long read) throws IOException {
        left -= read;
        if (read > 0 && left == 0 && checked.getChecksum().getValue() != entry.getCrc()) {
          throw new ZipException(
              "entry %s has checksum %08x, but the zip says %08x"
                  .formatted(entry.getName(), checked.getChecksum().getValue(), entry.getCrc()));
        }
      }

      @Override
      public void close() throws IOException {
        try {
          super.close();
        } finally {
          file.close();
        }
      }
    }
  }
}
