package mitosis.analysis;

import static mitosis.analysis.SampleThresholds.THRESHOLDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.concurrent.ForkJoinPool;
import mitosis.analysis.CriticalWidths.CloneSign;
import mitosis.analysis.LayerSummary.ChunkSummary;
import mitosis.analysis.LayerSummary.LayerValue;
import mitosis.representation.Readout;
import mitosis.representation.Representation;
import mitosis.representation.Split;
import org.junit.jupiter.api.Test;

class LayerSummaryTest {

  private static final List<String> OF_LAYER =
      List.of(
          "full_test_error",
          "full_train_error",
          "live_neurons",
          "dimension_fitted",
          "dimension_fitted_error",
          "dimension_likeliest",
          "dimension_likeliest_error",
          "critical_width_interpolation",
          "critical_width_reconstruction",
          "critical_width_independence",
          "critical_width_scaling");

  private static final List<String> OF_SIZE =
      List.of(
          "test_error",
          "train_error",
          "r2",
          "held_out_r2",
          "correlation_by_code",
          "correlation_by_paper",
          "correlation_off_chunk",
          "correlation_excess_square",
          "correlation_noise_floor",
          "chunk_to_chunk_r2",
          "chunk_to_chunk_correlation");

  private static LayerSummary summary(Representation layer, int... sizes) {
    return LayerSummary.measure(layer, sizes, 40, 10, 0, THRESHOLDS, 1);
  }

  /** R² is w/W, the error arccos(√(w/W))/π, and what is missed is independent noise. */
  @Test
  void aGaussianLayerIsAsItsClosedFormsSay() {
    int images = 4000;
    Representation layer = new GaussianLayer(16, images, 1000, 3).representation();

    LayerSummary summary =
        LayerSummary.measure(layer, new int[] {4, 8, 16}, 400, 20, 0, THRESHOLDS, 1);

    assertThat(summary.width()).isEqualTo(16);
    assertThat(summary.liveNeurons()).isEqualTo(16);
    assertThat(summary.full()).isEqualTo(new ChunkError.Errors(0, 0));
    for (int size : new int[] {4, 8}) {
      ChunkSummary chunks = summary.at(size);
      double share = size / 16.0;
      // Chunks explain their own neurons, and of the others what chance gives: w of N−1.
      double expected = share + (1 - share) * size / (images - 1);
      assertThat(chunks.r2().mean()).isCloseTo(expected, within(0.01));
      assertThat(chunks.heldOutR2().orElseThrow().mean()).isCloseTo(share, within(0.01));
      assertThat(chunks.otherChunks().orElseThrow().r2().mean())
          .isCloseTo((double) size / (images - 1), within(0.001));
      ResidualCorrelation.OffChunk offChunk = chunks.correlation().offChunk().orElseThrow();
      assertThat(offChunk.absolute().mean()).isCloseTo(offChunk.noiseFloor(), within(0.001));
      assertThat(offChunk.noiseFloor()).isEqualTo(Math.sqrt(2 / (Math.PI * (images - size - 1))));
      // The mean over readouts; this is one of them.
      double error = Math.acos(Math.sqrt(share)) / Math.PI;
      assertThat(chunks.testError().mean()).isCloseTo(error, within(0.03));
      assertThat(chunks.trainError().mean()).isCloseTo(error, within(0.03));
    }
    assertThat(summary.at(16).testError().mean()).isZero();
    assertThat(summary.at(16).otherChunks()).isEmpty();
    // Among 4,000 points in 16 dimensions TwoNN is known to find less than there are.
    assertThat(summary.dimension().fitted().value()).isBetween(12.0, 16.0);
    assertThat(summary.criticalWidths().width(CloneSign.SCALING)).isEmpty();
  }

