package mitosis.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import mitosis.analysis.GaussianLayer;
import mitosis.analysis.PlantedClones;
import mitosis.claim.Band;
import mitosis.claim.Estimate;
import mitosis.claim.Verdict;
import mitosis.representation.Representation;
import org.junit.jupiter.api.Test;

/** The number of clones in layers where w* goes with the noise alone. */
class CloneCountTest {

  private static final Measurement<List<Subject>> GROWTH =
      CloneCount.growth(new CriticalSize(1e-3));

  private static final Band LINEAR = Band.between(0.8, 1.2);

  private static Subject subject(int width, Layers layers) {
    return new Subject("made up", width, 3, new Subject.Chunks(100, 10), layers);
  }

  /** A chunk of one feature's copies errs as σ²/w says, so w* is in proportion to σ². */
  private static List<Subject> networks(int[] widths, DoubleUnaryOperator variance) {
    return Arrays.stream(widths)
        .mapToObj(
            width -> {
              PlantedClones clones =
                  PlantedClones.ofWidth(width, 1, 4_000, 7)
                      .withFeatures(1)
                      .withNoise(Math.sqrt(variance.applyAsDouble(width)));
              return subject(width, (network, test, train) -> clones.network(network));
            })
        .toList();
  }

  @Test
  void theExponentIsOneWhereTheCriticalWidthIsConstant() {
    int[] widths = {32, 64, 128};

    Estimate constant = GROWTH.of(networks(widths, width -> 0.9));
    Estimate proportional = GROWTH.of(networks(widths, width -> width / 40));
    Estimate root = GROWTH.of(networks(widths, width -> 0.16 * Math.sqrt(width)));

    assertThat(constant.value()).isCloseTo(1, within(0.1));
    assertThat(proportional.value()).isCloseTo(0, within(0.1));
    assertThat(root.value()).isCloseTo(0.5, within(0.1));
    assertThat(LINEAR.judge(constant)).isEqualTo(Verdict.REPRODUCED);
    assertThat(LINEAR.judge(proportional)).isEqualTo(Verdict.NOT_REPRODUCED);
    assertThat(LINEAR.judge(root)).isEqualTo(Verdict.NOT_REPRODUCED);
  }

  /** The narrowest holds less than two clones, and does not enter; so only two are left. */
  @Test
  void threeWidthsMustHoldTwoClones() {
    List<Subject> networks = networks(new int[] {12, 64, 128}, width -> 0.9);

    assertThatThrownBy(() -> GROWTH.of(networks))
        .isInstanceOf(Unmeasurable.class)
        .hasMessageContaining("3 widths W ≥ 2·w*")
        .hasMessageMatching(".*W=12 has w\\*=\\d+, W=64 has w\\*=\\d+, W=128 has w\\*=\\d+")
        .extracting(e -> ((Unmeasurable) e).remedy())
        .asString()
        .contains("networks of more widths");
  }

  @Test
  void neuronsThatAreAllDifferentMakeNoSecondClone() {
    List<Subject> gaussian =
        List.of(
            subject(16, (network, test, train) -> layer(16, network)),
            subject(32, (network, test, train) -> layer(32, network)));

    assertThatThrownBy(() -> GROWTH.of(gaussian))
        .isInstanceOf(Unmeasurable.class)
        // arccos(√(w/W))/π is 0.001 within a hundred thousandth of W; with few images a little less
        // is
        // enough, but never half of them.
        .hasMessageMatching(".*W=16 has w\\*=1[3-6], W=32 has w\\*=(2[6-9]|3[0-2])");
  }

  private static Representation layer(int width, int network) {
    return new GaussianLayer(width, 1, 2_000, network).representation();
  }
}
