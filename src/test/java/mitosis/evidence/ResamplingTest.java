package mitosis.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import mitosis.claim.Estimate;
import mitosis.evidence.Resampling.Statistic;
import org.junit.jupiter.api.Test;

class ResamplingTest {

  /** Mean 3, deviation √2.5; t with 4 degrees of freedom at 97.5 % is 2.776445 (any table). */
  private static final double[] SEEDS = {1, 2, 3, 4, 5};

  private static final double HALF = 2.776445 * Math.sqrt(2.5 / 5);

  private static Statistic mean(double[] values) {
    return (seeds, images) -> Arrays.stream(seeds).mapToDouble(s -> values[s]).average().orElse(0);
  }

  @Test
  void theIntervalOfAMeanOverSeedsIsStudents() {
    Estimate estimate = Resampling.ofSeeds(5).estimate(mean(SEEDS));

    assertThat(estimate.value()).isEqualTo(3);
    assertThat(estimate.interval().low()).isCloseTo(3 - HALF, within(1e-5));
    assertThat(estimate.interval().high()).isCloseTo(3 + HALF, within(1e-5));
  }

  @Test
  void theBootstrapFindsTheStandardErrorOfAMeanOverImages() {
    SplittableRandom random = new SplittableRandom(5);
    float[] perImage = new float[2_000];
    for (int i = 0; i < perImage.length; i++) {
      perImage[i] = random.nextDouble() < 0.3 ? 1 : 0;
    }
    Estimate estimate =
        Resampling.ofSeedsAndImages(2, perImage.length)
            .estimate((seeds, images) -> images.mean(perImage));

    // Binomial standard error √(.3·.7/2000) = .01025; both seeds agree, so that the quantile is the
    // normal one. 200 resamples know a deviation to 5 %, so 20 % is four of its standard errors.
    assertThat(estimate.interval().halfWidth() / 1.95996).isCloseTo(0.01025, within(0.2 * 0.01025));
  }

  /** V = V_s + V_i, with 4·(V/V_s)² degrees of freedom; for V_i = 0.5 = V_s that is t(16). */
  @Test
  void aDeviationOverImagesThatIsKnownIsAdded() {
    Estimate both = Resampling.ofSeeds(5).estimate(mean(SEEDS), Math.sqrt(0.5));
    Estimate imagesAlone = Resampling.ofSeeds(2).estimate(mean(new double[] {1, 1}), 0.1);

    assertThat(both.value()).isEqualTo(3);
    // 2.119905 is Student's 97.5 % point with 16 degrees of freedom (any table).
    assertThat(both.interval().halfWidth()).isCloseTo(2.119905, within(1e-5));
    assertThat(imagesAlone.interval().halfWidth()).isCloseTo(0.195996, within(1e-6));
  }

  @Test
  void oneNetworkHasTheIntervalOfItsImages() {
    float[] perImage = new float[2_000];
    Arrays.fill(perImage, 0, 600, 1);
    Estimate estimate =
        Resampling.ofSeedsAndImages(1, perImage.length)
            .estimate((seeds, images) -> images.mean(perImage));

    assertThat(estimate.interval().halfWidth() / 1.95996).isCloseTo(0.01025, within(0.2 * 0.01025));
  }

  /** Each network errs on each image by itself: seeds x images independent numbers. */
  @Test
  void whatANetworkDoesOnAnImageIsCountedOnce() {
    SplittableRandom random = new SplittableRandom(6);
    float[][] mistakes = new float[20][1_000];
    for (float[] network : mistakes) {
      for (int i = 0; i < network.length; i++) {
        network[i] = random.nextDouble() < 0.3 ? 1 : 0;
      }
    }
    Estimate estimate =
        Resampling.ofSeedsAndImages(20, 1_000)
            .estimate(
                (seeds, images) ->
                    Arrays.stream(seeds)
                        .mapToDouble(seed -> images.mean(mistakes[seed]))
                        .average()
                        .orElseThrow());

    // √(.3·.7/20000) = .00324; the sum of both variances would be half as much again in width. The
    // jackknife of 20 seeds knows a deviation to 16 %, and that carries over to the quantile.
    assertThat(estimate.interval().halfWidth() / 2.09).isBetween(0.7 * 0.00324, 1.25 * 0.00324);
  }

  @Test
  void withAnExactDenominatorFiellersIntervalIsThatOfTheNumerator() {
    Estimate ratio = Resampling.ofSeeds(5).ratio(mean(SEEDS), (seeds, images) -> 2);

    assertThat(ratio.value()).isEqualTo(1.5);
    assertThat(ratio.interval().low()).isCloseTo((3 - HALF) / 2, within(1e-5));
    assertThat(ratio.interval().high()).isCloseTo((3 + HALF) / 2, within(1e-5));
  }

  @Test
  void aRatioOfProportionalStatisticsIsExact() {
    Estimate ratio = Resampling.ofSeeds(5).ratio(mean(new double[] {2, 4, 6, 8, 10}), mean(SEEDS));

    assertThat(ratio.value()).isEqualTo(2);
    assertThat(ratio.interval().low()).isCloseTo(2, within(1e-6));
    assertThat(ratio.interval().high()).isCloseTo(2, within(1e-6));
  }

  @Test
  void aDenominatorThatIsNotToldApartFromZeroLeavesEverythingOpen() {
    Estimate ratio =
        Resampling.ofSeeds(5).ratio(mean(SEEDS), mean(new double[] {-2, 2, -1, 1, 0.5}));

    assertThat(ratio.interval().low()).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(ratio.interval().high()).isEqualTo(Double.POSITIVE_INFINITY);
  }

  @Test
  void oneSeedIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Resampling.ofSeeds(1))
        .withMessageContaining("at least two");
  }

  @Test
  void aResampleThatIsNoNumberIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                Resampling.ofSeeds(3)
                    .estimate((seeds, images) -> seeds.length < 3 ? Double.NaN : 1))
        .withMessageContaining("not a finite number");
  }
}
