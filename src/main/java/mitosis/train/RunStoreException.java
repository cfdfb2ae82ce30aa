package mitosis.train;

/**
 * A runs directory that cannot be used, or a stored run that must not be: says which and what to
 * do.
 */
public class RunStoreException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  RunStoreException(String message) {
    super(message);
  }

  RunStoreException(String message, Throwable cause) {
    super(message, cause);
  }

  /** A stored run whose files are not those that were stored. */
  public static final class Damaged extends RunStoreException {
    private static final long serialVersionUID = 1L;

    Damaged(String message) {
      super(message);
    }
  }
}