  @Test
  void plantedClonesAreSummedUpByTheMeasurementsThemselves() {
    Representation layer = PlantedClones.ofWidth(64, 1000, 600, 1).network(0);
    int[] sizes = {2, 8, 32, 64};

    LayerSummary summary = LayerSummary.measure(layer, sizes, 30, 5, 0.01, THRESHOLDS, 9);

    ChunkError error = ChunkError.measure(layer, sizes, 30, 9);
    Reconstruction rebuilt = Reconstruction.measure(layer.test(), sizes, 5, 9);
    assertThat(summary.sizes()).containsExactly(sizes);
    assertThat(summary.full()).isEqualTo(error.full());
    assertThat(summary.dimension()).isEqualTo(IntrinsicDimension.of(layer.test(), 0.9, 9));
    assertThat(summary.criticalWidths())
        .isEqualTo(CriticalWidths.of(error, 0.01, rebuilt, THRESHOLDS));
    assertThat(summary.chunks()).extracting(ChunkSummary::testError).isEqualTo(error.test());
    assertThat(summary.chunks()).extracting(ChunkSummary::trainError).isEqualTo(error.train());
    assertThat(summary.chunks())
        .extracting(ChunkSummary::correlation)
        .isEqualTo(rebuilt.correlations());
    assertThat(summary.chunks().subList(0, 3))
        .extracting(chunks -> chunks.otherChunks().orElseThrow())
        .isEqualTo(rebuilt.otherChunks());
    for (int size : sizes) {
      assertThat(summary.at(size).r2()).isEqualTo(rebuilt.r2At(size));
      assertThat(summary.at(size).heldOutR2()).hasValue(rebuilt.heldOutR2At(size));
    }
  }

  /** With three dead neurons among them, so that any four have a copy. */
  @Test
  void anyChunkWithACopyIsAClone() {
    LayerSummary summary = summary(copies(12, 400, 3), 4, 15);

    assertThat(summary.width()).isEqualTo(15);
    assertThat(summary.liveNeurons()).isEqualTo(12);
    assertThat(summary.full()).isEqualTo(new ChunkError.Errors(0, 0));
    assertThat(summary.dimension().fitted().value()).isCloseTo(1, within(0.2));
    ChunkSummary four = summary.at(4);
    assertThat(four.testError()).isEqualTo(new MeanOverChunks(0, 0, 40));
    assertThat(four.trainError()).isEqualTo(new MeanOverChunks(0, 0, 40));
    assertThat(four.r2().mean()).isCloseTo(1, within(1e-7));
    assertThat(four.heldOutR2().orElseThrow().mean()).isCloseTo(1, within(1e-7));
    assertThat(four.otherChunks().orElseThrow().r2().mean()).isCloseTo(1, within(1e-7));
    // Nothing is left to correlate, and no error to fall.
    assertThat(four.correlation().offChunk()).isEmpty();
    assertThat(summary.criticalWidths().width(CloneSign.INTERPOLATION)).hasValue(4);
    assertThat(summary.criticalWidths().width(CloneSign.INDEPENDENCE)).isEmpty();
    assertThat(summary.criticalWidths().width(CloneSign.SCALING)).isEmpty();
  }

  /** Copies of one uniform activity, followed by neurons that say nothing. */
  private static Representation copies(int live, int images, int dead) {
    SplittableRandom random = new SplittableRandom(5);
    float[] activity = new float[images];
    int[] labels = new int[images];
    for (int image = 0; image < images; image++) {
      activity[image] = (float) random.nextDouble(-1, 1);
      labels[image] = activity[image] > 0 ? 1 : -1;
    }
    float[][] activities = new float[live + dead][images];
    Arrays.fill(activities, 0, live, activity);
    Split split = new Split(activities, labels);
    double[][] weights = new double[1][live + dead];
    Arrays.fill(weights[0], 1);
    return new Representation("copies", split, split, new Readout(weights, new double[1]));
  }

  @Test
  void heldOutEndsAtAFifthOfTheImages() {
    LayerSummary summary = summary(new GaussianLayer(32, 100, 20, 1).representation(), 20, 21);

    assertThat(summary.at(20).heldOutR2()).isPresent();
    assertThat(summary.at(21).heldOutR2()).isEmpty();
  }

