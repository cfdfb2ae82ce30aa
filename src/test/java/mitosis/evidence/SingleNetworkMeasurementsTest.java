package mitosis.evidence;

import static mitosis.analysis.SampleThresholds.THRESHOLDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import mitosis.analysis.CriticalWidths.CloneSign;
import mitosis.analysis.GaussianLayer;
import mitosis.analysis.PlantedClones;
import mitosis.claim.Band;
import mitosis.claim.Estimate;
import mitosis.claim.Verdict;
import mitosis.evidence.SingleCriticalSizes.SingleCriticalSize;
import mitosis.representation.ExternalNetwork;
import mitosis.representation.Readout;
import mitosis.representation.Representation;
import mitosis.representation.Split;
import org.junit.jupiter.api.Test;

class SingleNetworkMeasurementsTest {

  /** 256 neurons that copy four features: w* ≈ 29, and the error falls as w^-½ with err∞ = 0. */
  private static final Representation CLONES =
      PlantedClones.ofWidth(256, 4_000, 4_000, 3).withHardShare(0.5).network(0);

  private static final SingleNetwork PLANTED =
      SingleNetwork.madeUp("planted clones", CLONES, true, THRESHOLDS);

  private static final Band UNCORRELATED = Band.atMost(0.03);

  /** The same features in half as many neurons, on half as many images. */
  private static final Representation FEWER_CLONES =
      PlantedClones.ofWidth(128, 2_000, 2_000, 3).withHardShare(0.5).network(0);

  private static SingleNetwork brought(Representation layer, boolean train, boolean readout) {
    return SingleNetwork.of(
        new ExternalNetwork(
            "brought",
            Path.of("brought"),
            layer.test(),
            train ? Optional.of(layer.train()) : Optional.empty(),
            readout ? Optional.of(layer.readout()) : Optional.empty(),
            Optional.empty(),
            Map.of(),
            Optional.empty()),
        THRESHOLDS);
  }

  @Test
  void theCriticalWidthOfClonesIsWhereTheClearImagesAreFit() {
    Estimate estimate = new SingleCriticalSize(PLANTED).estimate();

    // A tenth of a percent at 9.5·((d−1) + dσ²) = 28.6 for d = 4, σ = 0.05; on 4,000 images that is
    // four mistakes a chunk, and the allotment of copies is one draw.
    assertThat(estimate.value()).isCloseTo(28.6, within(6.0));
    assertThat(estimate.interval().low()).isBetween(10.0, estimate.value());
    assertThat(estimate.interval().high()).isBetween(estimate.value(), 60.0);
    assertThat(SingleNetworkMeasurements.clones().of(PLANTED).value())
        .isCloseTo(256 / estimate.value(), within(1e-9));
  }

  @Test
  void eachSignOfACloneHasItsOwnCriticalWidth() {
    SingleCriticalSizes sizes = new SingleCriticalSizes(PLANTED);
    Estimate interpolation = sizes.estimate(CloneSign.INTERPOLATION);
    Estimate rebuilding = sizes.estimate(CloneSign.RECONSTRUCTION);
    Estimate independence = sizes.estimate(CloneSign.INDEPENDENCE);

    assertThat(interpolation).isEqualTo(new SingleCriticalSize(PLANTED).estimate());
    // A copy of each of four features is enough to rebuild the layer, which 64 neurons surely hold;
    // residuals share the noise of a feature's copies until there are many (see below).
    assertThat(rebuilding.value()).isBetween(4.0, 30.0);
    // ¼·(4/w)/(1 + 4/w) + ¾·0.0127 = 0.03 at w = 45.
    assertThat(independence.value()).isCloseTo(45, within(10.0));
    for (Estimate each : new Estimate[] {rebuilding, independence}) {
      assertThat(each.interval().low()).isLessThan(each.value());
      assertThat(each.interval().high()).isGreaterThan(each.value());
    }
  }

  @Test
  void theScalingSetsInWhereTheSteepFallEndsAndTakesALimit() {
    assertThat(new SingleCriticalSizes(PLANTED).estimate(CloneSign.SCALING).value())
        .isBetween(1.0, 64.0);
    assertThatExceptionOfType(Unmeasurable.class)
        .isThrownBy(
            () -> new SingleCriticalSizes(brought(CLONES, true, true)).estimate(CloneSign.SCALING))
        .withMessageContaining("err∞");
  }

  @Test
  void theLawIsFoundWhereTheLimitIsKnown() {
    Estimate exponent = SingleNetworkMeasurements.exponent().of(PLANTED);

    assertThat(exponent.interval().low()).isLessThan(-0.5);
    assertThat(exponent.interval().high()).isGreaterThan(-0.5);
    assertThat(exponent.interval().halfWidth()).isLessThan(0.15);
  }

