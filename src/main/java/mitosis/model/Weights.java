package mitosis.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import mitosis.model.Parameter.RunningStatistic;

/**
 * Parameters and running statistics of S seeds of one network, each array with a leading seed axis.
 * The arrays belong to the manager that they were made with.
 */
public final class Weights {

  private final Map<String, NDArray> arrays;

  private Weights(Map<String, NDArray> arrays) {
    this.arrays = Collections.unmodifiableMap(arrays);
  }

  /**
   * Lays arrays from the heap on a device.
   *
   * @param architecture whose arrays they are
   * @param seeds S
   * @param values for every parameter and running statistic, by name, {@code S x shape} row-major
   * @param manager owns the device arrays
   * @throws IllegalArgumentException if an array is missing, foreign, or has a wrong size; names it
   */
  public static Weights of(
      Architecture architecture, int seeds, Map<String, float[]> values, NDManager manager) {
    requireFit(architecture, seeds, values);
    Map<String, NDArray> arrays = new LinkedHashMap<>();
    shapes(architecture, seeds)
        .forEach((name, shape) -> arrays.put(name, manager.create(values.get(name), shape)));
    return new Weights(arrays);
  }

  /**
   * Refuses arrays that are not those of a network.
   *
   * @throws IllegalArgumentException if an array is missing, foreign, or has a wrong size; names it
   */
  public static void requireFit(Architecture architecture, int seeds, Map<String, float[]> values) {
    Map<String, Shape> shapes = shapes(architecture, seeds);
    for (String name : values.keySet()) {
      if (!shapes.containsKey(name)) {
        throw new IllegalArgumentException(
            "%s has no array named %s; its arrays are %s"
                .formatted(architecture, name, shapes.keySet()));
      }
    }
    shapes.forEach(
        (name, shape) -> {
          float[] value = values.get(name);
          if (value == null || value.length != shape.size()) {
            throw new IllegalArgumentException(
                "array %s of %s must hold %d numbers, found %s"
                    .formatted(
                        name, architecture, shape.size(), value == null ? "none" : value.length));
          }
        });
  }

  /** Every array's shape with its leading seed axis, parameters first. */
  public static Map<String, Shape> shapes(Architecture architecture, int seeds) {
    Map<String, Shape> shapes = new LinkedHashMap<>();
    for (Parameter parameter : architecture.parameters()) {
      shapes.put(parameter.name(), shape(seeds, parameter.shape()));
    }
    for (RunningStatistic statistic : architecture.runningStatistics()) {
      shapes.put(statistic.name(), shape(seeds, statistic.shape()));
    }
    return shapes;
  }

  private static Shape shape(int seeds, List<Integer> shape) {
    long[] dimensions = new long[shape.size() + 1];
    dimensions[0] = seeds;
    for (int d = 0; d < shape.size(); d++) {
      dimensions[d + 1] = shape.get(d);
    }
    return new Shape(dimensions);
  }

  /**
   * The array of that name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public NDArray get(String name) {
    NDArray array = arrays.get(name);
    if (array == null) {
      throw new IllegalArgumentException("no array named %s".formatted(name));
    }
    return array;
  }

  /** All arrays by name, parameters first. */
  public Map<String, NDArray> arrays() {
    return arrays;
  }

  /** Copies all arrays to the heap, {@code S x shape} row-major. */
  public Map<String, float[]> toHeap() {
    Map<String, float[]> values = new LinkedHashMap<>();
    arrays.forEach((name, array) -> values.put(name, DeviceRead.floats(array)));
    return values;
  }

  /**
   * The one way by which numbers come back from a device. Each read waits until the device has done
   * all that it was told, so a training must not read within an epoch: a test counts.
   */
  public static final class DeviceRead {

    private static final AtomicLong COUNT = new AtomicLong();

    private DeviceRead() {}

    /** Copies an array's numbers to the heap, row-major. */
    public static float[] floats(NDArray array) {
      COUNT.incrementAndGet();
      return array.toFloatArray();
    }

    /** How many reads this process has made. */
    public static long count() {
      return COUNT.get();
    }
  }
}
