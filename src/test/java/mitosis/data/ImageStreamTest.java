package mitosis.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import mitosis.data.CropRule.CentreCrop;
import mitosis.data.CropRule.RandomResizedCrop;
import mitosis.data.ImageFiles.DamagedImages;
import mitosis.data.ImageFiles.RelativePaths;
import mitosis.data.ImageStream.ImageBatch;
import mitosis.data.ImageStream.Prefetch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ImageStreamTest {

  private static final int SIDE = 4;
  private static final CropRule CENTRE = new CentreCrop();

  @TempDir private Path folder;
  private final List<String> warnings = new ArrayList<>();

  @AfterEach
  void no_thread_is_left() {
    assertThat(threads()).isEmpty();
  }

  private static List<Thread> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("images-"))
        .toList();
  }

  /** Image i is of the colour i + 1, i + 2, i + 3, and of class i % 2. */
  private ImageFiles write(int count) {
    Pictures pictures = new Pictures(folder);
    for (int i = 0; i < count; i++) {
      pictures.file(name(i), Pictures.picture(5 + i % 3, 6, colour(i)));
    }
    return describe(count);
  }

  private static int colour(int i) {
    return (i + 1) % 256 << 16 | (i + 2) % 256 << 8 | (i + 3) % 256;
  }

  private static String name(int i) {
    return "image%04d.JPEG".formatted(i);
  }

  private ImageFiles describe(int count) {
    return new ImageFiles(
        folder,
        RelativePaths.of(IntStream.range(0, count).mapToObj(ImageStreamTest::name).toList()),
        IntStream.range(0, count).map(i -> i % 2).toArray(),
        List.of("even", "odd"),
        SIDE,
        ImageFolder.NORMALISATION);
  }

  private void damage(int... images) {
    for (int image : images) {
      new Pictures(folder).text(name(image), "damaged");
    }
  }

  private static int[] order(int count) {
    return IntStream.range(0, count).toArray();
  }

  private DamagedImages damaged(ImageFiles files) {
    return new DamagedImages(files, warnings::add);
  }

  private ImageStream open(ImageFiles files, int[] order, Prefetch prefetch) {
    return ImageStream.open(files, order, 0, CENTRE, prefetch, damaged(files));
  }

  private static byte[] pixels(ImageBatch batch) {
    byte[] pixels = new byte[batch.pixels().remaining()];
    batch.pixels().get(0, pixels);
    return pixels;
  }

  /** The first byte of each of a batch's images, which is its index and 1. */
  private static int[] reds(ImageBatch batch) {
    byte[] pixels = pixels(batch);
    return IntStream.range(0, batch.count()).map(k -> pixels[k * 3 * SIDE * SIDE] & 0xff).toArray();
  }

  @Test
  void hands_out_the_order_in_batches_with_labels() {
    ImageFiles files = write(7);
    try (ImageStream stream = open(files, new int[] {6, 0, 3, 1, 1, 5, 2}, new Prefetch(3, 2, 2))) {
      assertThat(stream.batches()).isEqualTo(3);
      ImageBatch first = stream.next();
      assertThat(first.images()).containsExactly(6, 0, 3);
      assertThat(first.labels()).containsExactly(0, 0, 1);
      assertThat(reds(first)).containsExactly(7, 1, 4);
      byte[] pixels = pixels(first);
      assertThat(pixels).hasSize(3 * 3 * SIDE * SIDE);
      for (int k = 0; k < 3; k++) {
        for (int c = 0; c < 3; c++) {
          int start = (3 * k + c) * SIDE * SIDE;
          assertThat(Arrays.copyOfRange(pixels, start, start + SIDE * SIDE))
              .containsOnly(first.images()[k] + 1 + c);
        }
      }
      assertThat(reds(stream.next())).containsExactly(2, 2, 6);
      assertThat(stream.hasNext()).isTrue();
      ImageBatch last = stream.next();
      assertThat(last.count()).isEqualTo(1);
      assertThat(reds(last)).containsExactly(3);
      assertThat(last.labels()).containsExactly(0);
      assertThat(stream.hasNext()).isFalse();
      assertThatThrownBy(stream::next).isInstanceOf(NoSuchElementException.class);
    }
    assertThat(warnings).isEmpty();
  }

  @Test
  void the_bytes_are_the_same_at_any_number_of_threads_and_from_any_batch() {
    ImageFiles files = photographs();
    damage(3, 4, 11);
    int[] order = {5, 3, 4, 8, 11, 0, 2, 9, 10, 1, 7, 6};
    CropRule rule = new RandomResizedCrop(1, 2);
    List<byte[]> expected = all(files, order, 0, rule, new Prefetch(5, 1, 1));
    assertThat(expected).hasSize(3);
    for (Prefetch prefetch : List.of(new Prefetch(5, 2, 3), new Prefetch(5, 7, 1))) {
      for (int first = 0; first <= 3; first++) {
        List<byte[]> found = all(files, order, first, rule, prefetch);
        assertThat(found).hasSize(3 - first);
        for (int b = first; b < 3; b++) {
          assertThat(found.get(b - first)).isEqualTo(expected.get(b));
        }
      }
    }
    assertThat(all(files, order, 0, new RandomResizedCrop(1, 3), new Prefetch(5, 2, 3)).get(0))
        .isNotEqualTo(expected.get(0));
  }

  /** Twelve pictures with details, named as those of a set large enough for three to be damaged. */
  private ImageFiles photographs() {
    Pictures pictures = new Pictures(folder);
    try {
      byte[] photograph = Files.readAllBytes(Path.of("fixtures/images/ycbcr.JPEG"));
      byte[] other = Files.readAllBytes(Path.of("fixtures/images/cmyk.JPEG"));
      for (int i = 0; i < 12; i++) {
        pictures.file(name(i), i % 2 == 0 ? photograph : other);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return describe(3000);
  }

  private List<byte[]> all(
      ImageFiles files, int[] order, int firstBatch, CropRule rule, Prefetch prefetch) {
    List<byte[]> all = new ArrayList<>();
    try (ImageStream stream =
        ImageStream.open(files, order, firstBatch, rule, prefetch, damaged(files))) {
      while (stream.hasNext()) {
        ImageBatch batch = stream.next();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(pixels(batch));
        for (int k = 0; k < batch.count(); k++) {
          out.write(batch.labels()[k]);
          out.write(batch.images()[k]);
        }
        all.add(out.toByteArray());
      }
    }
    return all;
  }

  @Test
  void an_image_s_crop_does_not_depend_on_its_place() {
    ImageFiles files = photographs();
    CropRule rule = new RandomResizedCrop(1, 2);
    int bytes = files.bytesPerImage();
    byte[] there = all(files, new int[] {0, 1, 2}, 0, rule, new Prefetch(3, 1, 1)).get(0);
    byte[] here = all(files, new int[] {2, 9, 1, 0}, 0, rule, new Prefetch(4, 1, 1)).get(0);
    assertThat(Arrays.copyOf(here, bytes))
        .isEqualTo(Arrays.copyOfRange(there, 2 * bytes, 3 * bytes));
    assertThat(Arrays.copyOfRange(here, 3 * bytes, 4 * bytes))
        .isEqualTo(Arrays.copyOf(there, bytes));
  }

  @Test
  void the_next_undamaged_image_takes_the_place_of_a_damaged_one() {
    write(6);
    ImageFiles files = describe(3000);
    damage(1, 2, 5);
    DamagedImages damaged = damaged(files);
    for (int epoch = 0; epoch < 2; epoch++) {
      try (ImageStream stream =
          ImageStream.open(files, order(6), 0, CENTRE, new Prefetch(6, 2, 1), damaged)) {
        ImageBatch batch = stream.next();
        assertThat(batch.images()).containsExactly(0, 3, 3, 3, 4, 0);
        assertThat(batch.labels()).containsExactly(0, 1, 1, 1, 0, 0);
        assertThat(reds(batch)).containsExactly(1, 4, 4, 4, 5, 1);
      }
      assertThat(damaged.count()).isEqualTo(3);
      assertThat(warnings).as("named once, over all epochs").hasSize(3);
    }
    for (int k = 0; k < 3; k++) {
      assertThat(warnings.get(k))
          .contains(
              folder.resolve(name(new int[] {1, 2, 5}[k])).toString(),
              "is damaged",
              "neither JPEG nor PNG");
    }
  }

  @Test
  void the_crop_is_that_of_the_damaged_image() {
    ImageFiles files = photographs();
    damage(2);
    byte[] filled =
        all(files, new int[] {2, 4}, 0, new RandomResizedCrop(1, 2), new Prefetch(2, 1, 1)).get(0);
    int bytes = files.bytesPerImage();
    assertThat(Arrays.copyOf(filled, bytes))
        .isNotEqualTo(Arrays.copyOfRange(filled, bytes, 2 * bytes));
  }

  @Test
  void of_2000_images_two_may_be_damaged_and_the_third_ends_it() {
    write(200);
    ImageFiles files = describe(2000);
    damage(10, 50);
    for (int threads : new int[] {1, 3}) {
      assertThat(all(files, order(200), 0, CENTRE, new Prefetch(16, threads, 2))).hasSize(13);
    }
    assertThat(warnings).hasSize(4);
    warnings.clear();
    damage(150);
    for (int threads : new int[] {1, 3}) {
      try (ImageStream stream = open(files, order(200), new Prefetch(16, threads, 2))) {
        for (int b = 0; b < 150 / 16; b++) {
          assertThat(stream.next().count()).isEqualTo(16);
        }
        assertThatThrownBy(stream::next)
            .isInstanceOf(DataException.class)
            .hasMessageContainingAll(
                "3 images of " + folder + " are damaged",
                "0.15 % of its 2000",
                "at most 2",
                name(10) + " (it is neither",
                name(50),
                name(150),
                "copy the files again");
        assertThatThrownBy(stream::next)
            .isInstanceOf(IllegalStateException.class)
            .hasMessageContaining("closed");
      }
    }
    assertThat(warnings).hasSize(4);
  }

  @Test
  void of_fewer_than_1000_images_the_first_damaged_one_ends_it() {
    ImageFiles files = write(5);
    damage(3);
    try (ImageStream stream = open(files, order(5), new Prefetch(2, 2, 2))) {
      assertThat(stream.next().images()).containsExactly(0, 1);
      assertThatThrownBy(stream::next)
          .isInstanceOf(DataException.class)
          .hasMessageContainingAll(
              "1 images of", "20.00 % of its 5", "at most 0", name(3), "neither JPEG nor PNG");
    }
    assertThat(warnings).isEmpty();
  }

  @Test
  void names_three_of_the_damaged_images_and_says_that_there_are_others() {
    write(6);
    ImageFiles files = describe(3000);
    damage(0, 1, 2, 3);
    try (ImageStream stream = open(files, order(6), new Prefetch(6, 1, 1))) {
      assertThatThrownBy(stream::next)
          .isInstanceOf(DataException.class)
          .hasMessageContainingAll(name(0), name(1), name(2), "and others")
          .message()
          .doesNotContain(name(3));
    }
  }

  @Test
  void refuses_an_order_of_nothing_but_damaged_images() {
    write(2);
    ImageFiles files = describe(3000);
    damage(0, 1);
    try (ImageStream stream = open(files, order(2), new Prefetch(2, 1, 1))) {
      assertThatThrownBy(stream::next)
          .isInstanceOf(DataException.class)
          .hasMessageContainingAll("none of the images", folder.toString(), name(0));
    }
  }

  @Test
  void a_file_that_has_gone_ends_it_where_its_batch_is_asked_for() throws Exception {
    ImageFiles files = write(6);
    Files.delete(folder.resolve(name(4)));
    try (ImageStream stream = open(files, order(6), new Prefetch(2, 3, 3))) {
      assertThat(stream.next().images()).containsExactly(0, 1);
      assertThat(stream.next().images()).containsExactly(2, 3);
      assertThatThrownBy(stream::next)
          .isInstanceOf(DataException.class)
          .hasMessageContainingAll(folder.resolve(name(4)).toString(), "has gone");
      assertThat(threads()).isEmpty();
    }
  }

  /**
   * What is written to a file when the threads have come to rest is seen in later batches alone.
   */
  @Test
  void no_more_batches_are_decoded_ahead_than_allowed() throws Exception {
    ImageFiles files = write(12);
    try (ImageStream stream = open(files, order(12), new Prefetch(2, 2, 2))) {
      rest();
      Pictures pictures = new Pictures(folder);
      for (int i = 0; i < 12; i++) {
        pictures.file(name(i), Pictures.picture(4, 4, 0xc8c8c8));
      }
      List<Integer> reds = new ArrayList<>();
      while (stream.hasNext()) {
        Arrays.stream(reds(stream.next())).forEach(reds::add);
      }
      assertThat(reds).containsExactly(1, 2, 3, 4, 5, 6, 200, 200, 200, 200, 200, 200);
    }
  }

  private static void rest() throws InterruptedException {
    while (threads().stream().anyMatch(thread -> thread.getState() != Thread.State.WAITING)) {
      Thread.sleep(1);
    }
  }

  @Test
  void a_batch_stays_as_it_is_until_the_next_is_asked_for() throws Exception {
    ImageFiles files = write(12);
    try (ImageStream stream = open(files, order(12), new Prefetch(2, 2, 1))) {
      ImageBatch batch = stream.next();
      byte[] before = pixels(batch);
      rest();
      assertThat(pixels(batch)).isEqualTo(before);
      assertThat(batch.pixels().isDirect()).isTrue();
    }
  }

  @Test
  void closing_early_ends_the_threads() throws Exception {
    ImageFiles files = write(300);
    ImageStream stream = open(files, order(300), new Prefetch(2, 3, 1));
    stream.next();
    assertThat(threads()).hasSize(3);
    stream.close();
    assertThat(threads()).isEmpty();
    stream.close();
    assertThatThrownBy(stream::next)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("closed");
  }

  @Test
  void an_interrupted_caller_is_let_go() {
    ImageFiles files = write(300);
    try (ImageStream stream = open(files, order(300), new Prefetch(100, 1, 1))) {
      Thread.currentThread().interrupt();
      assertThatThrownBy(
              () -> {
                while (true) {
                  stream.next();
                }
              })
          .isInstanceOf(CancellationException.class);
      assertThat(Thread.interrupted()).isTrue();
      assertThat(threads()).isEmpty();
    }
  }

  @Test
  void refuses_what_is_out_of_range() {
    ImageFiles files = describe(5);
    Prefetch prefetch = new Prefetch(2, 1, 1);
    assertThatThrownBy(() -> open(files, new int[0], prefetch))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("names no image");
    assertThatThrownBy(() -> open(files, new int[] {0, 5}, prefetch))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("place 1 of the order names image 5, expected 0…4");
    for (int first : new int[] {-1, 4}) {
      assertThatThrownBy(
              () -> ImageStream.open(files, order(5), first, CENTRE, prefetch, damaged(files)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("batch %d of 3", first);
    }
    assertThatThrownBy(() -> new Prefetch(1, 0, 1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () ->
                new ImageFiles(
                    folder,
                    files.paths(),
                    new int[] {0, 1, 2, 0, 1},
                    files.classes(),
                    SIDE,
                    files.normalisation()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("label of image0002.JPEG is 2, expected 0…1");
  }
}
