package mitosis.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import mitosis.analysis.GaussianLayer;
import mitosis.analysis.PlantedClones;
import mitosis.claim.Band;
import mitosis.claim.Estimate;
import mitosis.claim.Verdict;
import org.junit.jupiter.api.Test;

/** Dimensions of layers of which they are known. */
class DimensionsTest {

  private static final int SEEDS = 3;
  private static final Band VERY_SIMILAR = Band.between(0.8, 1.2);

  private static Subject subject(String name, int width, Layers layers) {
    return new Subject(name, width, SEEDS, new Subject.Chunks(50, 10), layers);
  }

  /** Exact copies of d features: images on a manifold of d dimensions. */
  private static Subject copies(int features, int width) {
    return copies(features, width, 2_000);
  }

  private static Subject copies(int features, int width, int images) {
    PlantedClones clones =
        PlantedClones.ofWidth(width, images, 2_000, 7).withFeatures(features).withNoise(0);
    return subject(
        "copies of " + features, width, (network, test, train) -> clones.network(network));
  }

  private static Subject gaussian(int width) {
    return subject(
        "Gaussian layer",
        width,
        (network, test, train) -> new GaussianLayer(width, 2_000, 2_000, network).representation());
  }

  @Test
  void theDimensionIsThatOfTheManifold() {
    Estimate two = Dimensions.ofLayer().of(copies(2, 64));

    assertThat(two.value()).isCloseTo(2, within(0.1));
    // The deviation is d/√n by Fisher's information, the quantile 1.96 to 4.3 for three seeds.
    assertThat(two.interval().halfWidth())
        .isBetween(2 / Math.sqrt(2_000), 3 * 4.3 * 2 / Math.sqrt(2_000));
    // With so few images TwoNN is known to find less than twelve.
    assertThat(Dimensions.ofLayer().of(copies(12, 64)).value()).isBetween(10.0, 12.5);
    assertThat(Dimensions.ofLayer().of(gaussian(64)).value()).isGreaterThan(20);
  }

  @Test
  void itsShareIsOfTheMeasuredCriticalWidth() {
    Subject copies = copies(4, 128);
    Estimate share = Dimensions.shareOf(new CriticalSize(1e-3)).of(copies);

    assertThat(share.value())
        .isCloseTo(
            Dimensions.ofLayer().of(copies).value() / new CriticalSize(1e-3).of(copies),
            within(1e-12));
    // w* of four features is 28.5 by the closed form of PlantedClones.
    assertThat(share.value()).isCloseTo(4 / 28.5, within(0.03));
    assertThat(share.interval().low()).isLessThan(share.value());
  }

  @Test
  void aLayerThatDoesNotInterpolateHasNoShare() {
    PlantedClones clones = PlantedClones.ofWidth(32, 200, 600, 7);
    Subject misread =
        subject(
            "misread", 32, (network, test, train) -> clones.networkWithWrongLabels(network, 10));

    assertThatThrownBy(() -> Dimensions.shareOf(new CriticalSize(1e-3)).of(misread))
        .isInstanceOf(Unmeasurable.class)
        .hasMessageContaining("misread does not fit its training set");
  }

  @Test
  void chunksOfTheSameManifoldHaveItsDimension() {
    Measurement<Dimensions.Pair> ratio =
        pair -> Dimensions.ratios().apply(pair).worst(VERY_SIMILAR).estimate();
    List<Subject> networks = List.of(copies(2, 16), copies(2, 32));
    Subject gaussian = gaussian(64);

    Estimate same = ratio.of(new Dimensions.Pair(copies(2, 64), networks));
    assertThat(same.value()).isCloseTo(1, within(0.05));
    assertThat(VERY_SIMILAR.judge(same)).isEqualTo(Verdict.REPRODUCED);
    // Neurons that are all different have as many dimensions as they are, or seem to.
    Estimate other = ratio.of(new Dimensions.Pair(gaussian, networks));
    assertThat(VERY_SIMILAR.judge(other)).isEqualTo(Verdict.NOT_REPRODUCED);
    assertThat(other.value())
        .isCloseTo(
            Dimensions.ofChunks(gaussian, 32).value()
                / Dimensions.ofNetworks(networks.get(1)).value(),
            within(1e-12));
  }

  @Test
  void whatCannotBeMeasuredSaysWhatIsMissing() {
    assertThatThrownBy(
            () -> Dimensions.ratios().apply(new Dimensions.Pair(copies(2, 64), List.of())))
        .isInstanceOf(Unmeasurable.class)
        .hasMessageContaining("full networks at least as wide as w*");
    assertThatThrownBy(() -> Dimensions.ofLayer().of(copies(2, 16, 80)))
        .isInstanceOf(Unmeasurable.class)
        .hasMessageContaining("in copies of 2, network 0")
        .hasMessageContaining("at least 88 images that differ, but of 80 only 80 do");
  }
}
