package mitosis.analysis;

import static mitosis.analysis.SampleThresholds.THRESHOLDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.stream.IntStream;
import mitosis.analysis.LayerSummary.LayerValue;
import org.junit.jupiter.api.Test;

class DynamicsTest {

  private static final int[] SIZES = {4, 8, 16};

  /** Clones whose noise is what is left of it at an epoch. */
  private static Dynamics.Snapshot snapshot(int epoch, double noise) {
    return new Dynamics.Snapshot(epoch, summary(16, noise, SIZES));
  }

  private static LayerSummary summary(int width, double noise, int[] sizes) {
    return LayerSummary.measure(
        PlantedClones.ofWidth(width, 500, 300, 1).withFeatures(1).withNoise(noise).network(0),
        sizes,
        10,
        5,
        0,
        THRESHOLDS,
        1);
  }

  @Test
  void clonesThatLoseTheirNoiseShowItEpochByEpoch() {
    Dynamics dynamics =
        new Dynamics(List.of(snapshot(0, 2), snapshot(10, 0.5), snapshot(40, 0.05)));

    assertThat(dynamics.epochs()).containsExactly(0, 10, 40);
    double[] rebuilt = dynamics.column(layer -> layer.at(8).r2().mean());
    assertThat(rebuilt).isSorted().hasSize(3);
    assertThat(rebuilt[0]).isLessThan(0.8);
    assertThat(rebuilt[2]).isGreaterThan(0.99);
    double[] errors = dynamics.column(layer -> layer.full().test());
    assertThat(errors[0]).isGreaterThan(errors[1]);
    assertThat(errors[1]).isGreaterThan(errors[2]);
    assertThat(dynamics.column(LayerSummary::liveNeurons)).containsExactly(16, 16, 16);
  }

  @Test
  void rowsAreTheLayersValuesEpochByEpoch() {
    Dynamics dynamics = new Dynamics(List.of(snapshot(3, 1), snapshot(5, 0.1)));

    List<Dynamics.Row> rows = dynamics.rows();

    List<LayerValue> first = dynamics.snapshots().get(0).layer().values();
    List<LayerValue> second = dynamics.snapshots().get(1).layer().values();
    int half = first.size();
    assertThat(rows).hasSize(2 * half);
    assertThat(rows.subList(0, half)).extracting(Dynamics.Row::epoch).containsOnly(3);
    assertThat(rows.subList(0, half)).extracting(Dynamics.Row::value).isEqualTo(first);
    assertThat(rows.subList(half, 2 * half)).extracting(Dynamics.Row::epoch).containsOnly(5);
    assertThat(rows.subList(half, 2 * half)).extracting(Dynamics.Row::value).isEqualTo(second);
    assertThat(IntStream.range(0, half))
        .allMatch(
            i ->
                first.get(i).quantity().equals(second.get(i).quantity())
                    && first.get(i).size().equals(second.get(i).size()));
  }

  @Test
  void snapshotsThatAreOutOfOrderAreRefused() {
    Dynamics.Snapshot early = snapshot(10, 1);
    Dynamics.Snapshot late = snapshot(20, 1);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Dynamics(List.of(late, early)))
        .withMessageContaining("20 is followed by 10");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Dynamics(List.of(early, early)))
        .withMessageContaining("10 is followed by 10");
    assertThatIllegalArgumentException().isThrownBy(() -> new Dynamics(List.of()));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Dynamics.Snapshot(-1, early.layer()))
        .withMessageContaining("epoch is -1");
  }

  @Test
  void snapshotsThatCannotBeOfOneLayerAreRefused() {
    Dynamics.Snapshot first = snapshot(1, 1);

    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> new Dynamics(List.of(first, new Dynamics.Snapshot(2, summary(17, 1, SIZES)))))
        .withMessageContaining("16 neurons at epoch 1, but 17 at epoch 2");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new Dynamics(
                    List.of(first, new Dynamics.Snapshot(2, summary(16, 1, new int[] {4, 8})))))
        .withMessageContaining("[4, 8, 16] at epoch 1, but [4, 8] at epoch 2");
  }
}
