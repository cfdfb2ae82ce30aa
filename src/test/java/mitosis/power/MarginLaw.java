package mitosis.power;

import mitosis.model.ErfNetwork.ErrorFunctionTable;

/**
 * How often networks with noisy outputs misread images. A share of the images is for ever misread,
 * a share h is hard: their clean output is on the right side by a margin m in (0, 1) of density 2m.
 * Noise of deviation s then misreads
 *
 * <pre>
 *   h·F(s),   F(s) = Φ(−x) + s²·(Φ(x) − ½ − x·φ(x)),   x = 1/s
 * </pre>
 *
 * <p>of all images, which is h·s²/2 for small s: proportional to the noise's variance, so that the
 * excess error of n averaged networks is 1/n of one's, the law by which err∞ is extrapolated.
 *
 * @param always the share of images that is for ever misread: err∞
 * @param hard h
 */
record MarginLaw(double always, double hard) {

  private static final int BISECTIONS = 60;

  /** The excess error of networks with such noise. */
  double excess(double deviation) {
    if (deviation == 0) {
      return 0;
    }
    double x = 1 / deviation;
    double above = normal(x) - 0.5 - x * ErrorFunctionTable.slope(x) / 2;
    return hard * (normal(-x) + deviation * deviation * above);
  }

  /**
   * The noise that makes an excess error.
   *
   * @throws IllegalArgumentException if none does
   */
  double deviation(double excess) {
    if (!(excess >= 0 && excess < excess(10))) {
      throw new IllegalArgumentException(
          "excess error is %s, but %s of hard images allow one from 0 to %s"
              .formatted(excess, hard, excess(10)));
    }
    double low = 0;
    double high = 10;
    for (int k = 0; k < BISECTIONS; k++) {
      double middle = (low + high) / 2;
      if (excess(middle) < excess) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return high;
  }

  /** Φ. */
  static double normal(double x) {
    return (1 + ErrorFunctionTable.value(x)) / 2;
  }
}