  @Test
  void withoutALimitEveryExponentThatFitsIsLeftOpen() {
    Estimate known = SingleNetworkMeasurements.exponent().of(PLANTED);
    Estimate free = SingleNetworkMeasurements.exponent().of(brought(CLONES, true, true));

    assertThat(free.interval().low()).isLessThanOrEqualTo(known.value());
    assertThat(free.interval().high()).isGreaterThanOrEqualTo(known.value());
    assertThat(free.interval().halfWidth()).isGreaterThan(known.interval().halfWidth());
  }

  @Test
  void smallChunksFallFaster() {
    SingleNetwork few =
        SingleNetwork.madeUp(
            "few hard images",
            PlantedClones.ofWidth(256, 4_000, 4_000, 3).withHardShare(0.005).network(0),
            true,
            THRESHOLDS);

    assertThat(
            SingleNetworkMeasurements.localSlopes()
                .apply(few)
                .worst(Band.atMost(-0.65))
                .estimate()
                .value())
        .isLessThan(-0.65);
  }

  @Test
  void noMistakeOnSoManyImagesLeavesWhatClopperAndPearsonSay() {
    Estimate error = SingleNetworkMeasurements.fullTrainingError().of(PLANTED);

    assertThat(error.value()).isZero();
    assertThat(error.interval().low()).isZero();
    // 1 − 0.025^(1/4000)
    assertThat(error.interval().high()).isCloseTo(9.2179e-4, within(1e-7));
    assertThat(SingleNetworkMeasurements.halfLayerExcess().of(PLANTED).value()).isLessThan(1e-3);
  }

  @Test
  void clonesRebuildAndMissNoise() {
    assertThat(SingleNetworkMeasurements.heldOutR2().of(PLANTED).value()).isBetween(0.99, 1.0);
    // The residuals of two copies of one feature share the noise of the w/4 copies in the chunk
    // that
    // they are rebuilt from: ρ = (4/w)/(1 + 4/w). A quarter of the pairs are such, the others
    // have √(2/(π(4000 − w − 1))) = 0.0127 by chance.
    double share = 4 / (2 * new SingleCriticalSize(PLANTED).value());
    assertThat(SingleNetworkMeasurements.correlation(UNCORRELATED.high()).of(PLANTED).value())
        .isCloseTo(0.25 * share / (1 + share) + 0.75 * 0.0127, within(0.003));
    assertThat(
            UNCORRELATED.judge(
                SingleNetworkMeasurements.correlation(UNCORRELATED.high()).of(PLANTED)))
        .isEqualTo(Verdict.REPRODUCED);
  }

  @Test
  void neuronsThatAreAllDifferentMakeNoSecondClone() {
    SingleNetwork gaussian =
        SingleNetwork.madeUp(
            "Gaussian", new GaussianLayer(128, 2_000, 2_000, 4).representation(), true, THRESHOLDS);

    assertThat(SingleNetworkMeasurements.clones().of(gaussian).interval().high()).isLessThan(2);
    assertThat(SingleNetworkMeasurements.halfLayerExcess().of(gaussian).value())
        // arccos(√½)/π
        .isCloseTo(0.25, within(0.03));
    assertThatExceptionOfType(Unmeasurable.class)
        .isThrownBy(() -> SingleNetworkMeasurements.exponent().of(gaussian))
        .withMessageContaining("chunk sizes beyond w*");
    assertThatExceptionOfType(Unmeasurable.class)
        .isThrownBy(() -> SingleNetworkMeasurements.correlation(UNCORRELATED.high()).of(gaussian))
        .withMessageContaining("neurons outside chunks of 2·w*");
  }

  /** Of W different neurons, w rebuild w/W of the variance; so small a chunk cannot be 1.28·w*. */
  @Test
  void whereNoLargerChunkFitsHalfTheLayerMustRebuildIt() {
    SingleNetwork gaussian =
        SingleNetwork.madeUp(
            "Gaussian", new GaussianLayer(128, 2_000, 2_000, 4).representation(), true, THRESHOLDS);

    assertThat(SingleNetworkMeasurements.rebuildingSize(gaussian)).isEqualTo(64);
    assertThat(SingleNetworkMeasurements.heldOutR2().of(gaussian).value())
        .isCloseTo(0.5, within(0.05));
    assertThat(Band.between(0.99, 1).judge(SingleNetworkMeasurements.heldOutR2().of(gaussian)))
        .isEqualTo(Verdict.NOT_REPRODUCED);
  }

