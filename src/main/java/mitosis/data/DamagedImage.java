package mitosis.data;

/** A file that does not hold an image that can be used. Its message says why not. */
final class DamagedImage extends Exception {
  private static final long serialVersionUID = 1L;

  DamagedImage(String reason) {
    super(reason);
  }

  DamagedImage(String reason, Throwable cause) {
    super(reason, cause);
  }
}
