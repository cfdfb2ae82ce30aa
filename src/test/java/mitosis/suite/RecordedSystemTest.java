package mitosis.suite;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import mitosis.claim.Scale;
import mitosis.data.Dataset;
import mitosis.data.Digits;
import mitosis.data.ParityOfDigits;
import mitosis.representation.TrainedNetworks;
import mitosis.train.Recipe;
import mitosis.train.RecordedRuns;
import mitosis.train.Run;
import org.junit.jupiter.api.Test;

class RecordedSystemTest {

  private static final int IMAGES = 4_000;

  private final Dataset digits = Digits.dataset();
  private final RecordedRuns recorded = new RecordedRuns(NetworkRecorder.NETWORKS, Digits.DATASETS);
  private final Study study =
      Systems.onData("pmnist-fc5-recorded")
          .study(Scale.FULL, List.of(0, 1, 2), ParityOfDigits.NAME, Digits.DATASETS);

  @Test
  void networks_with_weight_decay_answer_as_they_did_when_trained() {
    assertAnswersAsTrained(study.widest());
  }

  @Test
  void networks_without_weight_decay_answer_as_they_did_when_trained() {
    assertAnswersAsTrained(study.withoutWeightDecay().orElseThrow());
  }

  /**
   * The ensemble's logits against those from before the weights were rounded: a matrix's entries
   * move by up to 2^-11 of themselves, each its own way, so that logits stay nearer than that to
   * theirs.
   */
  private void assertAnswersAsTrained(Recipe recipe) {
    Run run = recorded.of(recipe);
    float[] trained = recorded.ensemble(run)[0];
    float[] loaded =
        new TrainedNetworks(List.of(run), run.manifest().epochs(), digits).meanLogits(IMAGES)[0];

    assertThat(trained).hasSize(digits.test().count());
    assertThat(rootMeanSquare(n -> loaded[n] - trained[n]))
        .isLessThan(0x1p-11 * rootMeanSquare(n -> trained[n]));
    assertThat(IntStream.range(0, IMAGES).filter(n -> loaded[n] * trained[n] < 0).count())
        .as("images that the ensemble takes for the other class")
        .isLessThanOrEqualTo(IMAGES / 1000);
  }

  private static double rootMeanSquare(IntToDoubleFunction value) {
    return Math.sqrt(
        IntStream.range(0, IMAGES)
            .mapToDouble(n -> Math.pow(value.applyAsDouble(n), 2))
            .average()
            .orElseThrow());
  }
}