  /** √(2/(π(400 − w − 1))) is above 0.03 whatever w is; of 4,000 images it is not. */
  @Test
  void whereNoiseAloneIsCorrelatedNothingIsSaidOfCorrelations() {
    SingleNetwork few =
        SingleNetwork.madeUp(
            "few", PlantedClones.ofWidth(256, 400, 4_000, 3).network(0), true, THRESHOLDS);

    assertThatExceptionOfType(Unmeasurable.class)
        .isThrownBy(() -> SingleNetworkMeasurements.correlation(UNCORRELATED.high()).of(few))
        .withMessageContaining("with 400 test images independent noise alone makes it 0.04");
    assertThatExceptionOfType(Unmeasurable.class)
        .isThrownBy(() -> SingleNetworkMeasurements.correlationDrop(0.01).of(PLANTED))
        .withMessageContaining("independent noise alone");
    assertThat(SingleNetworkMeasurements.correlationDrop(0.4).of(PLANTED).value()).isLessThan(0.4);
  }

  @Test
  void whatIsNotThereIsUnmeasurable() {
    float[][] oneLive = new float[256][];
    Arrays.fill(oneLive, new float[4_000]);
    oneLive[3] = CLONES.test().activities()[3];
    SingleNetwork single =
        SingleNetwork.madeUp(
            "one live neuron",
            new Representation(
                "one",
                new Split(oneLive, CLONES.test().labels()),
                CLONES.train(),
                CLONES.readout()),
            true,
            THRESHOLDS);
    SingleNetwork dead =
        SingleNetwork.madeUp(
            "dead layer",
            new Representation(
                "dead",
                new Split(new float[256][4_000], CLONES.test().labels()),
                CLONES.train(),
                CLONES.readout()),
            false,
            THRESHOLDS);

    assertThatExceptionOfType(Unmeasurable.class)
        .isThrownBy(() -> SingleNetworkMeasurements.correlation(UNCORRELATED.high()).of(single))
        .withMessageContaining("two neurons outside a chunk")
        .withMessageContaining("of 1 live ones");
    assertThatExceptionOfType(Unmeasurable.class)
        .isThrownBy(() -> SingleNetworkMeasurements.correlation(UNCORRELATED.high()).of(dead))
        .withMessageContaining("none of the 256 neurons is live");
    assertThatExceptionOfType(Unmeasurable.class)
        .isThrownBy(() -> SingleNetworkMeasurements.exponent().of(dead))
        .withMessageContaining("an exponent: on these test images");
  }

  /** Whose readout has the wrong sign, and a bias that outweighs small chunks. */
  @Test
  void errorsThatRiseWithTheChunkHaveNoExponent() {
    double[][] weights =
        Arrays.stream(CLONES.readout().weights())
            .map(output -> Arrays.stream(output).map(weight -> -weight).toArray())
            .toArray(double[][]::new);
    SingleNetwork wrong =
        SingleNetwork.of(
            new ExternalNetwork(
                "wrong",
                Path.of("wrong"),
                CLONES.test(),
                Optional.of(CLONES.train()),
                Optional.of(new Readout(weights, new double[] {0.3})),
                Optional.empty(),
                Map.of(),
                Optional.empty()),
            THRESHOLDS);

    assertThatExceptionOfType(Unmeasurable.class)
        .isThrownBy(() -> SingleNetworkMeasurements.exponent().of(wrong))
        .withMessageContaining("does not fall with their size");
  }

  @Test
  void withoutTrainingImagesWhatNeedsThemSaysSoAndTheRestIsMeasured() {
    SingleNetwork noTrain = brought(FEWER_CLONES, false, true);

    assertThatExceptionOfType(Unmeasurable.class)
        .isThrownBy(() -> SingleNetworkMeasurements.fullTrainingError().of(noTrain))
        .withMessageContaining("features_train and labels_train of brought");
    assertThat(new SingleCriticalSize(noTrain).rule()).contains("R² of 0.99");
    // The first neurons of all four features are enough.
    assertThat(new SingleCriticalSize(noTrain).value()).isBetween(4.0, 20.0);
    assertThat(SingleNetworkMeasurements.heldOutR2().of(noTrain).value()).isBetween(0.99, 1.0);
    assertThat(SingleNetworkMeasurements.rebuildingSize(noTrain)).isEqualTo(128 / 4);
    assertThat(SingleNetworkMeasurements.correlation(UNCORRELATED.high()).of(noTrain).value())
        .isLessThan(0.05);
  }

  @Test
  void withoutAReadoutWhatTakesOutputsSaysSo() {
    SingleNetwork noReadout = brought(FEWER_CLONES, true, false);

    assertThatExceptionOfType(Unmeasurable.class)
        .isThrownBy(() -> SingleNetworkMeasurements.exponent().of(noReadout))
        .withMessageContaining("readout_weight and readout_bias of brought");
    assertThat(SingleNetworkMeasurements.dimensionShare().of(noReadout).value()).isPositive();
  }
}
