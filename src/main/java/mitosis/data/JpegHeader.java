package mitosis.data;

import java.nio.charset.StandardCharsets;

/**
 * What the markers before a JPEG's pixels say about them (ITU T.81 §B; JFIF 1.02; Adobe TN 5116).
 *
 * @param width pixels across
 * @param height pixels down
 * @param coding what a pixel's components stand for
 */
record JpegHeader(int width, int height, Coding coding) {

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

  /** No Adobe segment. */
  private static final int NONE = -1;

  /**
   * Reads the markers up to the frame header. What components mean without a word in the file is
   * what libjpeg takes them for, and so what the usual pipelines see.
   *
   * @param content the file's content, which begins with the JPEG signature
   * @throws DamagedImage if there is no frame header, or it is of a kind that no pipeline reads
   */
  static JpegHeader of(byte[] content) throws DamagedImage {
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

  private static JpegHeader frame(
      byte[] content, int at, int length, int marker, boolean jfif, int adobe) throws DamagedImage {
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
    return new JpegHeader(
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
}
