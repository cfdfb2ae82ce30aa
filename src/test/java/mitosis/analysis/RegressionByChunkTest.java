package mitosis.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import mitosis.representation.Representation;
import org.junit.jupiter.api.Test;

/** That the analysis and the authors' way measure the same. */
class RegressionByChunkTest {

  @Test
  void oneFactorisationForAllSizesGivesWhatARegressionForEachDoes() {
    Representation layer = ManyClassesLayer.of(160, 7, 900, 1500);
    RegressionByChunk regression = new RegressionByChunk(layer);
    int[] order = new Permutations(160, 3).permutation(0);
    for (int size : new int[] {1, 5, 31, 33, 64, 100, 130, 159}) {
      int[] chunk = Arrays.copyOf(order, size);
      RegressionByChunk.Measured expected = regression.measure(chunk);
      ChunkReconstruction rebuilt = Reconstruction.ofChunk(layer.test(), chunk);
      ChunkError.Errors errors = ChunkError.ofChunk(layer, chunk);

      assertThat(rebuilt.r2()).isCloseTo(expected.r2(), within(1e-10));
      assertThat(rebuilt.correlation().byCode()).isCloseTo(expected.byCode(), within(1e-9));
      assertThat(rebuilt.correlation().byPaper()).isCloseTo(expected.byPaper(), within(1e-9));
      assertThat(errors)
          .isEqualTo(new ChunkError.Errors(expected.testError(), expected.trainError()));
    }
  }
}
