package mitosis.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class ChunkSizesTest {

  @Test
  void halvesTheWidthDownToTwo() {
    assertThat(ChunkSizes.halvings(64)).containsExactly(2, 4, 8, 16, 32, 64);
    assertThat(ChunkSizes.halvings(2)).containsExactly(2);
    assertThat(ChunkSizes.halvings(3)).containsExactly(3);
    // DenseNet40 with 16 input channels
    assertThat(ChunkSizes.halvings(88)).containsExactly(2, 5, 11, 22, 44, 88);
  }

  @Test
  void refusesAWidthThatHasNoHalf() {
    assertThatIllegalArgumentException().isThrownBy(() -> ChunkSizes.halvings(1));
  }
}