  @Test
  void valuesAreTheSameOnesWhetherTheyExistOrNot() {
    LayerSummary clones = summary(PlantedClones.ofWidth(32, 500, 300, 1).network(0), 4, 32);
    LayerSummary gaussian = summary(new GaussianLayer(32, 100, 20, 1).representation(), 4, 32);

    for (LayerSummary summary : List.of(clones, gaussian)) {
      List<LayerValue> values = summary.values();
      assertThat(values.subList(0, 11)).extracting(LayerValue::quantity).isEqualTo(OF_LAYER);
      assertThat(values.subList(0, 11))
          .extracting(LayerValue::size)
          .containsOnly(OptionalInt.empty());
      assertThat(values.subList(11, 22)).extracting(LayerValue::quantity).isEqualTo(OF_SIZE);
      assertThat(values.subList(11, 22))
          .extracting(LayerValue::size)
          .containsOnly(OptionalInt.of(4));
      assertThat(values.subList(22, 33)).extracting(LayerValue::quantity).isEqualTo(OF_SIZE);
      assertThat(values.subList(22, 33))
          .extracting(LayerValue::size)
          .containsOnly(OptionalInt.of(32));
      assertThat(values).hasSize(33);
    }
    assertThat(value(gaussian, "critical_width_scaling", OptionalInt.empty()).mean()).isEmpty();
    assertThat(value(gaussian, "held_out_r2", OptionalInt.of(32)).mean()).isEmpty();
    assertThat(value(gaussian, "correlation_off_chunk", OptionalInt.of(32)).deviation()).isEmpty();
    assertThat(value(gaussian, "chunk_to_chunk_r2", OptionalInt.of(32)).mean()).isEmpty();
  }

  @Test
  void everyValueIsTheOneOfItsName() {
    LayerSummary layer = summary(PlantedClones.ofWidth(32, 500, 300, 1).network(0), 4, 32);
    ChunkSummary chunks = layer.at(4);
    ResidualCorrelation.OffChunk offChunk = chunks.correlation().offChunk().orElseThrow();
    OtherChunks other = chunks.otherChunks().orElseThrow();

    Map<String, Double> ofLayer =
        Map.of(
            "full_test_error", layer.full().test(),
            "full_train_error", layer.full().train(),
            "live_neurons", 32.0,
            "dimension_fitted", layer.dimension().fitted().value(),
            "dimension_fitted_error", layer.dimension().fitted().standardError(),
            "dimension_likeliest", layer.dimension().likeliest().value(),
            "dimension_likeliest_error", layer.dimension().likeliest().standardError());
    ofLayer.forEach(
        (name, expected) ->
            assertThat(value(layer, name, OptionalInt.empty()).mean()).as(name).hasValue(expected));
    for (CloneSign sign : CloneSign.values()) {
      assertThat(
              value(
                      layer,
                      "critical_width_" + sign.name().toLowerCase(Locale.ROOT),
                      OptionalInt.empty())
                  .mean())
          .isEqualTo(layer.criticalWidths().width(sign));
    }
    Map<String, MeanOverChunks> ofChunks =
        Map.of(
            "test_error", chunks.testError(),
            "train_error", chunks.trainError(),
            "r2", chunks.r2(),
            "held_out_r2", chunks.heldOutR2().orElseThrow(),
            "correlation_by_code", chunks.correlation().byCode(),
            "correlation_by_paper", chunks.correlation().byPaper(),
            "correlation_off_chunk", offChunk.absolute(),
            "correlation_excess_square", offChunk.excessSquare(),
            "chunk_to_chunk_r2", other.r2(),
            "chunk_to_chunk_correlation", other.correlation().orElseThrow().absolute());
    ofChunks.forEach(
        (name, expected) -> {
          LayerValue value = value(layer, name, OptionalInt.of(4));
          assertThat(value.mean()).as(name).hasValue(expected.mean());
          assertThat(value.deviation()).as(name).hasValue(expected.deviation());
        });
    assertThat(value(layer, "correlation_noise_floor", OptionalInt.of(4)))
        .isEqualTo(
            new LayerValue(
                "correlation_noise_floor",
                OptionalInt.of(4),
                OptionalDouble.of(offChunk.noiseFloor()),
                OptionalDouble.empty()));
  }

