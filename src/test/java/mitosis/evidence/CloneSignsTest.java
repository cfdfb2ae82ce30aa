package mitosis.evidence;

import static mitosis.analysis.SampleThresholds.THRESHOLDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import mitosis.analysis.ChunkSizes;
import mitosis.analysis.GaussianLayer;
import mitosis.analysis.PlantedClones;
import mitosis.claim.Estimate;
import mitosis.evidence.ErrorCurve.ErrInf;
import mitosis.representation.Representation;
import org.junit.jupiter.api.Test;

/** Where the signs of a clone set in, on layers where that is known. */
class CloneSignsTest {

  private static final int WIDTH = 128;
  private static final int[] SIZES = Arrays.copyOf(ChunkSizes.halvings(WIDTH), 6);

  private static final Measurement<Subject> SPREAD =
      CloneSigns.spread(THRESHOLDS, SIZES, subject -> subject.chunkCurve(SIZES));

  private interface Networks {
    Representation of(int network);
  }

  private static Subject subject(int testImages, Networks networks) {
    return new Subject(
        "made up",
        WIDTH,
        3,
        new Subject.Chunks(50, 20),
        (network, test, train) -> networks.of(network),
        ErrInf.known(new float[testImages]));
  }

  private static PlantedClones clones(int testImages) {
    return PlantedClones.ofWidth(WIDTH, testImages, 2_000, 3).withHardShare(0.3);
  }

  /**
   * Independent neurons are uncorrelated in the smallest chunks already, of 2, while R² of w
   * neurons is w/W, which is 0.99 at 0.99·W, and hardly less than W interpolate.
   */
  @Test
  void allDifferentNeuronsHaveOneSignLongBeforeTheOthers() {
    Estimate spread =
        SPREAD.of(
            subject(
                4_000,
                network -> new GaussianLayer(WIDTH, 4_000, 2_000, network).representation()));

    assertThat(spread.value()).isCloseTo(WIDTH / 2.0, within(1.0));
    assertThat(spread.interval().low()).isGreaterThan(50);
  }

  /**
   * With as many hidden factors as neurons, |ρ| of √(2/(π(132−w))) stays above 0.03 up to W/2,
   * where the sizes end; R² of five features sets in where 0.8^w and the factors' variance of
   * 0.0064, some of it found, make up 0.01, before 30.
   */
  @Test
  void aSignThatDoesNotShowHasACriticalWidthBeyondAllSizes() {
    PlantedClones clones =
        clones(4_000).withFeatures(5).withNoise(0.01).withHiddenFactors(WIDTH, 0.08);
    Estimate spread = SPREAD.of(subject(4_000, clones::network));

    assertThat(spread.value()).isBetween(64 / 30.0, 64 / 8.0);
    assertThat(spread.interval().low()).isBetween(1.0, spread.value());
    assertThat(spread.interval().high()).isInfinite();
  }

  /**
   * Four features: R² sets in at 4.6/−ln(¾) = 16, where a chunk lacks a feature in a hundred, and
   * independence, for 4,000 images, where ¼·(4/w)/(1 + 4/w) + ¾·0.0127 = 0.03, at 45.
   */
  @Test
  void ofClonesTheSpreadIsThatOfTheClosedForms() {
    Estimate spread = SPREAD.of(subject(4_000, clones(4_000)::network));

    assertThat(spread.value()).isBetween(45.0 / 16 / 1.3, 45.0 / 16 * 1.8);
    assertThat(spread.interval().low()).isBetween(1.0, spread.value());
    assertThat(spread.interval().high()).isGreaterThan(spread.value()).isFinite();
  }

  @Test
  void whereNoiseAloneIsCorrelatedNothingIsSaid() {
    assertThatThrownBy(() -> SPREAD.of(subject(400, clones(400)::network)))
        .isInstanceOf(Unmeasurable.class)
        .hasMessageContaining("test images enough to tell correlations from noise")
        .hasMessageContaining("with 400 of them");
  }

  @Test
  void anErrorThatIsNotAboveItsLimitHasNoSlope() {
    Subject clear =
        new Subject(
            "made up",
            WIDTH,
            2,
            new Subject.Chunks(50, 20),
            (network, test, train) -> clones(4_000).network(network),
            (seeds, images) -> 0.5);

    assertThatThrownBy(() -> SPREAD.of(clear))
        .isInstanceOf(Unmeasurable.class)
        .hasMessageContaining("the error at 32 is not above err∞");
  }

  /**
   * Wrong labels; as many factors as neurons, of which chunks up to a fifth of the images rebuild
   * w/W; and errors that fall like the tail of a Gaussian.
   */
  @Test
  void aLayerWithoutASignIsNotMeasured() {
    int width = 256;
    int[] sizes = Arrays.copyOf(ChunkSizes.halvings(width), 7);
    PlantedClones clones =
        PlantedClones.ofWidth(width, 1_000, 2_000, 3)
            .withHardShare(0)
            .withNoise(0.01)
            .withHiddenFactors(width, 3);
    Subject signless =
        new Subject(
            "made up",
            width,
            2,
            new Subject.Chunks(50, 10),
            (network, test, train) -> clones.networkWithWrongLabels(network, 10),
            ErrInf.known(new float[1_000]));

    assertThatThrownBy(
            () ->
                CloneSigns.spread(THRESHOLDS, sizes, subject -> subject.chunkCurve(sizes))
                    .of(signless))
        .isInstanceOf(Unmeasurable.class)
        .hasMessageContaining("shows any sign of a clone");
  }
}
