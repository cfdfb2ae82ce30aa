package mitosis.suite;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import mitosis.claim.Band;
import mitosis.claim.Estimate;
import mitosis.claim.Verdict;
import mitosis.evidence.CriticalSize;
import mitosis.evidence.Dimensions;
import mitosis.evidence.ErrorCurve;
import mitosis.evidence.Measurement;
import mitosis.evidence.Rebuilding;
import mitosis.evidence.RelativeChange;
import mitosis.evidence.Subject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ControlsTest {

  /** Under the law of PlantedClones w* of copies of one feature is in proportion to their noise. */
  @Test
  void noisy_networks_can_be_had_of_a_critical_width_for_each_width() {
    Controls controls = Controls.of(128, 2, 500, 4_000);
    CriticalSize rule = new CriticalSize(1e-3);

    List<Subject> networks =
        controls.layers().noisyNetworks(new int[] {64, 128}, width -> 8 * width / 64.0);

    assertThat(rule.of(networks.get(0))).isBetween(8 / 1.5, 8 * 1.5);
    assertThat(rule.of(networks.get(1)) / rule.of(networks.get(0))).isBetween(1.8, 2.2);
  }

  @Test
  void exact_copies_lie_on_a_manifold_and_noise_fills_the_layer() {
    Controls controls = Controls.of(64, 2, 2_000, 2_000);

    assertThat(Dimensions.ofLayer().of(controls.manifolds().exactCopies(2)).value())
        .isBetween(1.8, 2.2);
    assertThat(Dimensions.ofLayer().of(controls.manifolds().exactCopies(12)).value())
        .isBetween(10.0, 12.5);
    assertThat(Dimensions.ofLayer().of(controls.manifolds().plantedClonesDrownedInNoise()).value())
        .isGreaterThan(20);
    assertThat(controls.manifolds().networksOfExactCopies(2, new int[] {8, 16}))
        .extracting(Subject::width)
        .containsExactly(8, 16);
  }

  /** The closed form of PlantedClones is of the mean over all layers; two of them lie around it. */
  @ParameterizedTest
  @CsvSource({"128, 50", "128, 100", "256, 100", "512, 200"})
  void planted_clones_can_be_had_of_a_critical_width(int width, double critical) {
    Controls controls = Controls.of(width, 2, 500, 4_000);
    assertThat(new CriticalSize(1e-3).of(controls.layers().plantedClonesOfCriticalWidth(critical)))
        .isBetween(critical / 1.5, critical * 1.5);
    assertThat(
            new CriticalSize(1e-3)
                .of(controls.layers().plantedNoisyClonesOfCriticalWidth(critical)))
        .isBetween(critical / 1.5, critical * 1.5);
  }

  /** At the sizes of the extended scale, whose claims no other test runs. */
  @Test
  void controls_of_variants_are_decided() {
    Controls controls = Controls.of(256, 6, 10_000, 1_000);
    Band tenth = new Band(-0.1, 0.1, false, false, false);

    assertThat(tenth.judge(fromTheMean(tenth, controls.curves().errorRates(0.1, 0.1, 0.1, 0.1))))
        .isEqualTo(Verdict.REPRODUCED);
    assertThat(tenth.judge(fromTheMean(tenth, controls.curves().errorRates(0.12, 0.1, 0.09, 0.08))))
        .isEqualTo(Verdict.NOT_REPRODUCED);
    assertThat(tenth.judge(fromTheMean(tenth, controls.curves().errorRates(0.1, 0.1, 0.15, 0.1))))
        .isEqualTo(Verdict.NOT_REPRODUCED);

    Band independent = new Band(Double.NEGATIVE_INFINITY, 0.03, false, false, false);
    Measurement<Subject> correlation = Rebuilding.correlation(48, new int[] {48});
    assertThat(independent.judge(correlation.of(controls.layers().plantedClones())))
        .isEqualTo(Verdict.REPRODUCED);
    assertThat(
            independent.judge(correlation.of(controls.layers().plantedClonesWithHiddenFactors())))
        .isEqualTo(Verdict.NOT_REPRODUCED);
  }

  private static Estimate fromTheMean(Band band, ErrorCurve errors) {
    return RelativeChange.fromTheMean().apply(errors).worst(band).estimate();
  }
}
