package mitosis.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import mitosis.representation.Split;
import org.apache.commons.math3.distribution.FDistribution;
import org.apache.commons.math3.stat.StatUtils;
import org.junit.jupiter.api.Test;

class ReconstructionJackknifeTest {

  private static final int WIDTH = 24;
  private static final int[] SIZES = {2, 8};
  private static final int CHUNKS = 4;
  private static final int GROUPS = 10;

  /** Images in one draw, and independent draws of them. */
  private static final int IMAGES = 400;

  private static final int DRAWS = 200;

  /** The same neurons on so many draws of images. */
  private static List<Split> draws(Split layer) {
    return IntStream.range(0, DRAWS)
        .mapToObj(
            draw -> taking(layer, IntStream.range(draw * IMAGES, (draw + 1) * IMAGES).toArray()))
        .toList();
  }

  private static Split taking(Split layer, int[] images) {
    float[][] activities = new float[layer.width()][images.length];
    for (int neuron = 0; neuron < layer.width(); neuron++) {
      for (int i = 0; i < images.length; i++) {
        activities[neuron][i] = layer.activities()[neuron][images[i]];
      }
    }
    return new Split(activities, new int[images.length]);
  }

  private static Reconstruction measure(Split layer) {
    return Reconstruction.measure(layer, SIZES, CHUNKS, 1);
  }

  private static ResidualCorrelation.OffChunk offChunk(Reconstruction layer, int size) {
    return layer.correlations().get(size).offChunk().orElseThrow();
  }

  private static double heldOut(Reconstruction layer) {
    return layer.heldOutR2At(8).mean();
  }

  private static double absolute(Reconstruction layer) {
    return offChunk(layer, 1).absolute().mean();
  }

  private static double excessSquare(Reconstruction layer) {
    return offChunk(layer, 1).excessSquare().mean();
  }

  private static double drop(Reconstruction layer) {
    return absolute(layer) / offChunk(layer, 0).absolute().mean();
  }

  /**
   * The variance over draws against the mean of the jackknife's: their ratio has the F distribution
   * with D−1 and about D(g−1) degrees of freedom, if the latter are right on average.
   *
   * @param factor by which the jackknife's variance is too large
   */
  private static void agrees(
      String what,
      List<Split> draws,
      List<ReconstructionJackknife> jackknives,
      ToDoubleFunction<Reconstruction> quantity,
      double factor) {
    double spread =
        StatUtils.variance(
            draws.stream().mapToDouble(draw -> quantity.applyAsDouble(measure(draw))).toArray());
    double mean =
        jackknives.stream()
            .mapToDouble(jackknife -> Math.pow(jackknife.standardError(quantity), 2))
            .average()
            .orElseThrow();
    FDistribution f = new FDistribution(DRAWS - 1, DRAWS * (GROUPS - 1));
    assertThat(spread * factor / mean)
        .as(what)
        .isBetween(f.inverseCumulativeProbability(0.001), f.inverseCumulativeProbability(0.999));
  }

  private static List<ReconstructionJackknife> jackknives(List<Split> draws) {
    return draws.stream()
        .map(draw -> ReconstructionJackknife.measure(draw, SIZES, CHUNKS, 1, GROUPS))
        .toList();
  }

  @Test
  void isTheSpreadOverDrawsOfImages() {
    List<Split> draws =
        draws(
            PlantedClones.ofWidth(WIDTH, DRAWS * IMAGES, 1, 3)
                .withHiddenFactors(12, 0.2)
                .network(0)
                .test());
    List<ReconstructionJackknife> jackknives = jackknives(draws);

    agrees("R²", draws, jackknives, ReconstructionJackknifeTest::heldOut, 1);
    agrees("|ρ|", draws, jackknives, ReconstructionJackknifeTest::absolute, 1);
    agrees("ρ²", draws, jackknives, ReconstructionJackknifeTest::excessSquare, 1);
    agrees("drop", draws, jackknives, ReconstructionJackknifeTest::drop, 1);
  }

