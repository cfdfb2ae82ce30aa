package mitosis.train;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.LinkedHashMap;
import java.util.Map;
import mitosis.model.DeviceRead;
import mitosis.model.NativeEngine;

/** Named float32 arrays as safetensors. */
final class TensorFile {

  private TensorFile() {}

  /**
   * @param values by name
   * @param shapes of the same names
   */
  static byte[] encode(Map<String, float[]> values, Map<String, Shape> shapes) {
    try (NDManager manager = NativeEngine.get().newBaseManager(Device.cpu())) {
      NDList arrays = new NDList();
      values.forEach(
          (name, value) -> {
            NDArray array = manager.create(value, shapes.get(name));
            array.setName(name);
            arrays.add(array);
          });
      return arrays.encode(NDList.Encoding.SAFETENSORS);
    }
  }

  /**
   * @throws IllegalArgumentException if an array does not hold 32-bit floats
   */
  static Map<String, float[]> decode(byte[] content) {
    try (NDManager manager = NativeEngine.get().newBaseManager(Device.cpu())) {
      Map<String, float[]> values = new LinkedHashMap<>();
      for (NDArray array : NDList.decode(manager, content)) {
        if (array.getDataType() != DataType.FLOAT32) {
          throw new IllegalArgumentException(
              "array %s holds %s, expected float32"
                  .formatted(array.getName(), array.getDataType()));
        }
        values.put(array.getName(), DeviceRead.floats(array));
      }
      return values;
    }
  }
}
