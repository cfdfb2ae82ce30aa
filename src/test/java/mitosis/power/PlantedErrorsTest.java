package mitosis.power;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import java.util.stream.IntStream;
import mitosis.analysis.ImageWeights;
import mitosis.evidence.ErrorCurve;
import mitosis.evidence.Scaling;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class PlantedErrorsTest {

  private static final int[] SIZES = {36, 79, 256};
  private static final int SEEDS = 8;

  /** Counting leaves √(p(1-p)/(SN)) or less of each, and err∞ is known to a few times that. */
  private static final Offset<Double> COUNTED = within(6e-4);

  private static final PlantedErrors ALIKE =
      new PlantedErrors(new MarginLaw(0.048, 0.1), 200_000, 0, 0);

  private static double excess(double size) {
    return 0.01 * Math.pow(size / 36, -0.5);
  }

  private static void assertLaw(ErrorCurve curve) {
    int[] seeds = IntStream.range(0, SEEDS).toArray();
    ImageWeights images = ImageWeights.equal(curve.blocks());
    assertThat(curve.errInf(seeds, images)).isCloseTo(0.048, within(2e-3));
    for (int k = 0; k < curve.sizes().length; k++) {
      assertThat(curve.excess(seeds, images)[k]).isCloseTo(excess(curve.sizes()[k]), COUNTED);
    }
  }

  @Test
  void networksAndChunksErrAsTheyShould() {
    assertLaw(ALIKE.networks(SIZES, PlantedErrorsTest::excess, SEEDS, new SplittableRandom(1)));
    assertLaw(ALIKE.chunks(SIZES, PlantedErrorsTest::excess, 256, SEEDS, new SplittableRandom(2)));
  }

  @Test
  void chunksErrAsManyTimesAsOftenAsNetworks() {
    Scaling.Pair pair =
        ALIKE.pair(
            new int[] {64, 128},
            0.6,
            PlantedErrorsTest::excess,
            256,
            SEEDS,
            new SplittableRandom(3));
    double[] chunks = Scaling.meanExcess(pair.chunks());
    double[] networks = Scaling.meanExcess(pair.networks());

    for (int k = 0; k < chunks.length; k++) {
      assertThat(chunks[k]).isCloseTo(0.6 * networks[k], COUNTED);
    }
  }

  /** Their mean excess at W was 5 % too large when w₀ was in the middle: none errs less there. */
  @Test
  void theMeanOverNetworksOfDifferentExponentsIsTheLaw() {
    int networks = 200;
    PlantedErrors different = new PlantedErrors(new MarginLaw(0, 0.5), 20_000, 0, 0.2);
    ErrorCurve curve =
        different.chunks(SIZES, size -> 5 * excess(size), 256, networks, new SplittableRandom(4));

    double[] errors =
        curve.errors(IntStream.range(0, networks).toArray(), ImageWeights.equal(curve.blocks()));
    for (int k = 0; k < SIZES.length; k++) {
      // Exponents differ by 0.2, so excess errors by 0.2·log(W/w), and their mean by a √200th.
      double deviation = 0.2 * Math.log(256.0 / SIZES[k]) / Math.sqrt(networks);
      double law = 5 * excess(SIZES[k]);
      assertThat(errors[k]).isCloseTo(law, within(law * (0.025 + 4 * deviation)));
    }
  }
}
