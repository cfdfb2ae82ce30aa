package mitosis.data;

import com.twelvemonkeys.imageio.plugins.jpeg.JPEGImageReaderSpi;
import com.twelvemonkeys.imageio.stream.ByteArrayImageInputStream;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.DataBufferByte;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.event.IIOReadWarningListener;
import javax.imageio.spi.IIORegistry;

/**
 * Reads JPEG and PNG files, whatever they are called (a file of ImageNet named {@code .JPEG} is a
 * PNG), to the pixels that the usual pipelines train on: those stored, in three channels, without
 * regard to colour profiles and to the orientation that a camera noted.
 *
 * <p>Any number of threads may read at the same time.
 */
final class ImageDecoder {

  /** As PIL: more pixels than this are taken for an attack, or for damage, not for a photograph. */
  private static final long MOST_PIXELS = 178_956_970;

  /** The longest edge of a JPEG. */
  private static final int LONGEST_EDGE = 65_535;

  /** An image has to have two pixels along each edge. */
  private static final int LEAST_EDGE = 2;

  private static final JPEGImageReaderSpi JPEG_READERS =
      Objects.requireNonNull(
          IIORegistry.getDefaultInstance().getServiceProviderByClass(JPEGImageReaderSpi.class),
          "the library imageio-jpeg is not registered as a reader of images");

  private ImageDecoder() {}

  /**
   * Reads a file.
   *
   * @throws DamagedImage if it is not a JPEG or PNG image of at least 2 x 2 pixels, or a part of
   *     its pixels is lost
   * @throws DataException if it is missing or cannot be read at all
   */
  static RgbImage decode(Path file) throws DamagedImage {
    byte[] content;
    try {
      content = Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      throw new DataException(
          "%s has gone since its folder was listed; leave the data as it is while it is used"
              .formatted(file),
          e);
    } catch (IOException e) {
      throw new DataException(
          "%s cannot be read (%s); check the disk and the file's permissions".formatted(file, e),
          e);
    }
    return decode(content);
  }

  /**
   * Decodes a file's content.
   *
   * @throws DamagedImage if it is not a JPEG or PNG image of at least 2 x 2 pixels, or a part of
   *     its pixels is lost
   */
  static RgbImage decode(byte[] content) throws DamagedImage {
    try {
      if (begins(content, 0xff, 0xd8)) {
        return decodeJpeg(content);
      }
      if (begins(content, 0x89, 'P', 'N', 'G')) {
        return decodePng(content);
      }
    } catch (IOException | RuntimeException e) {
      // The readers answer bad input with exceptions of every kind.
      throw new DamagedImage("it cannot be decoded: " + e.getMessage(), e);
    }
    if (content.length == 0) {
      throw new DamagedImage("it is empty");
    }
    throw new DamagedImage(
        "it is neither JPEG nor PNG: it begins with 0x%s"
            .formatted(HexFormat.of().formatHex(content, 0, Math.min(4, content.length))));
  }

  private static boolean begins(byte[] content, int... signature) {
    if (content.length < signature.length) {
      return false;
    }
    for (int i = 0; i < signature.length; i++) {
      if ((content[i] & 0xff) != signature[i]) {
        return false;
      }
    }
    return true;
  }

  private static void checkSize(long width, long height) throws DamagedImage {
    if (width < LEAST_EDGE || height < LEAST_EDGE) {
      throw new DamagedImage(
          "it has %d x %d pixels, expected at least %d x %d"
              .formatted(width, height, LEAST_EDGE, LEAST_EDGE));
    }
    if (Math.max(width, height) > LONGEST_EDGE || width * height > MOST_PIXELS) {
      throw new DamagedImage(
          "it claims %d x %d pixels, more than a photograph has".formatted(width, height));
    }
  }

  /**
   * The components are asked for as they are stored, so that neither a colour profile nor what this
   * platform takes unmarked components for changes them.
   */
  private static RgbImage decodeJpeg(byte[] content) throws IOException, DamagedImage {
    Jpeg jpeg = Jpeg.of(content);
    checkSize(jpeg.width(), jpeg.height());
    LostPixels lost = new LostPixels();
    ImageReader reader = JPEG_READERS.createReaderInstance(null);
    Raster raster;
    try {
      reader.addIIOReadWarningListener(lost);
      reader.setInput(new ByteArrayImageInputStream(content), true, true);
      raster = reader.readRaster(0, null);
    } finally {
      reader.dispose();
    }
    lost.check();
    byte[] stored = ((DataBufferByte) raster.getDataBuffer()).getData();
    return new RgbImage(raster.getWidth(), raster.getHeight(), jpeg.toRgb(stored));
  }

  private static RgbImage decodePng(byte[] content) throws IOException, DamagedImage {
    ImageReader reader = ImageIO.getImageReadersByFormatName("png").next();
    BufferedImage image;
    try {
      reader.setInput(new ByteArrayImageInputStream(content), true, true);
      checkSize(reader.getWidth(0), reader.getHeight(0));
      image = reader.read(0);
    } finally {
      reader.dispose();
    }
    int width = image.getWidth();
    int height = image.getHeight();
    byte[] rgb = new byte[3 * width * height];
    ColorModel colours = image.getColorModel();
    Raster raster = image.getRaster();
    // One band, with or without transparency, is grey. Of 16 bits the upper eight count.
    boolean grey = raster.getNumBands() < 3;
    int shift = raster.getSampleModel().getSampleSize(0) - 8;
    int[] samples = new int[raster.getNumBands()];
    int to = 0;
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        raster.getPixel(x, y, samples);
        for (int c = 0; c < 3; c++) {
          rgb[to++] =
              (byte)
                  (colours instanceof IndexColorModel palette
                      ? palette.getRGB(samples[0]) >> 8 * (2 - c)
                      : samples[grey ? 0 : c] >> shift);
        }
      }
    }
    return new RgbImage(width, height, rgb);
  }

  /**
   * A decoded image.
   *
   * @param width pixels across
   * @param height pixels down
   * @param pixels {@code height x width x 3} unsigned bytes, row-major: red, green, blue
   */
  record RgbImage(int width, int height, byte[] pixels) {

    RgbImage {
      if (pixels.length != 3L * width * height) {
        throw new IllegalArgumentException(
            "%d bytes for %d x %d pixels of three".formatted(pixels.length, width, height));
      }
    }
  }

  /**
   * Listens to what the reader says of a JPEG. It fills what it cannot read with grey and only
   * warns, and such an image must not be trained on. Other warnings, as of metadata or of bytes
   * left over, leave the pixels as they are.
   */
  private static final class LostPixels implements IIOReadWarningListener {

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

  /** A file that does not hold an image that can be used. Its message says why not. */
  static final class DamagedImage extends Exception {
    private static final long serialVersionUID = 1L;

    DamagedImage(String reason) {
      super(reason);
    }

    DamagedImage(String reason, Throwable cause) {
      super(reason, cause);
    }
  }
}
