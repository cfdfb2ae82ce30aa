package mitosis.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.OptionalDouble;
import mitosis.representation.Representation;
import org.junit.jupiter.api.Test;

class PlantedClonesTest {

  private static final int[] SIZES = ChunkSizes.halvings(128);

  private static double[] testErrors(Representation layer) {
    return ChunkError.measure(layer, SIZES, 100, 1).test().stream()
        .mapToDouble(MeanOverChunks::mean)
        .toArray();
  }

  @Test
  void copiesOfOneFeatureErrAsComputed() {
    Representation layer =
        PlantedClones.ofWidth(128, 20_000, 2000, 1)
            .withFeatures(1)
            .withNoise(0.3)
            .withHardShare(1)
            .network(0);

    double[] errors = testErrors(layer);

    for (int i = 0; i < SIZES.length; i++) {
      double expected = 0.3 / Math.sqrt(SIZES[i]) / Math.sqrt(2 * Math.PI);
      // Four standard errors of a share of 20,000 images.
      assertThat(errors[i])
          .as("w = " + SIZES[i])
          .isCloseTo(expected, within(4 * Math.sqrt(expected / 20_000)));
    }
    assertThat(PowerLaw.fit(SIZES, errors, 0).exponent()).isCloseTo(-0.5, within(0.05));
  }

  @Test
  void copiesOfSeveralFeaturesErrAsComputedOnceAllAreThere() {
    Representation layer = PlantedClones.ofWidth(128, 20_000, 2000, 3).withHardShare(1).network(0);
    int[] sizes = {32, 64, 128};

    double[] errors =
        ChunkError.measure(layer, sizes, 200, 1).test().stream()
            .mapToDouble(MeanOverChunks::mean)
            .toArray();

    for (int i = 0; i < sizes.length; i++) {
      double expected = Math.sqrt((3 + 4 * 0.0025) / sizes[i]) / Math.sqrt(2 * Math.PI);
      assertThat(errors[i]).as("w = " + sizes[i]).isCloseTo(expected, within(0.15 * expected));
    }
    assertThat(PowerLaw.fit(sizes, errors, 0).exponent()).isBetween(-0.6, -0.4);
  }

  @Test
  void smallChunksFallSteeperAndTrainingErrorsVanishAtTheCriticalWidth() {
    Representation layer = PlantedClones.ofWidth(128, 20_000, 4000, 1).network(0);

    ChunkError error = ChunkError.measure(layer, SIZES, 100, 1);

    assertThat(new CriticalWidth(1e-3).of(SIZES, error.trainErrors(), error.full().train()))
        .hasValue(32);
    assertThat(
            PowerLaw.localSlopes(
                    SIZES, error.test().stream().mapToDouble(MeanOverChunks::mean).toArray(), 0)
                .subList(0, 4))
        .extracting(OptionalDouble::getAsDouble)
        .allMatch(slope -> slope < -0.65);
  }

  @Test
  void chunksThatHoldEveryFeatureRebuildTheLayerUpToNoise() {
    Representation layer = PlantedClones.ofWidth(128, 5000, 1, 1).network(0);

    Reconstruction rebuilt = Reconstruction.measure(layer.test(), SIZES, 20, 1);

    assertThat(rebuilt.heldOutR2At(64).mean()).isBetween(0.997, 0.9999);
    assertThat(rebuilt.heldOutR2At(2).mean()).isLessThan(0.6);
    ResidualCorrelation.OffChunk offChunk = rebuilt.correlations().get(5).offChunk().orElseThrow();
    assertThat(offChunk.absolute().mean()).isLessThan(0.03);
  }

  @Test
  void hiddenFactorsKeepResidualsCorrelatedAndLeaveTheRestAlone() {
    Representation layer =
        PlantedClones.ofWidth(256, 4000, 1, 1)
            .withNoise(0.01)
            .withHiddenFactors(96, 0.05)
            .network(0);

    Reconstruction rebuilt = Reconstruction.measure(layer.test(), ChunkSizes.halvings(256), 5, 1);

    assertThat(rebuilt.heldOutR2At(64).mean()).isBetween(0.997, 0.9999);
    for (ResidualCorrelation correlation : rebuilt.correlations().subList(0, 7)) {
      assertThat(correlation.offChunk().orElseThrow().absolute().mean())
          .as("w = " + correlation.size())
          .isGreaterThan(0.09);
    }
  }

  @Test
  void networksShareImagesAndLabelsButNotNeurons() {
    PlantedClones clones = PlantedClones.ofWidth(8, 500, 300, 1).withFeatures(1);
    Representation first = clones.network(0);
    Representation second = clones.network(1);

    assertThat(second.test().labels()).isEqualTo(first.test().labels());
    assertThat(second.train().labels()).isEqualTo(first.train().labels());
    float[] one = first.test().activities()[0];
    float[] other = second.test().activities()[0];
    assertThat(other).isNotEqualTo(one);
    for (int image = 0; image < 500; image++) {
      // The same feature, with noise of 0.05 each.
      assertThat(other[image]).isCloseTo(one[image], within(0.4f));
    }
    assertThat(clones.network(1).test().activities()).isDeepEqualTo(second.test().activities());
  }

  @Test
  void refusesBadInput() {
    PlantedClones clones = PlantedClones.ofWidth(8, 50, 30, 1);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> clones.withFeatures(9))
        .withMessageContaining("features is 9, not 1 to width 8");
    assertThatIllegalArgumentException().isThrownBy(() -> clones.withNoise(Double.NaN));
    assertThatIllegalArgumentException().isThrownBy(() -> clones.withHardShare(1.1));
    assertThatIllegalArgumentException().isThrownBy(() -> clones.withHiddenFactors(-1, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> clones.withHiddenFactors(1, -1));
    assertThatIllegalArgumentException().isThrownBy(() -> clones.network(-1));
    assertThatIllegalArgumentException().isThrownBy(() -> PlantedClones.ofWidth(8, 0, 30, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> PlantedClones.ofWidth(8, 30, 0, 1));
  }
}