  private static LayerValue value(LayerSummary layer, String quantity, OptionalInt size) {
    return layer.values().stream()
        .filter(value -> value.quantity().equals(quantity) && value.size().equals(size))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void theSameBitsComeFromAnyNumberOfThreads() throws Exception {
    Representation layer = PlantedClones.ofWidth(32, 500, 300, 1).network(0);
    ForkJoinPool one = new ForkJoinPool(1);
    ForkJoinPool three = new ForkJoinPool(3);
    try {
      assertThat(one.submit(() -> summary(layer, 4, 16, 32)).get())
          .isEqualTo(three.submit(() -> summary(layer, 4, 16, 32)).get());
    } finally {
      one.shutdown();
      three.shutdown();
    }
  }

  @Test
  void refusesBadInput() {
    Representation layer = new GaussianLayer(8, 100, 20, 1).representation();
    LayerSummary good = summary(layer, 2, 4);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> summary(layer, 4))
        .withMessageContaining("2 chunk sizes at least")
        .withMessageContaining("only one given is 4");
    assertThatIllegalArgumentException().isThrownBy(() -> summary(layer));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> summary(layer, 4, 2))
        .withMessageContaining("chunk size 1 is 2");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> summary(layer, 4, 9))
        .withMessageContaining("at most 8");
    int[] sizes = {2, 4};
    assertThatIllegalArgumentException()
        .isThrownBy(() -> LayerSummary.measure(layer, sizes, 1, 5, 0, THRESHOLDS, 1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> LayerSummary.measure(layer, sizes, 5, 1, 0, THRESHOLDS, 1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> LayerSummary.measure(layer, sizes, 5, 5, Double.NaN, THRESHOLDS, 1))
        .withMessageContaining("err∞ is NaN");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> summary(new GaussianLayer(8, 87, 20, 1).representation(), 2, 4))
        .withMessageContaining("at least 88");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> good.at(3))
        .withMessageContaining("chunks of 3 neurons were not measured, only of [2, 4]");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new LayerSummary(
                    good.full(),
                    List.of(good.at(4), good.at(2)),
                    good.dimension(),
                    good.criticalWidths()));
  }

  @Test
  void chunksOfOneSizeAreOfThatSize() {
    LayerSummary layer = summary(new GaussianLayer(8, 100, 20, 1).representation(), 2, 4);
    ChunkSummary two = layer.at(2);
    MeanOverChunks any = two.testError();

    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new ChunkSummary(
                    2,
                    any,
                    any,
                    any,
                    Optional.empty(),
                    layer.at(4).correlation(),
                    Optional.empty()))
        .withMessageContaining("correlation is of chunks of 4 neurons");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new ChunkSummary(
                    2,
                    any,
                    any,
                    any,
                    Optional.empty(),
                    two.correlation(),
                    layer.at(4).otherChunks()))
        .withMessageContaining("but errors are of chunks of 2");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new ChunkSummary(
                    0, any, any, any, Optional.empty(), two.correlation(), Optional.empty()));
  }

  @Test
  void aValueIsANumber() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new LayerValue(
                    "r2", OptionalInt.of(4), OptionalDouble.of(Double.NaN), OptionalDouble.empty()))
        .withMessageContaining("mean of r2 at size 4 is NaN");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new LayerValue(
                    "live_neurons",
                    OptionalInt.empty(),
                    OptionalDouble.of(1),
                    OptionalDouble.of(Double.POSITIVE_INFINITY)))
        .withMessageContaining("deviation of live_neurons is Infinity");
  }
}
