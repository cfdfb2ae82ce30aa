package mitosis.data;

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
}
