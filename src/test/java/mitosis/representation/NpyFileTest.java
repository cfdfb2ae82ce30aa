package mitosis.representation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NpyFileTest {

  @TempDir private Path folder;

  @Test
  void readsDoublesInCOrder() throws IOException {
    StoredArray file = NpyFile.read(write("<f8", false, "(2, 3)", doubles(1, 2, 3, 4, 5, 6)));

    assertThat(file.shape()).containsExactly(2, 3);
    assertThat(file.rows()).isDeepEqualTo(new double[][] {{1, 2, 3}, {4, 5, 6}});
    assertThat(file.columns()).isDeepEqualTo(new float[][] {{1, 4}, {2, 5}, {3, 6}});
    assertThat(file.floats()).containsExactly(1, 2, 3, 4, 5, 6);
  }

  @Test
  void readsDoublesInFortranOrder() throws IOException {
    StoredArray file = NpyFile.read(write("<f8", true, "(2, 3)", doubles(1, 4, 2, 5, 3, 6)));

    assertThat(file.rows()).isDeepEqualTo(new double[][] {{1, 2, 3}, {4, 5, 6}});
    assertThat(file.floats()).containsExactly(1, 2, 3, 4, 5, 6);
  }

  @Test
  void readsFloatsAndIntegers() throws IOException {
    byte[] floats = buffer(8).putFloat(0.1f).putFloat(-2).array();
    byte[] ints = buffer(8).putInt(-1).putInt(7).array();
    byte[] longs = buffer(16).putLong(-1).putLong(9).array();

    assertThat(NpyFile.read(write("<f4", false, "(2,)", floats)).vector())
        .containsExactly(0.1f, -2);
    assertThat(NpyFile.read(write("<i4", false, "(2,)", ints)).integers()).containsExactly(-1, 7);
    assertThat(NpyFile.read(write("<i8", false, "(2,)", longs)).integers()).containsExactly(-1, 9);
  }

  /** numpy: {@code np.array([1, -2], dtype).tobytes()}. */
  @ParameterizedTest
  @CsvSource({
    ">f2, 3C00C000",
    ">f4, 3F800000C0000000",
    ">f8, 3FF0000000000000C000000000000000",
    "|i1, 01FE",
    "<i2, 0100FEFF",
    ">i4, 00000001FFFFFFFE",
    ">i8, 0000000000000001FFFFFFFFFFFFFFFE"
  })
  void readsEitherByteOrder(String type, String data) throws IOException {
    Path path = write(type, false, "(2,)", HexFormat.of().parseHex(data));

    assertThat(NpyFile.read(path).vector()).containsExactly(1, -2);
  }

  @ParameterizedTest
  @CsvSource({
    "|u1, FF, 255",
    "|b1, 01, 1",
    "<u2, FFFF, 65535",
    ">u2, FF00, 65280",
    "<u4, FFFFFFFF, 4294967295"
  })
  void readsUnsignedNumbers(String type, String data, double value) throws IOException {
    Path path = write(type, false, "(1,)", HexFormat.of().parseHex(data));

    assertThat(NpyFile.read(path).vector()).containsExactly(value);
  }

  @Test
  void readsASingleNumber() throws IOException {
    StoredArray file = NpyFile.read(write("<f8", false, "()", doubles(0.5)));

    assertThat(file.shape()).isEmpty();
    assertThat(file.vector()).containsExactly(0.5);
    assertThat(file.floats()).containsExactly(0.5f);
  }

  /** More rows than are transposed at once, and columns that are no multiple of it. */
  @ParameterizedTest
  @CsvSource({"200, 37", "64, 16", "1, 37", "200, 1", "65, 1"})
  void transposesBlockByBlock(int rows, int columns) throws IOException {
    double[] byRow = IntStream.range(0, rows * columns).asDoubleStream().toArray();
    double[] byColumn =
        IntStream.range(0, rows * columns)
            .mapToDouble(i -> byRow[i % rows * columns + i / rows])
            .toArray();
    String shape = "(%d, %d)".formatted(rows, columns);

    for (boolean fortran : new boolean[] {false, true}) {
      Path path = write("<f8", fortran, shape, doubles(fortran ? byColumn : byRow));
      float[][] transposed = NpyFile.read(path).columns();
      double[][] same = NpyFile.read(path).rows();
      assertThat(transposed).hasDimensions(columns, rows);
      assertThat(same).hasDimensions(rows, columns);
      for (int i = 0; i < byRow.length; i++) {
        assertThat(transposed[i % columns][i / columns]).isEqualTo((float) i);
        assertThat(same[i / columns][i % columns]).isEqualTo(i);
      }
    }
  }

  @Test
  void namesThePlaceWhereverItIs() throws IOException {
    double[] values = new double[300 * 5];
    values[130 * 5 + 3] = Double.NaN;
    StoredArray byRow = NpyFile.read(write("<f8", false, "(300, 5)", doubles(values)));
    assertThatIllegalArgumentException()
        .isThrownBy(byRow::columns)
        .withMessageContaining("NaN at [130, 3]");

    StoredArray byColumn = NpyFile.read(write("<f8", true, "(5, 300)", doubles(values)));
    assertThatIllegalArgumentException()
        .isThrownBy(byColumn::columns)
        .withMessageContaining("NaN at [3, 130]");
  }

  @Test
  void refusesWhatIsLargerThanTheMemory() throws IOException {
    Path path = write("|i1", false, "(100000, 2000000)", new byte[0]);
    try (FileChannel file = FileChannel.open(path, StandardOpenOption.WRITE)) {
      // A hole: it takes no room on the disk.
      file.write(ByteBuffer.allocate(1), Files.size(path) + 200_000_000_000L - 1);
    }
    StoredArray array = NpyFile.read(path);

    assertThatIllegalArgumentException()
        .isThrownBy(array::columns)
        .withMessageContaining("needs 762939 MiB of memory")
        .withMessageContaining("-Xmx");
  }

  /** Bits and values from IEEE 754: one, the largest, the smallest, a third, minus two, zero. */
  @ParameterizedTest
  @CsvSource({
    "3C00, 1",
    "7BFF, 65504",
    "0001, 5.9604644775390625E-8",
    "3555, 0.333251953125",
    "C000, -2",
    "0000, 0",
    "0400, 6.103515625E-5",
    "03FF, 6.097555160522461E-5"
  })
  void readsHalfPrecision(String bits, double value) throws IOException {
    byte[] half = buffer(2).putShort((short) Integer.parseInt(bits, 16)).array();

    assertThat(NpyFile.read(write("<f2", false, "(1,)", half)).vector()).containsExactly(value);
  }

  @ParameterizedTest
  @ValueSource(strings = {"|O", "<c16", "<u8", "<f16", "|S1", "<M8[s]"})
  void refusesOtherTypes(String type) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> NpyFile.read(write(type, false, "(1,)", doubles(1))))
        .withMessageContaining("array.npy")
        .withMessageContaining(type);
  }

  @ParameterizedTest
  @ValueSource(strings = {"(1, 1, 1)", "(0,)", "(-1,)", "(x,)", "(2147483647, 2147483647)"})
  void refusesOtherShapes(String shape) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> NpyFile.read(write("<f8", false, shape, doubles(1))))
        .withMessageContaining("array.npy");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 5, 9, 20, 100, 135, 143, 145})
  void refusesTooFewOrTooManyBytes(int bytes) throws IOException {
    Path path = write("<f8", false, "(2,)", doubles(1, 2));
    assertThat(Files.size(path)).isEqualTo(144);
    Files.write(path, Arrays.copyOf(Files.readAllBytes(path), bytes));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> NpyFile.read(path))
        .withMessageContaining("array.npy");
  }

  @Test
  void refusesWhatIsNotThere() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> NpyFile.read(folder.resolve("nothing.npy")))
        .withMessageContaining("nothing.npy is not there");
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
  void refusesWhatIsNotFinite(double value) throws IOException {
    StoredArray file = NpyFile.read(write("<f8", false, "(1, 2)", doubles(1, value)));

    assertThatIllegalArgumentException()
        .isThrownBy(file::columns)
        .withMessageContaining("array.npy holds " + value + " at [0, 1]");
    assertThatIllegalArgumentException().isThrownBy(file::rows).withMessageContaining("[0, 1]");
  }

  @Test
  void refusesFeaturesBeyondFloats() throws IOException {
    StoredArray file = NpyFile.read(write("<f8", false, "(1, 1)", doubles(1e300)));

    assertThatIllegalArgumentException().isThrownBy(file::columns).withMessageContaining("1.0E300");
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.5, 3e9})
  void refusesLabelsThatAreNotIntegers(double value) throws IOException {
    StoredArray file = NpyFile.read(write("<f8", false, "(1,)", doubles(value)));

    assertThatIllegalArgumentException()
        .isThrownBy(file::integers)
        .withMessageContaining("not a whole number");
  }

  @Test
  void refusesAnotherNumberOfDimensions() throws IOException {
    StoredArray one = NpyFile.read(write("<f8", false, "(2,)", doubles(1, 2)));

    assertThatIllegalArgumentException().isThrownBy(one::rows).withMessageContaining("(2,)");
    StoredArray two = NpyFile.read(write("<f8", false, "(1, 2)", doubles(1, 2)));
    assertThatIllegalArgumentException().isThrownBy(two::vector).withMessageContaining("(1, 2)");
  }

  private Path write(String type, boolean fortran, String shape, byte[] data) throws IOException {
    String order = fortran ? "True" : "False";
    String header =
        "{'descr': '%s', 'fortran_order': %s, 'shape': %s, }".formatted(type, order, shape);
    byte[] padded =
        (header + " ".repeat(117 - header.length()) + "\n").getBytes(StandardCharsets.US_ASCII);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.write(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0});
    bytes.write(buffer(2).putShort((short) padded.length).array());
    bytes.write(padded);
    bytes.write(data);
    return Files.write(folder.resolve("array.npy"), bytes.toByteArray());
  }

  private static byte[] doubles(double... values) {
    ByteBuffer buffer = buffer(8 * values.length);
    for (double value : values) {
      buffer.putDouble(value);
    }
    return buffer.array();
  }

  private static ByteBuffer buffer(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
