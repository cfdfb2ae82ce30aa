package mitosis.analysis;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import mitosis.analysis.LayerSummary.LayerValue;

/**
 * How a layer becomes what it is: all that is measured of it, at several epochs of one training
 * (P22 figures 6b and 7b-c).
 *
 * @param snapshots at increasing epochs, one at least, of layers of one width and measured at the
 *     same chunk sizes
 */
public record Dynamics(List<Snapshot> snapshots) {

  /**
   * The layer at one epoch.
   *
   * @param epoch the number of epochs that it was trained, at least 0
   * @param layer what was measured of it
   */
  public record Snapshot(int epoch, LayerSummary layer) {

    /**
     * @throws IllegalArgumentException if the epoch is negative
     */
    public Snapshot {
      if (epoch < 0) {
        throw new IllegalArgumentException("epoch is %d, but must be at least 0".formatted(epoch));
      }
    }
  }

  /**
   * One line of the table.
   *
   * @param epoch of the snapshot
   * @param value one of its layer's
   */
  public record Row(int epoch, LayerValue value) {}

  /**
   * @throws IllegalArgumentException if there is no snapshot, epochs don't increase, or layers
   *     differ in width or sizes
   */
  public Dynamics {
    snapshots = List.copyOf(snapshots);
    if (snapshots.isEmpty()) {
      throw new IllegalArgumentException("dynamics take one snapshot at least");
    }
    for (int i = 1; i < snapshots.size(); i++) {
      requireFollows(snapshots.get(i - 1), snapshots.get(i));
    }
  }

  private static void requireFollows(Snapshot before, Snapshot after) {
    if (after.epoch() <= before.epoch()) {
      throw new IllegalArgumentException(
          "epochs must increase, but %d is followed by %d; sort the snapshots and give each once"
              .formatted(before.epoch(), after.epoch()));
    }
    if (after.layer().width() != before.layer().width()) {
      throw new IllegalArgumentException(
          "the layer has %d neurons at epoch %d, but %d at epoch %d; give those of one training"
              .formatted(
                  before.layer().width(), before.epoch(), after.layer().width(), after.epoch()));
    }
    int[] sizes = before.layer().sizes();
    if (!Arrays.equals(sizes, after.layer().sizes())) {
      throw new IllegalArgumentException(
          "chunk sizes are %s at epoch %d, but %s at epoch %d; measure the same at every epoch"
              .formatted(
                  Arrays.toString(sizes),
                  before.epoch(),
                  Arrays.toString(after.layer().sizes()),
                  after.epoch()));
    }
  }

  /** The epochs, increasing. */
  public int[] epochs() {
    return snapshots.stream().mapToInt(Snapshot::epoch).toArray();
  }

  /**
   * One quantity at each of {@link #epochs}.
   *
   * @param quantity such as {@code layer -> layer.at(64).testError().mean()}
   */
  public double[] column(ToDoubleFunction<LayerSummary> quantity) {
    return snapshots.stream()
        .mapToDouble(snapshot -> quantity.applyAsDouble(snapshot.layer()))
        .toArray();
  }

  /**
   * The whole as a table in long form: one line a value, epoch by epoch, the same values in the
   * same order at each.
   */
  public List<Row> rows() {
    return snapshots.stream()
        .flatMap(
            snapshot ->
                snapshot.layer().values().stream().map(value -> new Row(snapshot.epoch(), value)))
        .toList();
  }
}
