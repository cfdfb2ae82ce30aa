package mitosis.data;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * MD5, by which the authors of CIFAR publish what their files are. It tells damaged and mistaken
 * files from the published ones, not forged ones.
 */
final class Md5 {

  private Md5() {}

  /** A digest of nothing yet. */
  static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("MD5");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has MD5", e);
    }
  }

  /** 32 hexadecimal digits, in lower case; the digest begins anew. */
  static String hex(MessageDigest digest) {
    return HexFormat.of().formatHex(digest.digest());
  }

  /**
   * @param expected of the published file
   * @param found what was read
   * @throws DamagedFile unless it is the same
   */
  static void expect(String expected, MessageDigest found) throws DamagedFile {
    String hex = hex(found);
    if (!hex.equals(expected)) {
      throw new DamagedFile(
          "is not the published file: its MD5 is %s, expected %s".formatted(hex, expected));
    }
  }
}
