package mitosis.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import mitosis.representation.Split;
import org.apache.commons.math3.stat.StatUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IntrinsicDimensionTest {

  private static void assertFinds(double dimension, Split split) {
    IntrinsicDimension found = IntrinsicDimension.of(split, 0.9, 1);

    assertThat(found.images()).isEqualTo(split.images());
    assertThat(found.subsamples()).isEqualTo(1);
    assertThat(found.fitted().value())
        .isCloseTo(dimension, within(3 * found.fitted().standardError()));
    assertThat(found.likeliest().value())
        .isCloseTo(dimension, within(3 * found.likeliest().standardError()));
    // Ratios that follow the law have Fisher information n/d² of d.
    double fisher = dimension / Math.sqrt(split.images());
    assertThat(found.likeliest().standardError()).isBetween(fisher / 3, 3 * fisher);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void aPlaneHasTwoDimensions(long seed) {
    assertFinds(2, Manifolds.plane(2000, 64, seed));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void aSphereHasTwoDimensions(long seed) {
    assertFinds(2, Manifolds.sphere(2000, 64, seed));
  }

  /**
   * Among 2,000 points in 12 dimensions the nearest are so far (2,000^(1/12) is not 2) that the
   * density does change within r₂: TwoNN is known to find less than the dimension there.
   */
  @Test
  void aCloudOfTwelveDimensionsHasAlmostTwelve() {
    IntrinsicDimension found = IntrinsicDimension.of(Manifolds.gaussian(12, 2000, 64, 1), 0.9, 1);

    assertThat(found.fitted().value()).isBetween(10.5, 12.5);
    assertThat(found.likeliest().value()).isBetween(10.5, 12.5);
  }

  @Test
  void theErrorIsTheDeviationBetweenSamples() {
    List<IntrinsicDimension> samples =
        IntStream.range(0, 60)
            .mapToObj(seed -> IntrinsicDimension.of(Manifolds.plane(400, 2, seed), 0.9, 7))
            .toList();

    for (boolean fit : new boolean[] {true, false}) {
      double[] values = new double[60];
      double[] errors = new double[60];
      for (int i = 0; i < 60; i++) {
        IntrinsicDimension.Dimension dimension =
            fit ? samples.get(i).fitted() : samples.get(i).likeliest();
        values[i] = dimension.value();
        errors[i] = dimension.standardError();
      }
      // A deviation of 60 values is known to 9 %; four of these.
      double deviation = Math.sqrt(StatUtils.variance(values));
      assertThat(StatUtils.mean(errors)).isCloseTo(deviation, within(0.36 * deviation));
    }
  }

  @Test
  void scalesAreHalvings() {
    Split plane = Manifolds.plane(1001, 5, 3);

    List<IntrinsicDimension> scales = IntrinsicDimension.byScale(plane, 0.9, 1);

    assertThat(scales)
        .extracting(IntrinsicDimension::images)
        .containsExactly(1001, 500, 250, 125, 62, 31, 15);
    assertThat(scales)
        .extracting(IntrinsicDimension::subsamples)
        .containsExactly(1, 2, 4, 8, 16, 32, 64);
    assertThat(scales.get(0)).isEqualTo(IntrinsicDimension.of(plane, 0.9, 1));
    // In a plane distances go with the root of the number of points.
    assertThat(scales.get(4).meanDistance() / scales.get(0).meanDistance())
        .isCloseTo(4, within(0.4));
    for (IntrinsicDimension scale : scales) {
      assertThat(scale.fitted().value()).isCloseTo(2, within(0.3));
    }
  }

  /** A plane that is a twentieth as thick as wide: two dimensions from afar, three from nearby. */
  @Test
  void theDimensionDependsOnTheScale() {
    Split plane = Manifolds.plane(2000, 2, 3);
    float[] across = Manifolds.plane(2000, 1, 4).activities()[0];
    float[][] thick = {plane.activities()[0], plane.activities()[1], new float[2000]};
    for (int i = 0; i < 2000; i++) {
      thick[2][i] = 0.05f * across[i];
    }

    List<IntrinsicDimension> scales =
        IntrinsicDimension.byScale(new Split(thick, new int[2000]), 0.9, 1);

    assertThat(scales.get(0).fitted().value()).isGreaterThan(2.4);
    assertThat(scales.get(6).fitted().value()).isCloseTo(2, within(0.25));
  }

  @Test
  void duplicatesAreCounted() {
    Split plane = Manifolds.plane(400, 3, 1);
    float[][] twice =
        Arrays.stream(plane.activities())
            .map(activity -> Arrays.copyOf(activity, 450))
            .toArray(float[][]::new);
    for (int neuron = 0; neuron < 3; neuron++) {
      System.arraycopy(plane.activities()[neuron], 100, twice[neuron], 400, 50);
    }

    IntrinsicDimension found = IntrinsicDimension.of(new Split(twice, new int[450]), 0.9, 1);

    assertThat(found.duplicates()).isEqualTo(50);
    assertThat(found.images()).isEqualTo(400);
    assertThat(found.fitted()).isEqualTo(IntrinsicDimension.of(plane, 0.9, 1).fitted());
  }

  @Test
  void aChunkIsTheLayerAsSomeNeuronsShowIt() {
    Split cloud = Manifolds.gaussian(5, 500, 9, 1);
    int[] chunk = {7, 2, 4};
    float[][] activities = {cloud.activities()[7], cloud.activities()[2], cloud.activities()[4]};

    assertThat(IntrinsicDimension.ofChunk(cloud, chunk, 0.9, 1))
        .isEqualTo(IntrinsicDimension.of(new Split(activities, new int[500]), 0.9, 1));
    assertThat(IntrinsicDimension.ofChunk(cloud, chunk, 0.9, 1).fitted().value())
        .isCloseTo(3, within(0.5));
  }

  @Test
  void refusesBadInput() {
    Split few = Manifolds.plane(87, 3, 1);
    Split enough = Manifolds.plane(88, 3, 1);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> IntrinsicDimension.of(few, 0.9, 1))
        .withMessageContaining("at least 88")
        .withMessageContaining("only 87");
    assertThat(IntrinsicDimension.byScale(enough, 0.9, 1)).hasSize(4);
    assertThatIllegalArgumentException().isThrownBy(() -> IntrinsicDimension.of(enough, 1, 1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> IntrinsicDimension.ofChunk(enough, new int[] {3}, 0.9, 1))
        .withMessageContaining("neuron 0 of the chunk is 3");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> IntrinsicDimension.ofChunk(enough, new int[] {1, 1}, 0.9, 1));
  }
}
