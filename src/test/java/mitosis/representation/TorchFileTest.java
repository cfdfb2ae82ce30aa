package mitosis.representation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import mitosis.representation.TorchFile.TensorPickle;
import net.razorvine.pickle.Pickler;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that PyTorch wrote (see {@code fixtures/README.md}), and pickles that it never would. */
class TorchFileTest {

  private static final Path WRITTEN_BY_TORCH = Path.of("fixtures/torch");

  @TempDir private Path folder;

  private static StoredArray written(String name) {
    return TorchFile.read(WRITTEN_BY_TORCH.resolve(name));
  }

  @Test
  void readsRows() {
    assertThat(written("rows.pt").rows())
        .isDeepEqualTo(new double[][] {{0, 1, 2, 3}, {4, 5, 6, 7}, {8, 9, 10, 11}});
    assertThat(written("rows.pt").columns())
        .isDeepEqualTo(new float[][] {{0, 4, 8}, {1, 5, 9}, {2, 6, 10}, {3, 7, 11}});
  }

  @Test
  void readsATransposedView() {
    assertThat(written("transposed.pt").rows())
        .isDeepEqualTo(new double[][] {{0, 4, 8}, {1, 5, 9}, {2, 6, 10}, {3, 7, 11}});
    assertThat(written("transposed.pt").columns())
        .isDeepEqualTo(new float[][] {{0, 1, 2, 3}, {4, 5, 6, 7}, {8, 9, 10, 11}});
  }

  @Test
  void readsEveryThirdNumberBehindAnOffset() {
    assertThat(written("every-third.pt").vector()).containsExactly(2, 5, 8);
  }

  @Test
  void readsColumnsOutOfTheMiddle() {
    assertThat(written("inner-columns.pt").rows())
        .isDeepEqualTo(new double[][] {{1, 2}, {5, 6}, {9, 10}});
  }

  @Test
  void readsTheOnlyTensorOfADictAndAParameter() {
    assertThat(written("parameter.pt").vector()).containsExactly(0, 1, 2, 3);
  }

