package mitosis.data;

import java.util.List;
import javax.imageio.ImageReader;
import javax.imageio.event.IIOReadWarningListener;

/**
 * Listens to what the reader says of a JPEG. It fills what it cannot read with grey and only warns,
 * and such an image must not be trained on. Other warnings, as of metadata or of bytes left over,
 * leave the pixels as they are.
 */
final class LostPixels implements IIOReadWarningListener {

  /**
   * Parts of libjpeg's messages and, of the end that is missing, of the platform's: in English,
   * whatever the locale. A progressive image without its end may lack whole scans.
   */
  private static final List<String> LOSSES =
      List.of(
          "Missing EOI marker",
          "premature end of data segment",
          "Premature end of JPEG file",
          "bad Huffman code",
          "bad arithmetic code",
          "instead of RST");

  private String warning;

  @Override
  public void warningOccurred(ImageReader source, String message) {
    if (warning == null && LOSSES.stream().anyMatch(message::contains)) {
      warning = message;
    }
  }

  /**
   * @throws DamagedImage if pixels were lost
   */
  void check() throws DamagedImage {
    if (warning != null) {
      throw new DamagedImage("a part of its pixels is lost: " + warning);
    }
  }
}
