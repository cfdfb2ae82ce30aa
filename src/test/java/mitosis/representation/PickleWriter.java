package mitosis.representation;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Writes pickles opcode by opcode, as Python's {@code pickletools} names them. */
final class PickleWriter {

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  PickleWriter() {
    opcode(0x80).opcode(2);
  }

  /** A whole pickle of a tensor of {@code data/0}, as {@code torch.save} writes it. */
  static byte[] tensor(String storageType, long numbers, int[] shape, int[] strides) {
    return new PickleWriter().tensor(storageType, numbers, 0, shape, strides).stop();
  }

  PickleWriter tensor(String storageType, long numbers, int offset, int[] shape, int[] strides) {
    openTensor(storageType, numbers, offset, shape, strides);
    return opcode('t').opcode('R');
  }

  /** A tensor up to its hooks: arguments may follow. */
  PickleWriter openTensor(
      String storageType, long numbers, int offset, int[] shape, int[] strides) {
    global("torch._utils", "_rebuild_tensor_v2").opcode('(');
    opcode('(').string("storage").global("torch", storageType).string("0").string("cpu");
    whole(numbers).opcode('t').opcode('Q');
    whole(offset).tuple(shape).tuple(strides).opcode(0x89);
    return global("collections", "OrderedDict").opcode(')').opcode('R');
  }

  PickleWriter opcode(int opcode) {
    out.write(opcode);
    return this;
  }

  /** GLOBAL. */
  PickleWriter global(String module, String name) {
    return opcode('c').text(module + "\n" + name + "\n");
  }

  PickleWriter text(String text) {
    out.writeBytes(text.getBytes(StandardCharsets.UTF_8));
    return this;
  }

  /** BINUNICODE. */
  PickleWriter string(String text) {
    return opcode('X').little(text.length()).text(text);
  }

  /** LONG1. */
  PickleWriter whole(long number) {
    opcode(0x8A).opcode(8);
    out.writeBytes(ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(number).array());
    return this;
  }

  PickleWriter tuple(int... numbers) {
    opcode('(');
    for (int number : numbers) {
      whole(number);
    }
    return opcode('t');
  }

  PickleWriter little(int number) {
    out.writeBytes(ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(number).array());
    return this;
  }

  byte[] stop() {
    return opcode('.').out.toByteArray();
  }
}
