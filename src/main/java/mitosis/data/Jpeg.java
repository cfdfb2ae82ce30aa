package mitosis.data;

import java.nio.charset.StandardCharsets;
import mitosis.data.ImageDecoder.DamagedImage;

/**
 * What the markers before a JPEG's pixels say about them (ITU T.81 §B; JFIF 1.02; Adobe TN 5116),
 * and the colours that the stored pixels have by it.
 *
 * @param width pixels across
 * @param height pixels down
 * @param coding what a pixel's components stand for
 */
record Jpeg(int width, int height, Coding coding) {

  /** What a pixel's components stand for. */
  enum Coding {
    GREY,
    RGB,
    YCBCR,
    CMYK,
    YCCK
  }

  private static final int BASELINE = 0xc0;
  private static final int EXTENDED = 0xc1;
  private static final int PROGRESSIVE = 0xc2;
  private static final int EXTENDED_ARITHMETIC = 0xc9;
  private static final int PROGRESSIVE_ARITHMETIC = 0xca;
  private static final int END_OF_IMAGE = 0xd9;
  private static final int START_OF_SCAN = 0xda;
  private static final int APP0 = 0xe0;
  private static final int APP14 = 0xee;

  private static final int FRACTION = 16;
  private static final int HALF = 1 << FRACTION - 1;
  private static final int CR_TO_RED = fixed(1.402);
  private static final int CB_TO_GREEN = fixed(0.344136286);
  private static final int CR_TO_GREEN = fixed(0.714136286);
  private static final int CB_TO_BLUE = fixed(1.772);

  /** No Adobe segment. */
  private static final int NONE = -1;

  /**
   * Reads the markers up to the frame header. What components mean without a word in the file is
   * what libjpeg takes them for, and so what the usual pipelines see.
   *
   * @param content the file's content, which begins with the JPEG signature
   * @throws DamagedImage if there is no frame header, or it is of a kind that no pipeline reads
   */
  static Jpeg of(byte[] content) throws DamagedImage {
    boolean jfif = false;
    int adobe = NONE;
    int at = 2;
    while (true) {
      while (at < content.length && (content[at] & 0xff) != 0xff) {
        at++;
      }
      while (at < content.length && (content[at] & 0xff) == 0xff) {
        at++;
      }
      if (at + 2 >= content.length) {
        throw new DamagedImage("it ends before its frame header");
      }
      int marker = content[at] & 0xff;
      at++;
      if (marker == END_OF_IMAGE || marker == START_OF_SCAN) {
        throw new DamagedImage("it has no frame header");
      }
      if (marker == 0 || marker == 1 || marker >= 0xd0 && marker <= 0xd8) {
        continue;
      }
      int length = unsignedShort(content, at);
      if (length < 2 || at + length > content.length) {
        throw new DamagedImage("it ends inside segment 0x%02x".formatted(marker));
      }
      if (isFrame(marker)) {
        return frame(content, at, length, marker, jfif, adobe);
      }
      if (marker == APP0 && begins(content, at + 2, length - 2, "JFIF\0", 14)) {
        jfif = true;
      } else if (marker == APP14 && begins(content, at + 2, length - 2, "Adobe", 12)) {
        adobe = content[at + 2 + 11] & 0xff;
      }
      at += length;
    }
  }

  /** C0…CF are frame headers, except for the tables C4 and CC and the reserved C8. */
  private static boolean isFrame(int marker) {
    return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
  }

  private static boolean begins(byte[] content, int at, int length, String name, int least) {
    return length >= least
        && new String(content, at, name.length(), StandardCharsets.ISO_8859_1).equals(name);
  }

  private static Jpeg frame(byte[] content, int at, int length, int marker, boolean jfif, int adobe)
      throws DamagedImage {
    if (marker != BASELINE
        && marker != EXTENDED
        && marker != PROGRESSIVE
        && marker != EXTENDED_ARITHMETIC
        && marker != PROGRESSIVE_ARITHMETIC) {
      throw new DamagedImage(
          "its frame is of type 0x%02x, neither sequential nor progressive".formatted(marker));
    }
    if (length < 8 || length < 8 + 3 * (content[at + 7] & 0xff)) {
      throw new DamagedImage("its frame header is cut short");
    }
    int bits = content[at + 2] & 0xff;
    if (bits != 8) {
      throw new DamagedImage("it has %d bits per sample, expected 8".formatted(bits));
    }
    int components = content[at + 7] & 0xff;
    int[] ids = new int[components];
    for (int c = 0; c < components; c++) {
      ids[c] = content[at + 8 + 3 * c] & 0xff;
    }
    return new Jpeg(
        unsignedShort(content, at + 5), unsignedShort(content, at + 3), coding(ids, jfif, adobe));
  }

  private static Coding coding(int[] ids, boolean jfif, int adobe) throws DamagedImage {
    switch (ids.length) {
      case 1:
        return Coding.GREY;
      case 3:
        boolean named = ids[0] == 'R' && ids[1] == 'G' && ids[2] == 'B';
        boolean rgb = !jfif && (adobe == NONE ? named : adobe == 0);
        return rgb ? Coding.RGB : Coding.YCBCR;
      case 4:
        return adobe == NONE || adobe == 0 ? Coding.CMYK : Coding.YCCK;
      default:
        throw new DamagedImage("it has %d channels, expected 1, 3 or 4".formatted(ids.length));
    }
  }

  private static int unsignedShort(byte[] content, int at) {
    return (content[at] & 0xff) << 8 | content[at + 1] & 0xff;
  }

  private static int fixed(double factor) {
    return (int) Math.round(factor * (1 << FRACTION));
  }

  /**
   * Converts pixels to red, green and blue, as the usual pipelines do it: by the equations of JFIF
   * 1.02 in 16-bit fixed point, and from CMYK without a colour profile and stored inverted (255 is
   * no ink), as Adobe's programs write it.
   *
   * @param stored {@code pixels x components} unsigned bytes, row-major
   * @return {@code pixels x 3} unsigned bytes; {@code stored} itself where that is what it holds
   */
  byte[] toRgb(byte[] stored) {
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
