package mitosis.representation;

import java.io.IOException;
import java.io.InputStream;

/** A stretch of a file's or a zip entry's bytes, of any length, read from front to back. */
sealed interface StoredBytes permits FileBytes, ZipEntryBytes {

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
}
