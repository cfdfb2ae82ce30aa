package mitosis.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import mitosis.data.Dataset;
import mitosis.data.Digits;
import mitosis.train.RunStore.RunStoreException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordedRunsTest {

  private static final Dataset DATASET = Recipes.dataset(64);
  private static final Recipe TRAINED = Recipes.of(4, List.of(1, 2), 0.1, 32, 4, List.of(0, 2, 4));
  private static final String LAST = "epoch-00004.safetensors";

  @TempDir private Path folder;

  private RecordedRuns recorded;
  private Run run;

  @BeforeEach
  void train() {
    RunStore store = RunStore.open(folder.resolve("runs"), Execution.onCpu(), Digits.DATASETS);
    new RunTrainer(store, Duration.ofHours(1), warning -> {}).train(TRAINED, DATASET, record -> {});
    run = store.find(TRAINED).orElseThrow();
    recorded = new RecordedRuns(folder.resolve("networks"), Digits.DATASETS);
  }

  @Test
  void a_recorded_run_has_the_end_of_the_trained_one_with_matrices_to_16_bits() {
    Path there = recorded.record(run, Optional.empty());
    Run found = recorded.of(TRAINED.keepingTheEnd());

    assertThat(found.folder()).isEqualTo(there).hasFileName("w4-" + run.manifest().hash());
    assertThat(found.recipe().snapshots()).containsExactly(4);
    assertThat(found.manifest().execution()).isEqualTo(run.manifest().execution());
    assertThat(found.history()).usingRecursiveComparison().isEqualTo(run.history());
    Map<String, float[]> weights = found.finalWeights();
    run.finalWeights()
        .forEach(
            (name, trained) -> {
              for (int k = 0; k < trained.length; k++) {
                // Java's own rounding to the nearest half, ties to even (IEEE 754).
                float expected =
                    name.matches("body\\.\\d+\\.weight") && trained.length > 8
                            || name.equals("out.weight")
                        ? nearestHalf(trained[k])
                        : trained[k];
                assertThat(weights.get(name)[k]).as(name).isEqualTo(expected);
              }
            });
  }

  /** Of a number that is neither too large nor below the smallest normal half, 6.1e-5. */
  private static float nearestHalf(float value) {
    if (Math.abs(value) < 0x1p-14f) {
      return (float) Math.rint(value * 0x1p24) * 0x1p-24f;
    }
    int exponent = Math.getExponent(value);
    return (float) Math.scalb(Math.rint(Math.scalb((double) value, 10 - exponent)), exponent - 10);
  }

  @Test
  void a_recorded_run_may_be_recorded_again() {
    assertThat(recorded.record(run, Optional.empty()))
        .isEqualTo(recorded.record(run, Optional.empty()));
    assertThat(recorded.of(TRAINED.keepingTheEnd()).history()).hasSize(4);
  }

  @Test
  void what_the_ensemble_made_of_the_test_images_is_kept_to_16_bits() {
    float[][] logits = {{0.5f, -3.25f, 0.1f}};
    recorded.record(run, Optional.of(logits));

    assertThat(recorded.ensemble(recorded.of(TRAINED.keepingTheEnd())))
        .isDeepEqualTo(new float[][] {{0.5f, -3.25f, nearestHalf(0.1f)}});
  }

  @Test
  void a_damaged_or_missing_ensemble_is_refused_by_name() throws IOException {
    Path there = recorded.record(run, Optional.of(new float[][] {{0.5f, -3.25f}}));
    Run found = recorded.of(TRAINED.keepingTheEnd());
    Files.writeString(there.resolve("ensemble.safetensors"), "cut");

    assertThatThrownBy(() -> recorded.ensemble(found))
        .isInstanceOf(RunStoreException.Damaged.class)
        .hasMessageContainingAll("ensemble.safetensors", "SHA-256 differs");

    recorded.record(run, Optional.empty());
    assertThatThrownBy(() -> recorded.ensemble(recorded.of(TRAINED.keepingTheEnd())))
        .isInstanceOf(RunStoreException.class)
        .hasMessageContainingAll(there.toString(), "without its ensemble");
  }

  @Test
  void a_recipe_that_was_not_recorded_is_refused_by_name() {
    recorded.record(run, Optional.empty());

    assertThatThrownBy(() -> recorded.of(TRAINED))
        .isInstanceOf(RunStoreException.class)
        .hasMessageContainingAll("no network that was recorded in", "snapshots=[0, 2, 4]");
  }

  @Test
  void damaged_files_are_refused_by_name() throws IOException {
    Path there = recorded.record(run, Optional.empty());
    Path weights = there.resolve(LAST);
    byte[] content = Files.readAllBytes(weights);
    content[content.length - 1] ^= 1;
    Files.write(weights, content);

    assertThatThrownBy(() -> recorded.of(TRAINED.keepingTheEnd()))
        .isInstanceOf(RunStoreException.Damaged.class)
        .hasMessageContainingAll(LAST, "SHA-256 differs");

    Files.delete(weights);
    assertThatThrownBy(() -> recorded.of(TRAINED.keepingTheEnd()))
        .isInstanceOf(RunStoreException.Damaged.class)
        .hasMessageContainingAll(LAST, "is missing");
  }

  @Test
  void a_run_on_other_data_is_refused() throws IOException {
    Path manifest = recorded.record(run, Optional.empty()).resolve("manifest.json");
    String fingerprint = run.manifest().dataFingerprint();
    Files.writeString(
        manifest,
        Files.readString(manifest, StandardCharsets.UTF_8)
            .replace(fingerprint, fingerprint.replace('a', 'b')));

    assertThatThrownBy(() -> recorded.of(TRAINED.keepingTheEnd()))
        .isInstanceOf(RunStoreException.Damaged.class)
        .hasMessageContainingAll("was trained on other data", TRAINED.dataset());
  }
}
