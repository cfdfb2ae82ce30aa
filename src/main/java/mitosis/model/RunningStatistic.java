package mitosis.model;

import java.util.List;

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
