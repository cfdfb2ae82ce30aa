package mitosis.train;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import mitosis.model.DeviceRead;
import mitosis.model.NativeEngine;

/** Named arrays of floats as safetensors: of 32 bits each, or of 16 where so much is enough. */
final class TensorFile {

  private TensorFile() {}

  /**
   * @param values by name
   * @param shapes of the same names
   */
  static byte[] encode(Map<String, float[]> values, Map<String, Shape> shapes) {
    return encode(values, shapes, name -> DataType.FLOAT32);
  }

  /**
   * @param values by name
   * @param shapes of the same names
   * @param types of the same names, {@code FLOAT32} or {@code FLOAT16}, to which values are rounded
   */
  static byte[] encode(
      Map<String, float[]> values, Map<String, Shape> shapes, Function<String, DataType> types) {
    try (NDManager manager = NativeEngine.get().newBaseManager(Device.cpu())) {
      NDList arrays = new NDList();
      values.forEach(
          (name, value) -> {
            NDArray array =
                manager.create(value, shapes.get(name)).toType(types.apply(name), false);
            array.setName(name);
            arrays.add(array);
          });
      return arrays.encode(NDList.Encoding.SAFETENSORS);
    }
  }

  /**
   * @throws IllegalArgumentException if an array does not hold floats of 32 or 16 bits
   */
  static Map<String, float[]> decode(byte[] content) {
    try (NDManager manager = NativeEngine.get().newBaseManager(Device.cpu())) {
      Map<String, float[]> values = new LinkedHashMap<>();
      for (NDArray array : NDList.decode(manager, content)) {
        if (array.getDataType() != DataType.FLOAT32 && array.getDataType() != DataType.FLOAT16) {
          throw new IllegalArgumentException(
              "array %s holds %s, expected float32 or float16"
                  .formatted(array.getName(), array.getDataType()));
        }
        values.put(array.getName(), DeviceRead.floats(array.toType(DataType.FLOAT32, false)));
      }
      return values;
    }
  }
}
