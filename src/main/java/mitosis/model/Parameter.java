package mitosis.model;

import java.util.List;

/**
 * A trainable array of a network, as PyTorch names and shapes it.
 *
 * @param name for example {@code body.0.weight}
 * @param kind what it does, which decides how it is initialised
 * @param shape for one seed: (out, in) for a linear layer's weight
 */
public record Parameter(String name, Kind kind, List<Integer> shape) {

  /** What a parameter does. */
  public enum Kind {
    /** A linear map. */
    WEIGHT,
    /** The scale of a BatchNorm. */
    GAMMA,
    /** Any offset. */
    BIAS
  }

  /** Keeps a copy of the shape. */
  public Parameter {
    shape = List.copyOf(shape);
  }

  /** Numbers per seed. */
  public int size() {
    return shape.stream().reduce(1, Math::multiplyExact);
  }

  /**
   * An array that training updates without a gradient: a BatchNorm's running mean or variance.
   *
   * @param name as PyTorch names it, for example {@code body.1.running_mean}
   * @param shape for one seed
   * @param initial the value before training
   */
  public record RunningStatistic(String name, List<Integer> shape, float initial) {

    /** Keeps a copy of the shape. */
    public RunningStatistic {
      shape = List.copyOf(shape);
    }

    /** Numbers per seed. */
    public int size() {
      return shape.stream().reduce(1, Math::multiplyExact);
    }
  }
}
