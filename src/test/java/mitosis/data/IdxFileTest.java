package mitosis.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.zip.GZIPOutputStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdxFileTest {

  private static final String NAME = "digits-idx3-ubyte";

  /** Two images of 2 x 3 pixels. */
  private static final byte[] GOOD = {
    0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 2, 0, 0, 0, 3, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, (byte) 255
  };

  @TempDir private Path folder;

  @Test
  void reads_a_packed_file() throws Exception {
    write(NAME + ".gz", gzip(GOOD));
    expectGood(IdxFile.read(folder, NAME, 3, sha256(GOOD)));
  }

  @Test
  void reads_an_unpacked_file_where_the_packed_one_is_missing() throws Exception {
    write(NAME, GOOD);
    expectGood(IdxFile.read(folder, NAME, 3, sha256(GOOD)));
  }

  private static void expectGood(IdxFile idx) {
    assertThat(idx.shape()).containsExactly(2, 2, 3);
    assertThat(idx.bytes()).isEqualTo(Arrays.copyOfRange(GOOD, 16, 28));
  }

  @Test
  void refuses_a_packed_file_that_is_cut_short() throws Exception {
    byte[] packed = gzip(GOOD);
    for (int length : new int[] {3, packed.length / 2, packed.length - 4}) {
      write(NAME + ".gz", Arrays.copyOf(packed, length));
      expectRefusal(reading(GOOD), NAME + ".gz", "cut short");
    }
  }

  @Test
  void refuses_content_that_is_cut_short() throws Exception {
    byte[] cut = Arrays.copyOf(GOOD, GOOD.length - 1);
    write(NAME, cut);
    expectRefusal(reading(cut), NAME, "holds 11 bytes of data", "[2, 2, 3] asks for 12");
  }

  @Test
  void refuses_a_header_that_is_cut_short() throws Exception {
    byte[] cut = Arrays.copyOf(GOOD, 9);
    write(NAME, cut);
    expectRefusal(reading(cut), NAME, "cut short: 9 bytes", "header alone has 16");
  }

  @Test
  void refuses_content_that_goes_on_too_long() throws Exception {
    byte[] longer = Arrays.copyOf(GOOD, GOOD.length + 2);
    write(NAME, longer);
    expectRefusal(reading(longer), NAME, "holds 14 bytes of data");
  }

  @Test
  void refuses_an_empty_file() throws Exception {
    write(NAME, new byte[0]);
    expectRefusal(reading(new byte[0]), NAME, "cut short: 0 bytes");
    write(NAME + ".gz", new byte[0]);
    expectRefusal(reading(new byte[0]), NAME + ".gz", "empty or cut short");
  }

  @Test
  void refuses_a_file_that_is_not_packed_but_named_so() throws Exception {
    write(NAME + ".gz", GOOD);
    expectRefusal(reading(GOOD), NAME + ".gz", "not a gzip file");
  }

  @Test
  void refuses_packed_data_with_a_changed_byte() throws Exception {
    byte[] packed = gzip(GOOD);
    packed[packed.length - 8] ^= 1;
    write(NAME + ".gz", packed);
    expectRefusal(reading(GOOD), NAME + ".gz");
  }

  @Test
  void refuses_another_type_than_unsigned_bytes() throws Exception {
    byte[] floats = GOOD.clone();
    floats[2] = 0x0d;
    write(NAME, floats);
    expectRefusal(reading(floats), NAME, "begins with 0x00000d03, expected 0x00000803");
  }

  @Test
  void refuses_another_number_of_dimensions() throws Exception {
    write(NAME, GOOD);
    expectRefusal(
        () -> IdxFile.read(folder, NAME, 1, sha256(GOOD)),
        NAME,
        "1-dimensional",
        "begins with 0x00000803, expected 0x00000801");
  }

  @Test
  void refuses_a_dimension_below_one() throws Exception {
    byte[] none = GOOD.clone();
    none[7] = 0;
    write(NAME, none);
    expectRefusal(reading(none), NAME, "dimension 0 is 0");
  }

  @Test
  void refuses_another_file_than_the_published_one() throws Exception {
    byte[] other = GOOD.clone();
    other[20] ^= 1;
    write(NAME, other);
    expectRefusal(reading(GOOD), NAME, sha256(other), sha256(GOOD), "not the published file");
  }

  @Test
  void refuses_a_missing_file_and_names_both_places() {
    expectRefusal(reading(GOOD), folder.resolve(NAME + ".gz").toString(), "missing", "-Ddata.dir");
  }

  @Test
  void refuses_a_missing_folder() {
    Path missing = folder.resolve("nowhere");
    expectRefusal(
        () -> IdxFile.read(missing, NAME, 3, sha256(GOOD)),
        missing.toString(),
        "not a folder",
        "-Ddata.dir");
  }

  @Test
  void refuses_a_folder_in_the_place_of_the_file() throws IOException {
    Files.createDirectory(folder.resolve(NAME));
    expectRefusal(reading(GOOD), NAME, "cannot be read");
  }

  private ThrowingCallable reading(byte[] published) {
    return () -> IdxFile.read(folder, NAME, 3, sha256(published));
  }

  /** Every refusal names the file, and says what to do. */
  private static void expectRefusal(ThrowingCallable reading, String... parts) {
    assertThatThrownBy(reading)
        .isInstanceOf(DataException.class)
        .hasMessageContainingAll(parts)
        .hasMessageContaining("restore it from the repository");
  }

  private void write(String name, byte[] content) throws IOException {
    Files.write(folder.resolve(name), content);
  }

  private static byte[] gzip(byte[] content) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(content);
    }
    return out.toByteArray();
  }

  private static String sha256(byte[] content) throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
  }
}
