package mitosis.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.apache.commons.math3.stat.StatUtils;
import org.junit.jupiter.api.Test;

class EnsembleLimitTest {

  /** Networks that see a clean logit with noise of their own; see EnsembleErrorTest. */
  private static double[][] noisy(int seeds, double[] clean, double noise, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    return IntStream.range(0, seeds)
        .mapToObj(s -> Arrays.stream(clean).map(z -> z + noise * random.nextGaussian()).toArray())
        .toArray(double[][]::new);
  }

  private static double[] clean(int images) {
    SplittableRandom random = new SplittableRandom(3);
    return IntStream.range(0, images).mapToDouble(i -> random.nextGaussian()).toArray();
  }

  private static int[] labels(double[] clean) {
    return Arrays.stream(clean).mapToInt(z -> z > 0 ? 1 : -1).toArray();
  }

  /** The jackknife from its definition: measured anew without each seed. */
  @Test
  void isTheJackknifeOfTheLimit() {
    double[] clean = clean(300);
    int[] labels = labels(clean);
    double[][] logits = noisy(6, clean, 0.5, 1);
    double[] without =
        IntStream.range(0, 6)
            .mapToDouble(
                left ->
                    EnsembleError.ofSigns(
                            IntStream.range(0, 6)
                                .filter(s -> s != left)
                                .mapToObj(s -> logits[s])
                                .toArray(double[][]::new),
                            labels)
                        .limit(1))
            .toArray();

    EnsembleLimit limit = EnsembleLimit.ofSigns(logits, labels, 1);

    assertThat(limit.value())
        .isCloseTo(EnsembleError.ofSigns(logits, labels).limit(1), within(1e-7));
    assertThat(limit.standardError())
        .isCloseTo(Math.sqrt(5 * StatUtils.populationVariance(without)), within(1e-7));
  }

  @Test
  void isTheSameForOneOutputAndForTwoClasses() {
    double[] clean = clean(300);
    double[][] logits = noisy(4, clean, 0.5, 1);
    double[][][] classes =
        Arrays.stream(logits)
            .map(row -> new double[][] {Arrays.stream(row).map(z -> -z).toArray(), row})
            .toArray(double[][][]::new);
    int[] labels = labels(clean);
    int[] classLabels = Arrays.stream(labels).map(label -> (label + 1) / 2).toArray();

    assertThat(EnsembleLimit.ofClasses(classes, classLabels, 0.5))
        .isEqualTo(EnsembleLimit.ofSigns(logits, labels, 0.5));
  }

  /** On the same images, so that seeds are all that differs. */
  @Test
  void theStandardErrorIsTheDeviationBetweenGroupsOfSeeds() {
    double[] clean = clean(2_000);
    int[] labels = labels(clean);
    double[] values = new double[60];
    double[] errors = new double[60];
    for (int group = 0; group < 60; group++) {
      EnsembleLimit limit = EnsembleLimit.ofSigns(noisy(8, clean, 0.2, 100 + group), labels, 1);
      values[group] = limit.value();
      errors[group] = limit.standardError();
    }
    // 1.3, as EnsembleLimit says; a deviation of 60 values is known to 9 %, three of these.
    assertThat(StatUtils.mean(errors) / Math.sqrt(StatUtils.variance(values))).isBetween(0.95, 1.7);
  }

  @Test
  void networksThatAgreeHaveNoError() {
    double[] clean = clean(100);
    EnsembleLimit limit = EnsembleLimit.ofSigns(noisy(14, clean, 0, 1), labels(clean), 1);

    assertThat(limit).isEqualTo(new EnsembleLimit(0, 0));
  }

  @Test
  void refusesBadInput() {
    double[] clean = clean(10);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> EnsembleLimit.ofSigns(noisy(2, clean, 1, 1), labels(clean), 1))
        .withMessageContaining("at least 3 of them, but there are 2");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> EnsembleLimit.ofSigns(noisy(3, clean, 1, 1), labels(clean), 0))
        .withMessageContaining("power is 0.0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> EnsembleLimit.ofSigns(noisy(3, clean, 1, 1), new int[10], 1))
        .withMessageContaining("label of image 0 is 0");
  }
}
