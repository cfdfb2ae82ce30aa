package mitosis.data;

import java.io.EOFException;
import java.io.IOException;
import java.util.zip.ZipException;

/**
 * Data that is missing, damaged or not what it should be: says which file, what was found and what
 * to do.
 */
public final class DataException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * @param message the file, what was found there, and the remedy
   */
  public DataException(String message) {
    super(message);
  }

  /**
   * @param message the file, what was found there, and the remedy
   * @param cause what went wrong while reading
   */
  public DataException(String message, Throwable cause) {
    super(message, cause);
  }

  /**
   * The content of a file is not what it should be. The message is a phrase that follows the file's
   * name.
   */
  static final class DamagedFile extends IOException {

    private static final long serialVersionUID = 1L;

    DamagedFile(String message) {
      super(message);
    }

    DamagedFile(String message, Throwable cause) {
      super(message, cause);
    }

    /** Why reading a file failed, as a phrase that follows the file's name. */
    static String finding(IOException e) {
      if (e instanceof DamagedFile) {
        return e.getMessage();
      }
      if (e instanceof EOFException) {
        return "is empty or cut short (%s)".formatted(e.getMessage());
      }
      if (e instanceof ZipException) {
        return "is no whole gzip file (%s)".formatted(e.getMessage());
      }
      return "cannot be read (%s)".formatted(e);
    }
  }
}
