package mitosis.data;

/**
 * From what a JPEG stores to red, green and blue, as the usual pipelines do it: the equations of
 * JFIF 1.02 in 16-bit fixed point, CMYK without a colour profile, and stored inverted (255 is no
 * ink), as Adobe's programs write it.
 */
final class JpegColour {

  private static final int FRACTION = 16;
  private static final int HALF = 1 << FRACTION - 1;
  private static final int CR_TO_RED = fixed(1.402);
  private static final int CB_TO_GREEN = fixed(0.344136286);
  private static final int CR_TO_GREEN = fixed(0.714136286);
  private static final int CB_TO_BLUE = fixed(1.772);

  private JpegColour() {}

  private static int fixed(double factor) {
    return (int) Math.round(factor * (1 << FRACTION));
  }

  /**
   * Converts pixels.
   *
   * @param stored {@code pixels x components} unsigned bytes, row-major
   * @param coding what the components stand for; gives their number
   * @return {@code pixels x 3} unsigned bytes; {@code stored} itself where that is what it holds
   */
  static byte[] toRgb(byte[] stored, JpegHeader.Coding coding) {
    return switch (coding) {
      case GREY -> fromGrey(stored);
      case RGB -> stored;
      case YCBCR -> fromYcc(stored, 3);
      case CMYK -> fromCmyk(stored, new byte[stored.length / 4 * 3]);
      case YCCK -> fromYcck(stored);
    };
  }

  private static byte[] fromGrey(byte[] stored) {
    byte[] rgb = new byte[3 * stored.length];
    for (int p = 0; p < stored.length; p++) {
      rgb[3 * p] = stored[p];
      rgb[3 * p + 1] = stored[p];
      rgb[3 * p + 2] = stored[p];
    }
    return rgb;
  }

  private static byte[] fromYcc(byte[] stored, int components) {
    byte[] rgb = new byte[stored.length / components * 3];
    for (int from = 0, to = 0; to < rgb.length; from += components, to += 3) {
      int y = stored[from] & 0xff;
      int cb = (stored[from + 1] & 0xff) - 128;
      int cr = (stored[from + 2] & 0xff) - 128;
      rgb[to] = clipped(y + (CR_TO_RED * cr + HALF >> FRACTION));
      rgb[to + 1] = clipped(y + (HALF - CB_TO_GREEN * cb - CR_TO_GREEN * cr >> FRACTION));
      rgb[to + 2] = clipped(y + (CB_TO_BLUE * cb + HALF >> FRACTION));
    }
    return rgb;
  }

  private static byte clipped(int value) {
    return (byte) Math.max(0, Math.min(255, value));
  }

  /** Y, Cb and Cr give what cyan, magenta and yellow leave of the light; then as in CMYK. */
  private static byte[] fromYcck(byte[] stored) {
    byte[] left = fromYcc(stored, 4);
    byte[] cmyk = stored.clone();
    for (int p = 0; 4 * p < cmyk.length; p++) {
      for (int c = 0; c < 3; c++) {
        cmyk[4 * p + c] = (byte) ~left[3 * p + c];
      }
    }
    return fromCmyk(cmyk, left);
  }

  private static byte[] fromCmyk(byte[] stored, byte[] rgb) {
    for (int p = 0; 3 * p < rgb.length; p++) {
      int black = stored[4 * p + 3] & 0xff;
      for (int c = 0; c < 3; c++) {
        rgb[3 * p + c] = (byte) (((stored[4 * p + c] & 0xff) * black + 127) / 255);
      }
    }
    return rgb;
  }
}
