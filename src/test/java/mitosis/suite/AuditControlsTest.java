package mitosis.suite;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import mitosis.analysis.PlantedClones;
import mitosis.claim.Band;
import mitosis.claim.ClaimId;
import mitosis.claim.Expectations;
import mitosis.claim.Scale;
import mitosis.claim.Verdict;
import mitosis.evidence.Alone;
import mitosis.evidence.Measurement;
import mitosis.evidence.SingleNetwork;
import org.junit.jupiter.api.Test;

/**
 * A check whose control comes out wrong can reproduce nothing: so beside a network that is
 * redundant, with images enough and err∞ known, each must come out as it must.
 */
class AuditControlsTest {

  private final Expectations expected = Expectations.read(Path.of("expected"), Options.SUBJECT);

  private final AuditControls controls =
      new AuditControls(
          SingleNetwork.madeUp(
              "beside", PlantedClones.ofWidth(128, 4_000, 4_000, 1).network(0), true));

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
        Alone.exponent(),
        band(ClaimId.C02, "exponent"),
        controls.plantedClonesOnClearImages(),
        controls.plantedClones());
  }

  @Test
  void theFallOfSmallChunks() {
    Band band = band(ClaimId.C03, "shallowest_local_slope");
    assertTold(
        Alone.shallowestSlope(band),
        band,
        controls.plantedClonesOnHardImages(),
        controls.plantedClonesWithSmallChunks());
  }

  @Test
  void theReconstruction() {
    assertTold(
        Alone.heldOutR2(),
        band(ClaimId.C06, "held_out_r2"),
        controls.gaussianLayer(),
        controls.plantedClones());
  }
}
