package mitosis.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import mitosis.data.Examples.Images;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CifarTest {

  private static final OptionalInt ALL = OptionalInt.empty();
  private static final SmallCifar TEN = SmallCifar.ten();
  private static final SmallCifar HUNDRED = SmallCifar.hundred();

  @TempDir private Path data;
  private int refusals;

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void every_place_and_form_gives_the_same_images(boolean fine) {
    SmallCifar small = fine ? HUNDRED : TEN;
    String own = fine ? "cifar100" : "cifar10";
    for (boolean python : new boolean[] {false, true}) {
      for (String folder : List.of(own, small.folder(python), own + "/" + small.folder(python))) {
        Path place = data.resolve(python + "-" + folder.replace('/', '-'));
        small.write(place.resolve(folder), python);
        expectAll(small, place);
      }
      for (String folder : List.of(".", own)) {
        Path place = data.resolve(python + "-archive-" + folder.length());
        SmallCifar.write(
            place.resolve(folder).resolve(small.archiveName(python)), small.archive(python));
        expectAll(small, place);
      }
    }
  }

  private static void expectAll(SmallCifar small, Path place) {
    assertThat(small.cifar().missing(place, ALL)).isEmpty();
    small.cifar().check(place, ALL);
    Dataset dataset = small.cifar().load(place, ALL);
    assertThat(dataset.name()).isEqualTo(small.cifar().name());
    assertThat(dataset.fingerprint()).isEqualTo(small.cifar().fingerprint(ALL));
    expect(dataset.train(), small, SmallCifar.TRAIN);
    expect(dataset.test(), small, SmallCifar.TEST);
  }

  private static void expect(Examples found, SmallCifar small, int... images) {
    assertThat(found.labels()).containsExactly(small.labels(images));
    assertThat(((Images) found).pixels()).isEqualTo(SmallCifar.pixels(images));
    assertThat(((Images) found).side()).isEqualTo(32);
  }

  @Test
  void the_first_images_need_only_the_batches_that_hold_them() {
    SmallCifar.write(data.resolve("cifar10/data_batch_1.bin"), batch(TEN, "data_batch_1.bin"));
    SmallCifar.write(data.resolve("cifar10/test_batch.bin"), batch(TEN, "test_batch.bin"));
    Cifar cifar = TEN.cifar();
    for (int first : new int[] {1, 3, 4}) {
      assertThat(cifar.missing(data, OptionalInt.of(first))).isEmpty();
      Dataset dataset = cifar.load(data, OptionalInt.of(first));
      expect(dataset.train(), TEN, IntStream.range(0, first).toArray());
      expect(dataset.test(), TEN, SmallCifar.TEST);
    }
    assertThat(cifar.missing(data, OptionalInt.of(5)).orElseThrow())
        .contains(
            data.resolve("cifar10") + " lacks data_batch_2.bin",
            "first 5 training images",
            "http://127.0.0.1:1/cifar-10-binary.tar.gz",
            SmallCifar.md5(TEN.archive(false)));
    assertThatThrownBy(() -> cifar.load(data, OptionalInt.of(5)))
        .isInstanceOf(DataException.class)
        .hasMessage(cifar.missing(data, OptionalInt.of(5)).orElseThrow());
  }

  @Test
  void the_first_images_end_within_a_later_batch() {
    for (boolean python : new boolean[] {false, true}) {
      Path place = data.resolve("" + python);
      SmallCifar.write(place.resolve(TEN.archiveName(python)), TEN.archive(python));
      Dataset dataset = TEN.cifar().load(place, OptionalInt.of(6));
      expect(dataset.train(), TEN, 0, 1, 2, 3, 4, 5);
    }
  }

  @Test
  void the_fingerprint_names_the_batches_that_are_opened() {
    Map<String, String> md5 = new LinkedHashMap<>();
    TEN.files(false).forEach((name, content) -> md5.put(name, SmallCifar.md5(content)));
    String test = md5.get("test_batch.bin");
    assertThat(TEN.cifar().fingerprint(OptionalInt.of(4)))
        .isEqualTo(md5.get("data_batch_1.bin") + "+" + test);
    assertThat(TEN.cifar().fingerprint(OptionalInt.of(5)))
        .isEqualTo(md5.get("data_batch_1.bin") + "+" + md5.get("data_batch_2.bin") + "+" + test)
        .isEqualTo(TEN.cifar().fingerprint(ALL));
  }

  @Test
  void the_published_fingerprints_are_of_five_batches_and_of_one() {
    assertThat(Cifar.CIFAR_10.fingerprint(OptionalInt.of(5_000)))
        .isEqualTo("5dd7e06a14cb22eb9f671a540d1b7c25+803d5f7f4d78ea53de84dbe85f74fb6d");
    assertThat(Cifar.CIFAR_10.fingerprint(OptionalInt.of(10_001)).split("\\+")).hasSize(3);
    assertThat(Cifar.CIFAR_10.fingerprint(ALL).split("\\+")).hasSize(6);
    assertThat(Cifar.CIFAR_100.fingerprint(ALL))
        .isEqualTo(Cifar.CIFAR_100.fingerprint(OptionalInt.of(1)))
        .isEqualTo("16019d7e3df5f24257cddd939b257f8d+f0ef6b0ae62326f3e7ffdfab6717acfc");
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 50_001})
  void refuses_more_images_than_there_are(int first) {
    assertThatThrownBy(() -> Cifar.CIFAR_10.fingerprint(OptionalInt.of(first)))
        .isInstanceOf(DataException.class)
        .hasMessageContainingAll("first " + first, "CIFAR-10", "1 to 50000");
  }

  @Test
  void an_incomplete_folder_gives_way_to_an_archive() {
    SmallCifar.write(data.resolve("cifar10/data_batch_1.bin"), new byte[3]);
    SmallCifar.write(data.resolve(TEN.archiveName(true)), TEN.archive(true));
    expectAll(TEN, data);
  }

  @Test
  void says_where_it_looked_and_what_to_do() {
    assertThat(Cifar.CIFAR_100.missing(data, ALL).orElseThrow())
        .contains(
            "CIFAR-100 is missing",
            data
                + " holds none of cifar100, cifar-100-binary, cifar-100-python, "
                + "cifar-100-binary.tar.gz, cifar-100-python.tar.gz",
            "https://www.cs.toronto.edu/~kriz/cifar-100-binary.tar.gz",
            "-Ddata.dir");
    assertThat(Cifar.CIFAR_10.missing(data.resolve("none"), ALL).orElseThrow())
        .contains(data.resolve("none") + " is not a folder");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0 | 0 bytes are 0 whole images and 0 bytes of the next, expected 4 images of 3073",
        "3000 | 3000 bytes are 0 whole images and 3000 bytes of the next",
        "9300 | 9300 bytes are 3 whole images and 81 bytes of the next",
      })
  void refuses_a_binary_batch_that_is_cut_short(int length, String finding) {
    byte[] cut = Arrays.copyOf(batch(TEN, "data_batch_2.bin"), length);
    expectRefusal(TEN, "data_batch_2.bin", cut, "is cut short: " + finding);
  }

  @Test
  void refuses_a_batch_that_goes_on() {
    byte[] longer = Arrays.copyOf(batch(TEN, "test_batch.bin"), 4 * 3073 + 1);
    expectRefusal(TEN, "test_batch.bin", longer, "goes on after its 4 images of 3073 bytes");
    byte[] pickle = batch(TEN, "test_batch");
    expectRefusal(
        TEN, "test_batch", Arrays.copyOf(pickle, pickle.length + 1), "goes on after the end");
  }

  @Test
  void refuses_a_label_that_is_out_of_range_even_of_an_image_that_is_not_asked_for() {
    byte[] ten = batch(TEN, "data_batch_1.bin");
    ten[2 * 3073] = 10;
    expectRefusal(
        TEN, "data_batch_1.bin", ten, "the label of image 2 (from 0) is 10, expected 0 to 9");

    byte[] coarse = batch(HUNDRED, "train.bin");
    coarse[7 * 3074] = 20;
    expectRefusal(
        HUNDRED,
        "train.bin",
        coarse,
        "the coarse label of image 7 (from 0) is 20, expected 0 to 19");
    byte[] fine = batch(HUNDRED, "test.bin");
    fine[1] = (byte) 200;
    expectRefusal(
        HUNDRED, "test.bin", fine, "the fine label of image 0 (from 0) is 200, expected 0 to 99");
  }

  @Test
  void refuses_a_pickled_label_that_is_out_of_range() {
    byte[] ten = batch(TEN, "data_batch_1");
    // See fixtures/README.md and python3 -m pickletools: BININT1 of the third label.
    assertThat(ten[56]).isEqualTo((byte) 7);
    ten[56] = (byte) 99;
    expectRefusal(TEN, "data_batch_1", ten, "the label of image 2 (from 0) is 99, expected 0 to 9");
  }

  @Test
  void refuses_other_files_than_the_published_ones() {
    byte[] binary = batch(TEN, "data_batch_2.bin");
    binary[100] ^= 1;
    expectRefusal(
        TEN,
        "data_batch_2.bin",
        binary,
        "is not the published file: its MD5 is " + SmallCifar.md5(binary),
        "expected " + SmallCifar.md5(batch(TEN, "data_batch_2.bin")),
        "cifar-10-binary.tar.gz");
    byte[] pickle = batch(HUNDRED, "train");
    pickle[2000] ^= 1;
    expectRefusal(HUNDRED, "train", pickle, "is not the published file", "cifar-100-python.tar.gz");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0 | cut short",
        "30 | cut short",
        "8000 | is cut short: 7788 of 12288 bytes of pixels are 2 whole images and 1644 bytes",
        "12540 | cut short",
      })
  void refuses_a_pickle_that_is_cut_short(int length, String finding) {
    byte[] cut = Arrays.copyOf(batch(TEN, "data_batch_1"), length);
    expectRefusal(TEN, "data_batch_1", cut, finding);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "numpy.core.multiarray | os.path.or.multiarra_ | names os.path.or.multiarra_._reconstruct",
        "ndarray               | _arrays | names numpy._arrays, which no published batch needs; nothing was run",
        "u1                    | i8      | holds a pickled DTYPE of 'i8'",
        "labels                | babels  | holds no list 'labels', but",
        "dataq                 | dateq   | holds no array 'data', but",
      })
  void refuses_a_pickle_of_something_else(String instead, String written, String finding) {
    expectRefusal(
        TEN, "data_batch_1", replaced(batch(TEN, "data_batch_1"), instead, written), finding);
  }

  /** Offsets from {@code python3 -m pickletools fixtures/cifar-python/data_batch_1}. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0     | 0x28 | holds a pickle with opcode 0x02",
        "136   | 0x81 | holds a pickle with opcode 0x81, which no published batch needs",
        "143   | 5    | is damaged: 12288 bytes for an array of shape [5, 3072]",
        "146   | 0x40 | is damaged: 12288 bytes for an array of shape [4, 16384]",
        "211   | 0x7f | is damaged: it announces 2130718720 bytes of pixels, expected 12288",
        "59    | 0x61 | holds a damaged pickle",
      })
  void refuses_a_damaged_pickle(int offset, String written, String finding) {
    byte[] damaged = batch(TEN, "data_batch_1");
    damaged[offset] = (byte) (int) Integer.decode(written);
    expectRefusal(TEN, "data_batch_1", damaged, finding);
  }

  @Test
  void refuses_a_pickle_of_fewer_images_than_published() {
    expectRefusal(
        HUNDRED,
        "train",
        batch(HUNDRED, "test"),
        "'data' is an array of 4 x 3072, expected 8 x 3072");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 5, 50})
  void refuses_an_archive_that_is_cut_short(int part) {
    byte[] whole = TEN.archive(false);
    byte[] cut = Arrays.copyOf(whole, whole.length * part / 100);
    expectRefusal(TEN, TEN.archiveName(false), cut, "cut short");
  }

  @Test
  void refuses_what_is_no_archive() {
    expectRefusal(
        TEN,
        TEN.archiveName(true),
        "<html>moved</html>".getBytes(StandardCharsets.US_ASCII),
        "is no whole gzip file",
        "cifar-10-python.tar.gz");
  }

  @Test
  void refuses_an_archive_without_a_batch() {
    Map<String, byte[]> files = TEN.files(false);
    files.remove("data_batch_2.bin");
    expectRefusal(
        TEN,
        TEN.archiveName(false),
        SmallCifar.archive(TEN.folder(false), files),
        "holds no cifar-10-batches-bin/data_batch_2.bin");
  }

  @Test
  void refuses_an_archive_with_a_damaged_batch_and_names_both() {
    Map<String, byte[]> files = TEN.files(false);
    files.get("test_batch.bin")[0] = 77;
    expectRefusal(
        TEN,
        TEN.archiveName(false),
        SmallCifar.archive(TEN.folder(false), files),
        "holds cifar-10-batches-bin/test_batch.bin, which is damaged: the label of image 0 (from 0) is 77");
  }

  @Test
  void refuses_an_archive_of_sound_batches_that_is_not_the_published_one() {
    Map<String, byte[]> files = TEN.files(false);
    files.get("test_batch.bin")[1] ^= 1;
    expectRefusal(
        TEN,
        TEN.archiveName(false),
        SmallCifar.archive(TEN.folder(false), files),
        "is not the published file: its MD5 is");
  }

  private static byte[] batch(SmallCifar small, String name) {
    return small.files(!name.endsWith(".bin")).get(name);
  }

  /** Loading and checking, with this instead of the sound file of that name. */
  private void expectRefusal(SmallCifar small, String name, byte[] content, String... findings) {
    Cifar cifar = small.cifar();
    Path place = data.resolve("refusal-" + refusals++);
    Path file = place.resolve(name);
    if (!name.endsWith(".gz")) {
      Path folder = place.resolve(cifar.name());
      small.write(folder, !name.endsWith(".bin"));
      file = folder.resolve(name);
    }
    SmallCifar.write(file, content);
    for (boolean load : new boolean[] {true, false}) {
      assertThatThrownBy(
              () -> {
                if (load) {
                  cifar.load(place, ALL);
                } else {
                  cifar.check(place, ALL);
                }
              })
          .isInstanceOf(DataException.class)
          .hasMessageStartingWith(file + " ")
          .hasMessageContainingAll(findings)
          .hasMessageContaining("put the published file in its place");
    }
  }

  private static byte[] replaced(byte[] content, String instead, String written) {
    String text = new String(content, StandardCharsets.ISO_8859_1);
    assertThat(written).hasSameSizeAs(instead);
    assertThat(text).contains(instead);
    return text.replaceFirst(Pattern.quote(instead), written).getBytes(StandardCharsets.ISO_8859_1);
  }

  @Test
  void fetches_the_archive_if_something_is_missing_and_only_then() throws Exception {
    Path place = data.resolve("made/on/demand");
    try (FileServer server = new FileServer(TEN.archive(false))) {
      Cifar cifar = TEN.cifar(server.address("/"));
      cifar.fetch(place, ALL, (bytes, total) -> {});
      cifar.fetch(place, ALL, (bytes, total) -> {});
      assertThat(server.requests()).containsExactly("/cifar-10-binary.tar.gz whole");
    }
    assertThat(place.toFile().list()).containsExactly("cifar-10-binary.tar.gz");
    expectAll(TEN, place);
  }
}
