package mitosis.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import mitosis.data.CropRule.CentreCrop;
import mitosis.data.ImageFiles.DamagedImages;
import mitosis.data.ImageStream.ImageBatch;
import mitosis.data.ImageStream.Prefetch;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * On twenty classes of Tiny ImageNet, 100 images to train and 20 to test of each, where they are:
 * in {@code -Ddata.dir}.
 */
class TinyImageNetTest {

  private static final Path FOLDER = GivenFolder.of("data.dir", "data").resolve("tiny-imagenet-20");

  /** {@code Image.open(file).mode != "RGB"} of PIL 9.4.0 for so many test images. */
  private static final int GREY = 5;

  private static final int SIDE = 64;

  @BeforeAll
  static void requireTheImages() {
    assumeTrue(
        Files.isDirectory(FOLDER),
        FOLDER
            + " is missing: put twenty classes of Tiny ImageNet there, as train/CLASS and val/CLASS");
  }

  @Test
  void is_found_whole() {
    Dataset dataset = ImageFolder.list(FOLDER).dataset(OptionalInt.empty());
    ImageFiles train = (ImageFiles) dataset.train();
    assertThat(train.classes()).hasSize(20).isSorted().startsWith("n01641577");
    assertThat(train.side()).isEqualTo(SIDE);
    assertThat(train.count()).isEqualTo(2000);
    assertThat(dataset.test().count()).isEqualTo(400);
    for (int i = 0; i < train.count(); i++) {
      assertThat(train.labels()[i]).isEqualTo(i / 100);
      assertThat(train.paths().get(i)).contains("/" + train.classes().get(i / 100) + "/");
    }
    assertThat(ImageFolder.list(FOLDER).dataset(OptionalInt.of(50)).train().labels())
        .containsExactly(
            IntStream.range(0, 50).map(k -> k < 30 ? k / 3 : 10 + (k - 30) / 2).toArray());
  }

  /**
   * Sums of red, green and blue over all test images by PIL 9.4.0, of the whole image and of the
   * test crop {@code resize((73, 73), Image.BILINEAR).crop((4, 4, 68, 68))}.
   */
  @Test
  void has_the_pixels_that_pil_sees() throws Exception {
    long[] whole = {204731890, 185865255, 158164688};
    long[] cropped = {205682857, 185183572, 156231659};
    ImageFiles files = ImageFolder.list(FOLDER).test(SIDE);
    long[] sums = new long[3];
    int grey = 0;
    for (int i = 0; i < files.count(); i++) {
      byte[] pixels = ImageDecoder.decode(files.file(i)).pixels();
      boolean equal = true;
      for (int p = 0; p < pixels.length; p += 3) {
        for (int c = 0; c < 3; c++) {
          sums[c] += pixels[p + c] & 0xff;
        }
        equal &= pixels[p] == pixels[p + 1] && pixels[p] == pixels[p + 2];
      }
      grey += equal ? 1 : 0;
    }
    assertThat(grey).isGreaterThanOrEqualTo(GREY);
    expectMeans(sums, whole, 0.01);

    List<String> warnings = new ArrayList<>();
    long[] crops = new long[3];
    try (ImageStream stream =
        ImageStream.open(
            files,
            IntStream.range(0, files.count()).toArray(),
            0,
            new CentreCrop(),
            new Prefetch(64, 2, 2),
            new DamagedImages(files, warnings::add))) {
      while (stream.hasNext()) {
        ImageBatch batch = stream.next();
        for (int at = 0; at < batch.pixels().limit(); at++) {
          crops[at / (SIDE * SIDE) % 3] += batch.pixels().get(at) & 0xff;
        }
      }
    }
    assertThat(warnings).isEmpty();
    // PIL rounds twice.
    expectMeans(crops, cropped, 0.05);
  }

  private static void expectMeans(long[] sums, long[] expected, double tolerance) {
    double pixels = 400.0 * SIDE * SIDE;
    for (int c = 0; c < 3; c++) {
      assertThat(sums[c] / pixels)
          .as("mean of channel %d, grey levels", c)
          .isCloseTo(expected[c] / pixels, within(tolerance));
    }
  }
}
