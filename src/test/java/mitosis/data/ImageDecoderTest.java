package mitosis.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import mitosis.data.ImageDecoder.DamagedImage;
import mitosis.data.ImageDecoder.RgbImage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageDecoderTest {

  private static final Path IMAGES = Path.of("fixtures/images");
  private static final int WIDTH = 48;
  private static final int HEIGHT = 36;

  /** The places whose pixels the reference program printed: across, down. */
  private static final int[][] PLACES = {{0, 0}, {20, 10}, {31, 17}, {47, 35}};

  private static final byte[] ADOBE_RGB = {
    (byte) 0xff, (byte) 0xee, 0, 14, 'A', 'd', 'o', 'b', 'e', 0, 100, 0, 0, 0, 0, 0
  };

  /**
   * Sums over all pixels and four pixels as PIL 9.4.0 with libjpeg-turbo 2.1.5 gives them:
   *
   * <pre>
   * a = numpy.asarray(Image.open(name + ".JPEG").convert("RGB")).astype(int)
   * print(a.sum((0, 1)), [a[y, x] for x, y in [(0, 0), (20, 10), (31, 17), (47, 35)]])
   * </pre>
   *
   * <p>In {@code ycck} the transform in cmyk.JPEG's Adobe segment is set to 2; in {@code bare} the
   * JFIF segment of progressive.JPEG is left out, in {@code adobe-rgb} an Adobe segment with
   * transform 0 stands in its place.
   */
  @ParameterizedTest
  @CsvSource({
    "ycbcr, 246847 179114 205335, 0 1 0, 202 40 90, 184 93 128, 238 241 246",
    "grey, 202330 202330 202330, 0 0 0, 94 94 94, 124 124 124, 241 241 241",
    "cmyk, 246406 179077 205347, 0 0 1, 200 40 90, 161 121 141, 235 244 245",
    "png, 246405 179053 205110, 0 0 0, 200 40 90, 155 119 144, 235 245 246",
    "progressive, 246738 179122 205278, 0 0 0, 201 40 90, 152 108 131, 234 244 245",
    "ycck, 205449 169508 256364, 255 120 255, 108 0 211, 76 101 106, 0 143 0",
    "bare, 246738 179122 205278, 0 0 0, 201 40 90, 152 108 131, 234 244 245",
    "adobe-rgb, 202330 222901 252806, 0 128 128, 94 126 204, 124 132 148, 241 130 123"
  })
  void decodes_to_the_pixels_of_the_usual_pipeline(
      String name, String sums, String first, String second, String third, String fourth)
      throws Exception {
    RgbImage image = ImageDecoder.decode(content(name));

    assertThat(image.width()).isEqualTo(WIDTH);
    assertThat(image.height()).isEqualTo(HEIGHT);
    int[] expectedSums = numbers(sums);
    for (int c = 0; c < 3; c++) {
      int channel = c;
      int sum =
          IntStream.range(0, WIDTH * HEIGHT).map(p -> image.pixels()[3 * p + channel] & 0xff).sum();
      assertThat(sum / (double) (WIDTH * HEIGHT))
          .as("mean of channel %d", c)
          .isCloseTo(expectedSums[c] / (double) (WIDTH * HEIGHT), within(0.1));
    }
    List<String> pixels = List.of(first, second, third, fourth);
    for (int k = 0; k < PLACES.length; k++) {
      int[] expected = numbers(pixels.get(k));
      for (int c = 0; c < 3; c++) {
        int at = 3 * (PLACES[k][1] * WIDTH + PLACES[k][0]) + c;
        assertThat(image.pixels()[at] & 0xff)
            .as("channel %d of pixel %s", c, Arrays.toString(PLACES[k]))
            .isCloseTo(expected[c], within(1));
      }
    }
  }

  private static int[] numbers(String line) {
    return Arrays.stream(line.split(" ")).mapToInt(Integer::parseInt).toArray();
  }

  private static byte[] content(String name) throws IOException {
    return switch (name) {
      case "ycck" -> {
        byte[] cmyk = read("cmyk");
        cmyk[find(cmyk, "Adobe") + 11] = 2;
        yield cmyk;
      }
      case "bare" -> withoutJfif(read("progressive"), new byte[0]);
      case "adobe-rgb" -> withoutJfif(read("progressive"), ADOBE_RGB);
      default -> read(name);
    };
  }

  private static byte[] read(String name) throws IOException {
    return Files.readAllBytes(IMAGES.resolve(name + ".JPEG"));
  }

  private static int find(byte[] content, String word) {
    return new String(content, StandardCharsets.ISO_8859_1).indexOf(word);
  }

  /** Of a file that begins with its JFIF segment of 16 bytes, length included. */
  private static byte[] withoutJfif(byte[] content, byte[] instead) {
    return spliced(content, 2, 2 + 18, instead);
  }

  private static byte[] spliced(byte[] content, int from, int to, byte[] instead) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(content, 0, from);
    out.writeBytes(instead);
    out.write(content, to, content.length - to);
    return out.toByteArray();
  }

  @Test
  void takes_red_green_and_blue_named_so_as_they_are() throws Exception {
    byte[] content = content("bare");
    int frame = find(content, "\u00ff\u00c2");
    int scan = find(content, "\u00ff\u00da");
    assertThat(content[frame + 10]).isEqualTo((byte) 1);
    // The components are named in the frame header and in the header of each scan.
    byte[] named = content.clone();
    for (int c = 0; c < 3; c++) {
      named[frame + 10 + 3 * c] = (byte) "RGB".charAt(c);
    }
    for (int at = scan; at + 2 < named.length; at++) {
      if ((named[at] & 0xff) == 0xff && (named[at + 1] & 0xff) == 0xda) {
        for (int k = 0; k < named[at + 4]; k++) {
          named[at + 5 + 2 * k] = (byte) "RGB".charAt(named[at + 5 + 2 * k] - 1);
        }
      }
    }
    assertThat(ImageDecoder.decode(named).pixels())
        .isEqualTo(ImageDecoder.decode(content("adobe-rgb")).pixels());
  }

  @Test
  void colour_profiles_change_nothing() throws Exception {
    byte[] profile = ICC_Profile.getInstance(ColorSpace.CS_LINEAR_RGB).getData();
    ByteArrayOutputStream segment = new ByteArrayOutputStream();
    int length = 2 + 14 + profile.length;
    segment.writeBytes(new byte[] {(byte) 0xff, (byte) 0xe2, (byte) (length >> 8), (byte) length});
    segment.writeBytes("ICC_PROFILE\0\1\1".getBytes(StandardCharsets.ISO_8859_1));
    segment.writeBytes(profile);
    byte[] plain = read("ycbcr");
    assertThat(ImageDecoder.decode(spliced(plain, 20, 20, segment.toByteArray())).pixels())
        .isEqualTo(ImageDecoder.decode(plain).pixels());
  }

  @Test
  void a_camera_s_orientation_changes_nothing() throws Exception {
    String turned =
        "\u00ff\u00e1\0\42Exif\0\0MM\0\52\0\0\0\10\0\1\1\22\0\3\0\0\0\1\0\6\0\0\0\0\0\0";
    byte[] plain = read("ycbcr");
    byte[] exif = spliced(plain, 20, 20, turned.getBytes(StandardCharsets.ISO_8859_1));
    assertThat(ImageDecoder.decode(exif).pixels()).isEqualTo(ImageDecoder.decode(plain).pixels());
  }

  @Test
  void bytes_too_many_leave_the_pixels_whole() throws Exception {
    byte[] plain = read("ycbcr");
    int end = plain.length - 2;
    byte[] expected = ImageDecoder.decode(plain).pixels();
    assertThat(
            ImageDecoder.decode(spliced(plain, plain.length, plain.length, new byte[7])).pixels())
        .isEqualTo(expected);
    assertThat(ImageDecoder.decode(spliced(plain, end, end, new byte[3])).pixels())
        .isEqualTo(expected);
  }

  @Test
  void png_images_of_every_kind_give_their_stored_samples() throws Exception {
    int[] kinds = {
      BufferedImage.TYPE_3BYTE_BGR,
      BufferedImage.TYPE_4BYTE_ABGR,
      BufferedImage.TYPE_BYTE_INDEXED,
      BufferedImage.TYPE_BYTE_BINARY
    };
    for (int kind : kinds) {
      BufferedImage image = new BufferedImage(3, 2, kind);
      image.setRGB(1, 0, 0xffffffff);
      image.setRGB(2, 1, 0xff000000);
      assertThat(ImageDecoder.decode(png(image)).pixels())
          .as("type %d", kind)
          .startsWith(0, 0, 0, 255, 255, 255)
          .endsWith(0, 0, 0);
    }
    BufferedImage grey = new BufferedImage(2, 2, BufferedImage.TYPE_BYTE_GRAY);
    grey.getRaster().setSample(1, 0, 0, 77);
    assertThat(ImageDecoder.decode(png(grey)).pixels()).startsWith(0, 0, 0, 77, 77, 77);
    BufferedImage deep = new BufferedImage(2, 2, BufferedImage.TYPE_USHORT_GRAY);
    deep.getRaster().setSample(1, 0, 0, 77 * 256 + 200);
    assertThat(ImageDecoder.decode(png(deep)).pixels()).startsWith(0, 0, 0, 77, 77, 77);
  }

  private static byte[] png(BufferedImage image) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(image, "png", out);
    return out.toByteArray();
  }

  @ParameterizedTest
  @ValueSource(strings = {"ycbcr", "grey", "cmyk", "progressive", "png"})
  void an_image_that_is_cut_short_is_damaged(String name) throws Exception {
    byte[] whole = read(name);
    for (int length : new int[] {1, 3, 30, whole.length / 2, whole.length * 3 / 4}) {
      assertThatThrownBy(() -> ImageDecoder.decode(Arrays.copyOf(whole, length)))
          .as("%d of %d bytes", length, whole.length)
          .isInstanceOf(DamagedImage.class);
    }
  }

  @Test
  void a_jpeg_without_its_end_or_its_middle_is_damaged() throws Exception {
    byte[] whole = read("ycbcr");
    String lost = "a part of its pixels is lost";
    refused(Arrays.copyOf(whole, whole.length - 2), lost, "Missing EOI marker");
    refused(spliced(whole, whole.length - 150, whole.length - 2, new byte[0]), lost, "premature");
  }

  @Test
  void says_what_else_is_wrong() throws Exception {
    byte[] jpeg = read("ycbcr");
    int frame = find(jpeg, "\u00ff\u00c0");
    refused(new byte[0], "it is empty");
    refused("GIF89a".getBytes(StandardCharsets.US_ASCII), "neither JPEG nor PNG", "0x47494638");
    refused(changed(jpeg, frame + 1, 0xc3), "type 0xc3");
    refused(changed(jpeg, frame + 4, 12), "12 bits per sample");
    refused(changed(jpeg, frame + 9, 2), "2 channels, expected 1, 3 or 4");
    refused(changed(jpeg, frame + 9, 9), "frame header is cut short");
    refused(changed(jpeg, frame + 1, 0xda), "no frame header");
    refused(Arrays.copyOf(jpeg, frame), "ends before its frame header");
    refused(Arrays.copyOf(jpeg, frame - 5), "ends inside segment");
    byte[] huge = changed(jpeg, frame + 5, 0xff);
    refused(changed(huge, frame + 7, 0xff), "more than a photograph has");
    refused(changed(jpeg, frame + 6, 1), "48 x 1 pixels, expected at least 2 x 2");
    refused(png(new BufferedImage(1, 1, BufferedImage.TYPE_3BYTE_BGR)), "1 x 1 pixels");
    refused(png(new BufferedImage(1, 9, BufferedImage.TYPE_BYTE_GRAY)), "1 x 9 pixels");
  }

  private static byte[] changed(byte[] content, int at, int value) {
    byte[] changed = content.clone();
    changed[at] = (byte) value;
    return changed;
  }

  private static void refused(byte[] content, String... words) {
    assertThatThrownBy(() -> ImageDecoder.decode(content))
        .isInstanceOf(DamagedImage.class)
        .hasMessageContainingAll(words);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ycbcr", "grey", "cmyk", "progressive", "png"})
  void whatever_the_bytes_are_it_is_an_image_or_a_damaged_one(String name) throws Exception {
    byte[] whole = read(name);
    SplittableRandom random = new SplittableRandom(7);
    int damaged = 0;
    for (int t = 0; t < 200; t++) {
      byte[] content = whole.clone();
      for (int k = 0; k < 1 + t % 8; k++) {
        content[random.nextInt(content.length)] = (byte) random.nextInt(256);
      }
      try {
        RgbImage image = ImageDecoder.decode(content);
        assertThat(Math.min(image.width(), image.height())).isGreaterThan(1);
      } catch (DamagedImage e) {
        assertThat(e).message().isNotBlank();
        damaged++;
      }
    }
    assertThat(damaged).isBetween(1, 200);
  }

  @Test
  void many_threads_decode_the_same_pixels() throws Exception {
    byte[] content = read("ycbcr");
    byte[] expected = ImageDecoder.decode(content).pixels();
    assertThat(
            IntStream.range(0, 400)
                .parallel()
                .filter(k -> !Arrays.equals(decoded(content).pixels(), expected))
                .count())
        .isZero();
  }

  private static RgbImage decoded(byte[] content) {
    try {
      return ImageDecoder.decode(content);
    } catch (DamagedImage e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void a_missing_file_is_no_damaged_image(@TempDir Path folder) {
    Path gone = folder.resolve("gone.JPEG");
    assertThatThrownBy(() -> ImageDecoder.decode(gone))
        .isInstanceOf(DataException.class)
        .hasMessageContainingAll(gone.toString(), "has gone");
    assertThatThrownBy(() -> ImageDecoder.decode(folder))
        .isInstanceOf(DataException.class)
        .hasMessageContainingAll(folder.toString(), "cannot be read");
  }
}
