package mitosis.train;

/** How many threads of this process decode images. */
public final class ImageDecoders {

  /** The system property that says it, for processes that train. */
  static final String PROPERTY = "image.decoders";

  private ImageDecoders() {}

  /** One, unless the process was told otherwise: beside it others train on the other cores. */
  public static int threads() {
    return Math.max(1, Integer.getInteger(PROPERTY, 1));
  }
}
