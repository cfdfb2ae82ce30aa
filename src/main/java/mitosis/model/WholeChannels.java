package mitosis.model;

/** Widths that give every layer of a network a whole number of channels. */
final class WholeChannels {

  private WholeChannels() {}

  /**
   * The width's share of channels.
   *
   * @param network for the message
   * @param width W
   * @param divisor what W must be a multiple of
   * @return W ÷ divisor
   * @throws IllegalArgumentException if that is not a whole number, at least 1; names the nearest
   *     widths that are allowed
   */
  static int of(String network, int width, int divisor) {
    if (width < divisor || width % divisor != 0) {
      int below = width / divisor * divisor;
      throw new IllegalArgumentException(
          "%s of width %d would have layers of a fraction of a channel; its width is a multiple of %d, such as %s"
              .formatted(
                  network,
                  width,
                  divisor,
                  below < divisor ? divisor : below + " or " + (below + divisor)));
    }
    return width / divisor;
  }
}