  /** A number that depends on images by pairs only: worked out from the variances of such sums. */
  @Test
  void isTooLargeByAKnownFactorWhereAllIsNoise() {
    List<Split> draws =
        draws(new GaussianLayer(WIDTH, DRAWS * IMAGES, 1, 4).representation().test());
    double factor = GROUPS * (2.0 * GROUPS - 3) / Math.pow(GROUPS - 1, 2);

    agrees("ρ²", draws, jackknives(draws), ReconstructionJackknifeTest::excessSquare, factor);
  }

  @Test
  void aBootstrapWouldDoubleTheMeanSquareOfNoise() {
    Split noise = new GaussianLayer(WIDTH, 2000, 1, 5).representation().test();
    SplittableRandom random = new SplittableRandom(1);
    double floor = 1.0 / (2000 - 8 - 1);

    double resampled =
        IntStream.range(0, 20)
            .mapToDouble(
                draw -> excessSquare(measure(taking(noise, random.ints(2000, 0, 2000).toArray()))))
            .average()
            .orElseThrow();
    double leftOut =
        ReconstructionJackknife.measure(noise, SIZES, CHUNKS, 1, GROUPS).leftOut().stream()
            .mapToDouble(ReconstructionJackknifeTest::excessSquare)
            .average()
            .orElseThrow();

    assertThat(resampled - excessSquare(measure(noise))).isCloseTo(floor, within(0.1 * floor));
    assertThat(leftOut - excessSquare(measure(noise))).isCloseTo(0, within(0.1 * floor));
  }

  @Test
  void leavesPairsOfNeighboursOut() {
    Split layer = PlantedClones.ofWidth(WIDTH, 101, 1, 6).network(0).test();
    // Groups 0 and 1 have 17 pairs, group 2 has 16 and image 100, which is in pair 50.
    int[] rest = IntStream.range(0, 101).filter(image -> image / 2 % 3 != 0).toArray();

    ReconstructionJackknife jackknife =
        ReconstructionJackknife.measure(layer, new int[] {2}, CHUNKS, 1, 3);

    assertThat(jackknife.leftOut())
        .extracting(Reconstruction::images)
        .containsExactly(101 - 34, 101 - 34, 101 - 33);
    assertThat(jackknife.leftOut().get(0))
        .isEqualTo(Reconstruction.measureOn(layer, rest, new int[] {2}, CHUNKS, 1));
  }

  @Test
  void ofAMeanIsItsStandardError() {
    double[] perGroup = {3, 1, 4, 1, 5};
    double total = Arrays.stream(perGroup).sum();
    ReconstructionJackknife jackknife =
        new ReconstructionJackknife(
            IntStream.range(0, 5)
                .mapToObj(
                    group ->
                        new Reconstruction(group, 1, 1, List.of(), List.of(), List.of(), List.of()))
                .toList());

    // The mean of the groups that are left; the standard error is s/√g.
    assertThat(jackknife.standardError(without -> (total - perGroup[without.images()]) / 4))
        .isCloseTo(Math.sqrt(StatUtils.variance(perGroup) / 5), within(1e-12));
  }

  @Test
  void refusesBadInput() {
    Split layer = PlantedClones.ofWidth(WIDTH, 100, 1, 6).network(0).test();

    assertThatIllegalArgumentException()
        .isThrownBy(() -> ReconstructionJackknife.measure(layer, SIZES, CHUNKS, 1, 1))
        .withMessageContaining("groups of images is 1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ReconstructionJackknife.measure(layer, SIZES, CHUNKS, 1, 51));
    assertThatIllegalArgumentException().isThrownBy(() -> new ReconstructionJackknife(List.of()));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                ReconstructionJackknife.measure(layer, SIZES, CHUNKS, 1, 4)
                    .standardError(rebuilt -> Double.NaN))
        .withMessageContaining("without group 0");
  }
}
