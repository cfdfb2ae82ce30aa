package mitosis.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.Arrays;
import mitosis.representation.Readout;
import mitosis.representation.Representation;
import mitosis.representation.Split;
import mitosis.representation.SubjectSource.RepresentationFolder;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class DropoutStabilityTest {

  private static Representation subject;

  @BeforeAll
  static void read() {
    subject = new RepresentationFolder(Path.of("fixtures/subject-pmnist-w64")).read();
  }

  private static Representation with(double[] biases) {
    return new Representation(
        "subject",
        subject.test(),
        subject.train(),
        new Readout(subject.readout().weights(), biases));
  }

  /** Straight from the definition. */
  @Test
  void theRestOfTheNeuronsWeighsTwiceAsMuch() {
    double[] losses = new double[3];
    double[] errors = new double[3];
    Readout readout = subject.readout();
    for (int network = 0; network < 3; network++) {
      int[] kept = Arrays.copyOf(new Permutations(64, 8).permutation(network), 32);
      for (int image = 0; image < subject.train().images(); image++) {
        double output = readout.biases()[0];
        for (int neuron : kept) {
          output += 2 * readout.weights()[0][neuron] * subject.train().activities()[neuron][image];
        }
        int label = subject.train().labels()[image];
        losses[network] += 0.5 * Math.pow(Math.max(0, 1 - output * label), 2) / 2000;
        errors[network] += (output > 0 ? 1 : -1) == label ? 0 : 1.0 / 2000;
      }
    }

    DropoutStability found = DropoutStability.measure(subject, 0.5, 3, 8);

    assertThat(found.kept()).isEqualTo(32);
    assertThat(found.trainLoss().mean()).isCloseTo(MeanOverChunks.of(losses).mean(), within(1e-12));
    assertThat(found.trainLoss().deviation())
        .isCloseTo(MeanOverChunks.of(losses).deviation(), within(1e-12));
    assertThat(found.trainError().mean())
        .isCloseTo(MeanOverChunks.of(errors).mean(), within(1e-12));
    assertThat(found.lossChange())
        .isCloseTo(Math.abs(found.trainLoss().mean() - found.full().trainLoss()), within(0.0));
  }

  @Test
  void theFullNetworkIsTheOneThatLosesNothing() {
    DropoutStability found = DropoutStability.measure(subject, 0, 2, 1);

    assertThat(found.kept()).isEqualTo(64);
    assertThat(found.full().testError()).isEqualTo(0.067);
    assertThat(found.full().trainError()).isEqualTo(0.003);
    assertThat(found.testError()).isEqualTo(new MeanOverChunks(0.067, 0, 2));
    assertThat(found.trainError()).isEqualTo(new MeanOverChunks(0.003, 0, 2));
    assertThat(found.lossChange()).isZero();
  }

  @Test
  void withoutBiasAThinnedNetworkErrsLikeAChunk() {
    Representation unbiased = with(new double[1]);
    ChunkError chunks = ChunkError.measure(unbiased, new int[] {16}, 40, 3);

    DropoutStability found = DropoutStability.measure(unbiased, 0.75, 40, 3);

    assertThat(found.testError()).isEqualTo(chunks.test().get(0));
    assertThat(found.trainError()).isEqualTo(chunks.train().get(0));
  }

  @Test
  void withBiasItErrsLikeAChunkWithALesserOne() {
    Representation biased = with(new double[] {0.5});
    ChunkError chunks = ChunkError.measure(with(new double[] {0.125}), new int[] {16}, 40, 3);

    DropoutStability found = DropoutStability.measure(biased, 0.75, 40, 3);

    assertThat(found.testError()).isEqualTo(chunks.test().get(0));
    assertThat(found.testError())
        .isNotEqualTo(ChunkError.measure(biased, new int[] {16}, 40, 3).test().get(0));
  }

  /** Two classes with logits z and 0: the cross-entropy of class 0 is log(1 + e^-z). */
  @Test
  void theLossOfClassesIsTheCrossEntropy() {
    Split split = new Split(new float[][] {{1, 3}}, new int[] {0, 1});
    Representation net =
        new Representation(
            "two classes", split, split, new Readout(new double[][] {{2}, {0}}, new double[2]));

    double loss = DropoutStability.measure(net, 0, 2, 1).full().trainLoss();

    assertThat(loss)
        .isCloseTo((Math.log1p(Math.exp(-2)) + 6 + Math.log1p(Math.exp(-6))) / 2, within(1e-12));
  }

  @Test
  void clonesAreStableAndDifferentNeuronsAreNot() {
    Representation clones = PlantedClones.ofWidth(64, 1, 2_000, 1).network(0);
    Representation different = new GaussianLayer(64, 1, 2_000, 1).representation();

    assertThat(DropoutStability.measure(clones, 0.5, 20, 1).trainError().mean()).isLessThan(0.01);
    assertThat(DropoutStability.measure(different, 0.5, 20, 1).trainError().mean())
        .isGreaterThan(0.2);
  }

  @Test
  void refusesBadInput() {
    for (double removed : new double[] {-0.1, 1, Double.NaN}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> DropoutStability.measure(subject, removed, 2, 1))
          .withMessageContaining("is " + removed);
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DropoutStability.measure(subject, 0.5, 1, 1));
    assertThat(DropoutStability.measure(subject, 0.999, 2, 1).kept()).isEqualTo(1);
  }
}
