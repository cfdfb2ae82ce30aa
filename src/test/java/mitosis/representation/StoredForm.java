package mitosis.representation;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.function.IntToDoubleFunction;
import java.util.function.IntToLongFunction;
import java.util.stream.Collectors;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** The forms in which a network may come, written as their own programs write them. */
enum StoredForm {
  NPY_FOLDER,
  NPZ_STORED,
  NPZ_DEFLATED,
  SAFETENSORS,
  TORCH_FOLDER;

  /**
   * An array.
   *
   * @param type {@code <f4} or {@code <i8}
   * @param shape extents
   * @param data the numbers, row by row
   */
  record Raw(String type, int[] shape, byte[] data) {

    /** 32-bit floats, from what each is at its place in the row by row order. */
    static Raw floats(IntToDoubleFunction number, int... shape) {
      ByteBuffer data = little(4 * size(shape));
      for (int i = 0; i < size(shape); i++) {
        data.putFloat((float) number.applyAsDouble(i));
      }
      return new Raw("<f4", shape, data.array());
    }

    /** 64-bit whole numbers. */
    static Raw longs(IntToLongFunction number, int... shape) {
      ByteBuffer data = little(8 * size(shape));
      for (int i = 0; i < size(shape); i++) {
        data.putLong(number.applyAsLong(i));
      }
      return new Raw("<i8", shape, data.array());
    }

    private static int size(int[] shape) {
      return Arrays.stream(shape).reduce(1, (a, b) -> a * b);
    }

    byte[] npy() {
      String header =
          "{'descr': '%s', 'fortran_order': False, 'shape': (%s), }"
              .formatted(type, extents() + (shape.length == 1 ? "," : ""));
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      out.writeBytes(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0, 118, 0});
      out.writeBytes(
          (header + " ".repeat(117 - header.length()) + "\n").getBytes(StandardCharsets.US_ASCII));
      out.writeBytes(data);
      return out.toByteArray();
    }

    private String extents() {
      return Arrays.stream(shape).mapToObj(Integer::toString).collect(Collectors.joining(", "));
    }
  }

  /**
   * Writes a network.
   *
   * @param folder an empty folder
   * @return what to read it by
   */
  Path write(Path folder, Map<String, Raw> arrays) throws IOException {
    switch (this) {
      case NPY_FOLDER -> {
        for (Map.Entry<String, Raw> array : arrays.entrySet()) {
          Files.write(folder.resolve(array.getKey() + ".npy"), array.getValue().npy());
        }
        return folder;
      }
      case NPZ_STORED -> {
        return npz(folder.resolve("network.npz"), arrays, Deflater.NO_COMPRESSION);
      }
      case NPZ_DEFLATED -> {
        return npz(folder.resolve("network.npz"), arrays, Deflater.DEFAULT_COMPRESSION);
      }
      case SAFETENSORS -> {
        return Files.write(folder.resolve("network.safetensors"), safetensors(arrays));
      }
      case TORCH_FOLDER -> {
        for (Map.Entry<String, Raw> array : arrays.entrySet()) {
          torch(folder.resolve(array.getKey() + ".pt"), array.getValue());
        }
        return folder;
      }
    }
    throw new IllegalStateException(name());
  }

  private static Path npz(Path file, Map<String, Raw> arrays, int level) throws IOException {
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(file))) {
      out.setLevel(level);
      for (Map.Entry<String, Raw> array : arrays.entrySet()) {
        out.putNextEntry(new ZipEntry(array.getKey() + ".npy"));
        out.write(array.getValue().npy());
        out.closeEntry();
      }
    }
    return file;
  }

  private static byte[] safetensors(Map<String, Raw> arrays) {
    StringBuilder header = new StringBuilder("{\"__metadata__\":{\"format\":\"np\"}");
    ByteArrayOutputStream data = new ByteArrayOutputStream();
    arrays.forEach(
        (name, array) -> {
          int begin = data.size();
          data.writeBytes(array.data());
          header.append(
              ",\"%s\":{\"dtype\":\"%s\",\"shape\":[%s],\"data_offsets\":[%d,%d]}"
                  .formatted(
                      name,
                      array.type().equals("<f4") ? "F32" : "I64",
                      array.extents(),
                      begin,
                      data.size()));
        });
    return safetensors(header + "}", data.toByteArray());
  }

  static byte[] safetensors(String header, byte[] data) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] json = header.getBytes(StandardCharsets.UTF_8);
    out.writeBytes(little(8).putLong(json.length).array());
    out.writeBytes(json);
    out.writeBytes(data);
    return out.toByteArray();
  }

  private static void torch(Path file, Raw array) throws IOException {
    int[] shape = array.shape();
    int[] strides = shape.length == 2 ? new int[] {shape[1], 1} : new int[shape.length];
    Arrays.fill(strides, Math.max(0, shape.length - 1), shape.length, 1);
    String storage = array.type().equals("<f4") ? "FloatStorage" : "LongStorage";
    byte[] pickle = PickleWriter.tensor(storage, Raw.size(shape), shape, strides);
    TorchFileTest.write(file, pickle, array.data(), "little");
  }

  private static ByteBuffer little(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
