package mitosis.suite;

import static mitosis.analysis.SampleThresholds.THRESHOLDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import mitosis.analysis.GaussianLayer;
import mitosis.analysis.PlantedClones;
import mitosis.analysis.Reconstruction;
import mitosis.analysis.ResidualCorrelation;
import mitosis.claim.Band;
import mitosis.claim.ClaimId;
import mitosis.claim.Expectations;
import mitosis.claim.Scale;
import mitosis.claim.Verdict;
import mitosis.evidence.Measurement;
import mitosis.evidence.SingleNetwork;
import mitosis.evidence.SingleNetworkMeasurements;
import mitosis.representation.Split;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A check whose control comes out wrong can reproduce nothing: so beside a network that is
 * redundant, with images enough and err∞ known, each must come out as it must.
 */
class AuditControlsTest {

  private final Expectations expected = Expectations.read(Path.of("expected"), Options.SUBJECT);

  private final AuditControls controls =
      new AuditControls(
          SingleNetwork.madeUp(
              "beside", PlantedClones.ofWidth(128, 4_000, 4_000, 1).network(0), true, THRESHOLDS));

  private Band band(ClaimId claim, String quantity) {
    return expected.of(claim, quantity, Scale.QUICK).band();
  }

  private static void assertTold(
      Measurement<SingleNetwork> measurement,
      Band band,
      SingleNetwork rejected,
      SingleNetwork accepted) {
    assertThat(band.judge(measurement.of(rejected)))
        .as(rejected.name())
        .isEqualTo(Verdict.NOT_REPRODUCED);
    assertThat(band.judge(measurement.of(accepted)))
        .as(accepted.name())
        .isEqualTo(Verdict.REPRODUCED);
  }

  @Test
  void theScalingOfChunks() {
    assertTold(
        SingleNetworkMeasurements.exponent(),
        band(ClaimId.C02, "exponent"),
        controls.plantedClonesOnClearImages(),
        controls.plantedClones());
  }

  @Test
  void theFallOfSmallChunks() {
    Band band = band(ClaimId.C03, "shallowest_local_slope");
    assertTold(
        network -> SingleNetworkMeasurements.localSlopes().apply(network).worst(band).estimate(),
        band,
        controls.plantedClonesOnHardImages(),
        controls.plantedClonesWithSmallChunks());
  }

  /**
   * In wide layers on many images, too. Clones of four features have w* = 29; m hidden factors
   * leave a mean |ρ| of √(2/(π(4 + m − w))), which is 0.093 at 2·w* for m = 128.
   */
  @Test
  void theCorrelationOfResiduals() {
    Split hidden =
        new AuditControls(
                SingleNetwork.madeUp(
                    "wide",
                    PlantedClones.ofWidth(512, 10_000, 100, 1).network(0),
                    true,
                    THRESHOLDS))
            .plantedClonesWithHiddenFactors()
            .test();

    List<ResidualCorrelation> measured =
        Reconstruction.measure(hidden, new int[] {7, 58}, 4, 1).correlations();

    double small = measured.get(0).offChunk().orElseThrow().absolute().mean();
    double large = measured.get(1).offChunk().orElseThrow().absolute().mean();
    assertThat(large).isCloseTo(0.093, within(0.01));
    assertThat(band(ClaimId.C07, "off_chunk_correlation").contains(large)).isFalse();
    assertThat(large / small).isGreaterThan(1.25 * band(ClaimId.C07, "correlation_drop").high());
  }

  @Test
  void theNumberOfClones() {
    Band band = band(ClaimId.C15, "clones");
    assertTold(
        SingleNetworkMeasurements.clones(),
        band,
        controls.gaussianLayer(),
        controls.plantedClones());
    assertTold(
        SingleNetworkMeasurements.clones(),
        band,
        controls.plantedClonesOfManyFeatures(),
        controls.plantedClones());
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 7, 8, 16, 64, 512})
  void aLayerOfManyFeaturesHoldsNoTwoClonesHoweverWideItIs(int width) {
    SingleNetwork manyFeatures =
        new AuditControls(
                SingleNetwork.madeUp(
                    "beside",
                    new GaussianLayer(width, 100, 2_000, 1).representation(),
                    true,
                    THRESHOLDS))
            .plantedClonesOfManyFeatures();

    assertThat(SingleNetworkMeasurements.clones().of(manyFeatures).value()).isLessThan(2);
  }

  @Test
  void theReconstruction() {
    assertTold(
        SingleNetworkMeasurements.heldOutR2(),
        band(ClaimId.C06, "held_out_r2"),
        controls.gaussianLayer(),
        controls.plantedClones());
  }
}