  @Test
  void refusesNumbersThatAreUsedTwice() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> written("expanded.pt"))
        .withMessageContaining("expanded.pt has shape (3, 4) and strides [0, 0]")
        .withMessageContaining("clone()");
  }

  @Test
  void refusesTheFormatBeforeTorch16() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> written("before-1.6.pt"))
        .withMessageContaining("before-1.6.pt is in the format of PyTorch before 1.6")
        .withMessageContaining("torch.save(torch.load(file), file)");
  }

  static Stream<Arguments> foreignPickles() throws IOException {
    PickleWriter command = new PickleWriter().global("os", "system").string("touch ran");
    PickleWriter evaluated =
        new PickleWriter().string("builtins").string("eval").opcode(0x93).string("1");
    PickleWriter instance = new PickleWriter().opcode('(').string("touch ran");
    instance.opcode('i').text("os\nsystem\n");
    PickleWriter object = new PickleWriter().opcode('(').global("os", "system").opcode('o');
    PickleWriter state = new PickleWriter().opcode('}').opcode('}').opcode('b');
    PickleWriter made = new PickleWriter().global("collections", "OrderedDict");
    PickleWriter datetime = new PickleWriter().global("datetime", "datetime");
    PickleWriter bytes = new PickleWriter().global("builtins", "bytearray").opcode(')');
    PickleWriter storage = new PickleWriter().global("torch", "ComplexFloatStorage");
    PickleWriter dotted = new PickleWriter().global("torch", "_utils._rebuild_tensor_v2.x");
    return Stream.of(
        Arguments.of("os.system", command.opcode(0x85).opcode('R').stop()),
        Arguments.of("builtins.eval", evaluated.opcode(0x85).opcode('R').stop()),
        Arguments.of("opcode 0x69", instance.stop()),
        Arguments.of("os.system", object.stop()),
        Arguments.of("opcode 0x62", state.stop()),
        Arguments.of("opcode 0x81", made.opcode(')').opcode(0x81).stop()),
        Arguments.of("opcode 0x82", new PickleWriter().opcode(0x82).opcode(1).stop()),
        Arguments.of("opcode 0x50", new PickleWriter().opcode('P').text("0\n").stop()),
        Arguments.of("decimal.Decimal", new Pickler().dumps(BigDecimal.ONE)),
        Arguments.of("builtins.bytearray", bytes.opcode('R').stop()),
        Arguments.of("torch.ComplexFloatStorage", storage.stop()),
        Arguments.of("torch._utils._rebuild_tensor_v2.x", dotted.stop()),
        Arguments.of("datetime.datetime", datetime.tuple(2022, 1, 1).opcode('R').stop()));
  }

  @ParameterizedTest
  @MethodSource("foreignPickles")
  void refusesWhateverATensorDoesNotNeed(String named, byte[] pickle) throws IOException {
    Path file = write(pickle, floats(1));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> TorchFile.read(file))
        .withMessageContaining("tensor.pt")
        .withMessageContaining(named)
        .withMessageContaining("nothing was run");
  }

  @Test
  void refusesATensorWhoseNumbersWouldBeNegated() throws IOException {
    PickleWriter negated =
        new PickleWriter().openTensor("FloatStorage", 1, 0, new int[] {1}, new int[] {1});
    negated.opcode('}').string("neg").opcode(0x88).opcode('s').opcode('t').opcode('R');
    Path file = write(negated.stop(), floats(1));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> TorchFile.read(file))
        .withMessageContaining("metadata");
  }

  @Test
  void refusesATensorThatReachesOutOfItsNumbers() throws IOException {
    PickleWriter beyond =
        new PickleWriter().tensor("FloatStorage", 4, 1, new int[] {2, 2}, new int[] {2, 1});
    Path file = write(beyond.stop(), floats(1, 2, 3, 4));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> TorchFile.read(file))
        .withMessageContaining("offset 1, which reach out of the 4 numbers");
  }

  @Test
  void refusesRowsThatOverlap() throws IOException {
    Path file =
        write(
            PickleWriter.tensor("FloatStorage", 4, new int[] {2, 3}, new int[] {1, 1}),
            floats(1, 2, 3, 4));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> TorchFile.read(file))
        .withMessageContaining("use numbers more than once");
  }

  @Test
  void refusesFewerNumbersThanThePickleSays() throws IOException {
    Path file =
        write(PickleWriter.tensor("DoubleStorage", 2, new int[] {2}, new int[] {1}), floats(1, 2));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> TorchFile.read(file))
        .withMessageContaining("has 8 bytes in data/0, where 2 numbers of 8 bytes should be");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "[0, 1]", "{}"})
  void refusesAnythingButOneTensor(String saved) throws IOException {
    PickleWriter pickle = new PickleWriter();
    switch (saved) {
      case "{}" -> pickle.opcode('}');
      case "[]" -> pickle.opcode(']');
      default -> pickle.opcode(']').opcode('(').whole(0).whole(1).opcode('e');
    }
    Path file = write(pickle.stop(), floats(1));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> TorchFile.read(file))
        .withMessageContaining("not a single tensor");
  }

  @Test
  void readsTheByteOrderThatIsSaid() throws IOException {
    byte[] big = ByteBuffer.allocate(4).putFloat(1.5f).array();
    byte[] pickle = PickleWriter.tensor("FloatStorage", 1, new int[] {1}, new int[] {1});

    assertThat(TorchFile.read(write(pickle, big, "big")).vector()).containsExactly(1.5);
    Path wrong = write(pickle, big, "middle");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TorchFile.read(wrong))
        .withMessageContaining("'middle'");
  }

  @Test
  void refusesNumbersThatWereChanged() throws IOException {
    Path file = folder.resolve("tensor.pt");
    byte[] bytes = Files.readAllBytes(WRITTEN_BY_TORCH.resolve("rows.pt"));
    byte[] eleven = ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putFloat(11).array();
    int at = 0;
    while (!Arrays.equals(bytes, at, at + 4, eleven, 0, 4)) {
      at++;
    }
    bytes[at] ^= 1;
    StoredArray array = TorchFile.read(Files.write(file, bytes));

    assertThatIllegalArgumentException()
        .isThrownBy(array::rows)
        .withMessageContaining("tensor.pt is damaged")
        .withMessageContaining("checksum");
  }

  /** Whatever is wrong, it is said by the exception that says so, and of this file. */
  @Test
  void refusesDamagedPickles() throws IOException {
    byte[] pickle = PickleWriter.tensor("FloatStorage", 1, new int[] {1}, new int[] {1});
    Random random = new Random(1);
    for (int trial = 0; trial < 2000; trial++) {
      byte[] damaged =
          Arrays.copyOf(pickle, trial % 2 == 0 ? 1 + random.nextInt(200) : pickle.length);
      damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
      Throwable thrown = catchThrowable(() -> TensorPickle.read("here", damaged));
      if (thrown != null) {
        assertThat(thrown)
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageStartingWith("here holds a ");
      }
    }
  }

  @Test
  void refusesAPickleThatClaimsMoreThanItHas() {
    byte[] pickle = new PickleWriter().opcode('X').little(Integer.MAX_VALUE).stop();

    assertThatIllegalArgumentException()
        .isThrownBy(() -> TensorPickle.read("here", pickle))
        .withMessageContaining("cut short");
  }

  @Test
  void refusesOtherFiles() throws IOException {
    Path text = Files.writeString(folder.resolve("text.pt"), "nothing of the kind");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TorchFile.read(text))
        .withMessageContaining("text.pt is not a file of torch.save");

    Path zip = folder.resolve("zip.pt");
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
      put(out, "something", new byte[1]);
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TorchFile.read(zip))
        .withMessageContaining("no data.pkl");

    byte[] whole = Files.readAllBytes(WRITTEN_BY_TORCH.resolve("rows.pt"));
    Path cut = Files.write(folder.resolve("cut.pt"), Arrays.copyOf(whole, whole.length - 9));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TorchFile.read(cut))
        .withMessageContaining("cut.pt is damaged or cut short");
  }

  private Path write(byte[] pickle, byte[] numbers) throws IOException {
    return write(pickle, numbers, "little");
  }

  private Path write(byte[] pickle, byte[] numbers, String byteOrder) throws IOException {
    Path file = folder.resolve("tensor.pt");
    write(file, pickle, numbers, byteOrder);
    return file;
  }

  /** As {@code torch.save} lays it out since 2.1; before, there was no {@code byteorder}. */
  static void write(Path file, byte[] pickle, byte[] numbers, String byteOrder) throws IOException {
    try (OutputStream raw = Files.newOutputStream(file);
        ZipOutputStream out = new ZipOutputStream(raw)) {
      put(out, "archive/data.pkl", pickle);
      put(out, "archive/byteorder", byteOrder.getBytes(StandardCharsets.US_ASCII));
      put(out, "archive/data/0", numbers);
      put(out, "archive/version", "3\n".getBytes(StandardCharsets.US_ASCII));
    }
  }

  private static void put(ZipOutputStream out, String name, byte[] content) throws IOException {
    out.putNextEntry(new ZipEntry(name));
    out.write(content);
    out.closeEntry();
  }

  private static byte[] floats(float... numbers) {
    ByteBuffer buffer = ByteBuffer.allocate(4 * numbers.length).order(ByteOrder.LITTLE_ENDIAN);
    for (float number : numbers) {
      buffer.putFloat(number);
    }
    return buffer.array();
  }
}
