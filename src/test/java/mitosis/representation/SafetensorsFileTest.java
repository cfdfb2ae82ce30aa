package mitosis.representation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HexFormat;
import mitosis.representation.NamedArrays.SubjectArray;
import mitosis.representation.SubjectSource.SafetensorsFile;
import org.assertj.core.api.ThrowableAssertAlternative;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SafetensorsFileTest {

  @TempDir private Path folder;

  private static String labels(String type, String shape, String offsets) {
    return "\"labels_test\":{\"dtype\":\"%s\",\"shape\":%s,\"data_offsets\":%s}"
        .formatted(type, shape, offsets);
  }

  private Path write(String header, byte[] data) throws IOException {
    return Files.write(folder.resolve("a.safetensors"), StoredForm.safetensors(header, data));
  }

  private ThrowableAssertAlternative<IllegalArgumentException> assertRefused(
      String header, int bytes) throws IOException {
    Path file = write(header, new byte[bytes]);
    return assertThatIllegalArgumentException()
        .isThrownBy(() -> new SafetensorsFile(file).arrays())
        .withMessageContaining("a.safetensors");
  }

  /** numpy and torch: {@code np.array([1, -2], dtype).tobytes()}; unsigned and truth values: 1. */
  @ParameterizedTest
  @CsvSource({
    "F16, 003C00C0, -2",
    "BF16, 803F00C0, -2",
    "F32, 0000803F000000C0, -2",
    "F64, 000000000000F03F00000000000000C0, -2",
    "I8, 01FE, -2",
    "I16, 0100FEFF, -2",
    "I32, 01000000FEFFFFFF, -2",
    "I64, 0100000000000000FEFFFFFFFFFFFFFF, -2",
    "U8, 01FE, 254",
    "U16, 0100FEFF, 65534",
    "U32, 01000000FEFFFFFF, 4294967294",
    "BOOL, 0101, 1"
  })
  void readsTypes(String type, String data, double second) throws IOException {
    byte[] bytes = HexFormat.of().parseHex(data);
    String header = "{" + labels(type, "[2]", "[0," + bytes.length + "]") + "}  ";

    StoredArray array =
        new SafetensorsFile(write(header, bytes)).arrays().require(SubjectArray.LABELS_TEST);

    assertThat(array.vector()).containsExactly(1, second);
  }

  /** Three GiB of another array, which is a hole in the file, lie before it. */
  @Test
  void readsBeyondTwoGibibytes() throws IOException {
    long begin = 3L << 30;
    String header =
        "{\"other\":{\"dtype\":\"U8\",\"shape\":[%d],\"data_offsets\":[0,%d]},%s}"
            .formatted(1 << 30, begin, labels("I8", "[2]", "[%d,%d]".formatted(begin, begin + 2)));
    Path file = write(header, new byte[0]);
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.wrap(new byte[] {3, 4}), Files.size(file) + begin);
    }

    StoredArray array = new SafetensorsFile(file).arrays().require(SubjectArray.LABELS_TEST);

    assertThat(array.integers()).containsExactly(3, 4);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[1,9]  | 9 | where byte 0 is next",
        "[0,8]  | 9 | has 9 bytes of data, but its header speaks of 8",
        "[0,16] | 8 | has 8 bytes of data, but its header speaks of 16",
        "[8,0]  | 8 | where byte 0 is next",
        "[-8,0] | 8 | where byte 0 is next",
        "[0,9]  | 9 | needs 1 numbers of 8 bytes",
        "[0]    | 8 | lacks dtype, shape or data_offsets"
      })
  void refusesOffsetsThatDoNotCoverTheFile(String offsets, int bytes, String message)
      throws IOException {
    assertRefused("{" + labels("I64", "[1]", offsets) + "}", bytes).withMessageContaining(message);
  }

  @Test
  void refusesArraysThatOverlap() throws IOException {
    String other = "\"other\":{\"dtype\":\"I64\",\"shape\":[1],\"data_offsets\":[4,12]}";

    assertRefused("{" + labels("I64", "[1]", "[0,8]") + "," + other + "}", 12)
        .withMessageContaining("\"other\" at bytes 4 to 12, where byte 8 is next");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"F8_E4M3 | [1]", "I64 | [1,1,1]", "I64 | [-1]", "I64 | [1.5]", "I64 | [0]"})
  void refusesOtherTypesAndShapes(String type, String shape) throws IOException {
    assertRefused("{" + labels(type, shape, "[0,8]") + "}", 8).withMessageContaining("labels_test");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "[]", "{} {}", "nonsense"})
  void refusesHeadersThatAreNoJsonObject(String header) throws IOException {
    assertRefused(header, 0).withMessageContaining("header");
  }

  @Test
  void refusesTheSameNameTwice() throws IOException {
    String twice = labels("I64", "[1]", "[0,8]");

    assertRefused("{" + twice + "," + twice + "}", 8).withMessageContaining("Duplicate");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0011", "FFFFFFFFFFFFFF7F", "FFFFFFFFFFFFFFFF", "0100000000000000"})
  void refusesFilesThatEndBeforeTheirHeader(String bytes) throws IOException {
    Path file = Files.write(folder.resolve("a.safetensors"), HexFormat.of().parseHex(bytes));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SafetensorsFile(file).arrays())
        .withMessageContaining("a.safetensors is not a");
  }
}
