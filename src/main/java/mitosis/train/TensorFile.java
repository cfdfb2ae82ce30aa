package mitosis.train;

import ai.djl.ndarray.types.Shape;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.type.TypeReference;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;
import mitosis.data.Half;

/**
 * Named arrays of floats as safetensors: the length of a header in eight bytes, the header as JSON,
 * and the numbers, of 32 bits each, or of 16 where so much is enough. Written and read without the
 * engine, which not every training needs.
 */
final class TensorFile {

  private static final String FLOAT = "F32";
  private static final String HALF = "F16";

  private TensorFile() {}

  /** What the header says of an array. */
  private record Entry(
      String dtype, long[] shape, @JsonProperty("data_offsets") int[] dataOffsets) {}

  /**
   * @param values by name
   * @param shapes of the same names
   */
  static byte[] encode(Map<String, float[]> values, Map<String, Shape> shapes) {
    return encode(values, shapes, name -> false);
  }

  /**
   * @param values by name
   * @param shapes of the same names
   * @param halved whether an array is rounded to 16 bits, by its name
   */
  static byte[] encode(
      Map<String, float[]> values, Map<String, Shape> shapes, Predicate<String> halved) {
    Map<String, Entry> entries = new LinkedHashMap<>();
    int end = 0;
    for (Map.Entry<String, float[]> array : values.entrySet()) {
      boolean half = halved.test(array.getKey());
      int begin = end;
      end += array.getValue().length * (half ? Short.BYTES : Float.BYTES);
      entries.put(
          array.getKey(),
          new Entry(
              half ? HALF : FLOAT, shapes.get(array.getKey()).getShape(), new int[] {begin, end}));
    }
    byte[] header = Json.line(entries).getBytes(StandardCharsets.UTF_8);
    ByteBuffer bytes =
        ByteBuffer.allocate(Long.BYTES + header.length + end).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putLong(header.length).put(header);
    values.forEach(
        (name, array) -> {
          for (float value : array) {
            if (entries.get(name).dtype.equals(HALF)) {
              bytes.putShort(Half.bits(value));
            } else {
              bytes.putFloat(value);
            }
          }
        });
    return bytes.array();
  }

  /**
   * @throws IllegalArgumentException if an array does not hold floats of 32 or 16 bits
   */
  static Map<String, float[]> decode(byte[] content) {
    ByteBuffer bytes = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
    byte[] header = new byte[(int) bytes.getLong()];
    bytes.get(header);
    int data = bytes.position();
    Map<String, Entry> entries =
        Json.read(new String(header, StandardCharsets.UTF_8), new TypeReference<>() {});
    Map<String, float[]> values = new LinkedHashMap<>();
    entries.forEach(
        (name, entry) -> {
          bytes.position(data + entry.dataOffsets[0]);
          int length = entry.dataOffsets[1] - entry.dataOffsets[0];
          values.put(
              name,
              switch (entry.dtype) {
                case FLOAT -> floats(bytes, length / Float.BYTES);
                case HALF -> halves(bytes, length / Short.BYTES);
                default ->
                    throw new IllegalArgumentException(
                        "array %s holds %s, expected F32 or F16".formatted(name, entry.dtype));
              });
        });
    return values;
  }

  private static float[] floats(ByteBuffer bytes, int count) {
    float[] values = new float[count];
    bytes.asFloatBuffer().get(values);
    return values;
  }

  private static float[] halves(ByteBuffer bytes, int count) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) Half.value(bytes.getShort());
    }
    return values;
  }
}
