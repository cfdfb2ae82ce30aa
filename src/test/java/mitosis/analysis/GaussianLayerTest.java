package mitosis.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import mitosis.representation.Representation;
import org.junit.jupiter.api.Test;

class GaussianLayerTest {

  @Test
  void holdsNoClones() {
    Representation layer = new GaussianLayer(64, 4000, 2000, 1).representation();
    int[] sizes = ChunkSizes.halvings(64);

    ChunkError error = ChunkError.measure(layer, sizes, 100, 1);

    assertThat(error.full()).isEqualTo(new ChunkError.Errors(0, 0));
    assertThat(error.trainErrors()[4]).isCloseTo(0.25, within(0.02));
    assertThat(error.test().get(4).mean()).isCloseTo(0.25, within(0.02));
    assertThat(new CriticalWidth(1e-3).of(sizes, error.trainErrors(), 0)).hasValue(64);
    assertThat(Reconstruction.measure(layer.test(), sizes, 5, 1).heldOutR2At(32).mean())
        .isCloseTo(0.5, within(0.02));
  }

  @Test
  void refusesBadInput() {
    assertThatIllegalArgumentException().isThrownBy(() -> new GaussianLayer(0, 1, 1, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> new GaussianLayer(1, 0, 1, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> new GaussianLayer(1, 1, 0, 1));
  }
}
