package mitosis.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import mitosis.data.Dataset;
import mitosis.data.Digits;
import mitosis.model.NativeEngine;
import mitosis.model.OpenBlas;
import mitosis.model.Precision;
import mitosis.train.Recipe.Augmentation;
import mitosis.train.Recipes.Pictures;
import mitosis.train.Run.EpochRecord;
import mitosis.train.Run.Manifest;
import mitosis.train.RunStore.RunStoreException;
import mitosis.train.TrainingException.DivergedException;
import org.apache.commons.codec.digest.DigestUtils;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunStoreTest {

  private static final Dataset DATASET = Recipes.dataset(64);
  private static final Recipe RECIPE = Recipes.of(4, List.of(1, 2), 0.1, 32, 4, List.of(0, 2, 4));
  private static final String LAST = "epoch-00004.safetensors";

  @TempDir private Path runs;

  private final List<String> warnings = new ArrayList<>();
  private RunStore store;

  @BeforeEach
  void open() {
    store = RunStore.open(runs, Execution.onCpu(), Digits.DATASETS);
  }

  @Test
  void nothing_is_found_before_training() {
    assertThat(store.find(RECIPE)).isEmpty();
  }

  @Test
  void a_stored_run_is_found_with_its_history_and_weights() throws IOException {
    List<EpochRecord> told = new ArrayList<>();
    trainer(Duration.ofHours(1)).train(RECIPE, DATASET, told::add);

    Run run = store.find(RECIPE).orElseThrow();

    assertThat(run.recipe()).isEqualTo(RECIPE);
    assertThat(run.history()).usingRecursiveComparison().isEqualTo(told);
    assertThat(run.history()).extracting(EpochRecord::epoch).containsExactly(1, 2, 3, 4);
    assertThat(run.weights(0)).usingRecursiveComparison().isEqualTo(initial());
    assertThat(run.weights(2)).containsOnlyKeys(run.weights(0).keySet());
    assertThat(run.finalWeights().get("out.weight")).hasSize(8);
    assertThat(run.manifest().epochs()).isEqualTo(4);
    assertThat(run.manifest().execution()).isEqualTo(Execution.onCpu().of(RECIPE));
    List<String> kept = new ArrayList<>(run.manifest().files().keySet());
    kept.add("manifest.json");
    assertThat(names(run.folder())).containsExactlyInAnyOrderElementsOf(kept);
    assertThatThrownBy(() -> run.weights(3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("no snapshot of epoch 3", LAST);
  }

  private static Map<String, float[]> initial() {
    return RECIPE.initialisation().draw(RECIPE.network(), RECIPE.seeds());
  }

  @Test
  void a_stored_run_is_not_trained_again() {
    train();
    Run before = store.find(RECIPE).orElseThrow();
    trainer(Duration.ofHours(1)).train(RECIPE, DATASET, record -> warnings.add("trained"));
    assertThat(warnings).isEmpty();
    assertThat(store.find(RECIPE).orElseThrow().manifest()).isEqualTo(before.manifest());
  }

  @Test
  void another_execution_has_runs_of_its_own() {
    train();
    RunStore other =
        RunStore.open(runs, new Execution("another engine", "cpu", 2), Digits.DATASETS);
    assertThat(other.find(RECIPE)).isEmpty();
  }

  @Test
  void a_run_that_is_asked_for_is_used() {
    train();
    assertThat(store.unused(RECIPE.system(), RECIPE::equals)).isEmpty();
  }

  @Test
  void a_run_of_another_recipe_or_engine_is_not_used_and_can_be_removed() throws IOException {
    train();
    Path folder = store.folder(RECIPE);
    RunStore other =
        RunStore.open(runs, new Execution("another engine", "cpu", 1), Digits.DATASETS);

    assertThat(store.unused(RECIPE.system(), recipe -> false)).containsExactly(folder);
    assertThat(other.unused(RECIPE.system(), RECIPE::equals)).containsExactly(folder);

    RunStore.remove(folder);
    try (Stream<Path> left = Files.list(folder.getParent())) {
      assertThat(left).isEmpty();
    }
  }

  /** Machines that share a folder may differ in processor. */
  @Test
  void a_run_on_other_kernels_of_the_same_version_is_used() {
    Execution elsewhere = new Execution(OpenBlas.version() + " OtherKernel", "cpu", 1);
    RunStore other = RunStore.open(runs, elsewhere, Digits.DATASETS);
    new RunTrainer(other, Duration.ofHours(1), warnings::add).train(RECIPE, DATASET, record -> {});

    assertThat(store.find(RECIPE)).isEmpty();
    assertThat(other.find(RECIPE)).isPresent();
    assertThat(store.unused(RECIPE.system(), RECIPE::equals)).isEmpty();
  }

  /** A night of a GPU is not thrown away by a machine that has none. */
  @Test
  void whether_a_run_of_another_kind_of_device_is_used_is_not_for_this_one_to_say() {
    train();
    RunStore onCuda =
        RunStore.open(runs, new Execution("another engine", "cuda A100", 1), Digits.DATASETS);
    assertThat(onCuda.unused(RECIPE.system(), RECIPE::equals)).isEmpty();
  }

  @Test
  void a_run_that_was_set_aside_is_not_used_and_an_unfinished_one_stays() throws IOException {
    train();
    Path aside = store.setAside(RECIPE);
    Files.createDirectory(store.folder(RECIPE).resolveSibling("0123456789abcdef.partial"));
    assertThat(store.unused(RECIPE.system(), RECIPE::equals)).containsExactly(aside);
  }

  /** With weights that float32 would not have come to, and the precision in its manifest. */
  @Test
  void a_run_in_bf16_is_one_of_its_own() {
    assumeThat(NativeEngine.isWithoutOneDnn())
        .as("bfloat16 is refused on a CPU without oneDNN")
        .isFalse();
    Recipe recipe = madeUpPictures();
    Dataset dataset = Digits.DATASETS.load(recipe.dataset());
    Map<Precision, float[]> weights = new EnumMap<>(Precision.class);
    for (Precision precision : Precision.values()) {
      Execution execution = Execution.onCpu().withPrecision(precision);
      RunStore each = RunStore.open(runs, execution, Digits.DATASETS);
      assertThat(each.find(recipe)).isEmpty();
      new RunTrainer(each, Duration.ofHours(1), warnings::add).train(recipe, dataset, record -> {});
      Run run = each.find(recipe).orElseThrow();
      assertThat(run.manifest().execution().precision()).isEqualTo(precision);
      weights.put(precision, run.finalWeights().get("fc.weight"));
    }
    assertThat(weights.get(Precision.BF16)).isNotEqualTo(weights.get(Precision.FLOAT32));
  }

  private static Recipe madeUpPictures() {
    Recipe pictures = Pictures.recipe(Augmentation.CROP_AND_FLIP, 16, 1);
    return new Recipe(
        pictures.system(),
        "made-up-2x8-first-32-test-32",
        pictures.network(),
        pictures.seeds(),
        pictures.initialisation(),
        pictures.loss(),
        pictures.optimiser(),
        pictures.schedule(),
        pictures.augmentation(),
        pictures.batch(),
        pictures.epochs(),
        pictures.snapshots(),
        pictures.stopAtZeroLoss());
  }

  @Test
  void what_is_not_trained_in_bf16_is_refused_before_anything_is_written() throws IOException {
    RunStore other =
        RunStore.open(runs, Execution.onCpu().withPrecision(Precision.BF16), Digits.DATASETS);
    RunTrainer trainer = new RunTrainer(other, Duration.ofHours(1), warnings::add);
    assertThatThrownBy(() -> trainer.train(RECIPE, DATASET, record -> {}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll(RECIPE.system(), "-Dprecision=bf16", "-Dsystems");
    assertThat(names(runs)).isEmpty();
  }

  @Test
  void training_ends_with_the_epoch_whose_loss_is_zero() {
    Recipe long_ = Recipes.of(32, List.of(1), 0.05, 16, 2000, List.of(1, 2000));
    Recipe recipe =
        new Recipe(
            long_.system(),
            long_.dataset(),
            long_.network(),
            long_.seeds(),
            long_.initialisation(),
            long_.loss(),
            new Optimiser.Sgd(0.9, 0),
            long_.schedule(),
            Augmentation.NONE,
            long_.batch(),
            long_.epochs(),
            long_.snapshots(),
            true);
    trainer(Duration.ofHours(1)).train(recipe, DATASET, record -> {});
    Run run = store.find(recipe).orElseThrow();
    int epochs = run.manifest().epochs();
    assertThat(epochs).isLessThan(2000).isEqualTo(run.history().size());
    assertThat(run.history().get(epochs - 1).loss()).containsExactly(0);
    assertThat(run.finalWeights()).isNotEmpty();
  }

  @Test
  void every_kind_of_damage_to_every_file_is_noticed_and_the_file_named() throws IOException {
    train();
    Path folder = store.folder(RECIPE);
    for (String name : names(folder)) {
      Path file = folder.resolve(name);
      byte[] whole = Files.readAllBytes(file);

      Files.write(file, Arrays.copyOf(whole, whole.length / 2));
      expectDamaged(name);
      Files.write(file, new byte[0]);
      expectDamaged(name);
      byte[] changed = whole.clone();
      changed[whole.length / 2] ^= (byte) 0x80;
      Files.write(file, changed);
      // A name changed in the manifest is a file that is missing.
      expectDamaged(name.equals("manifest.json") ? folder.toString() : name);
      Files.delete(file);
      expectDamaged(name);

      Files.write(file, whole);
      assertThat(store.find(RECIPE)).isPresent();
    }
  }

  /** Only the time it took and the machine may change unnoticed: they are for the record only. */
  @Test
  void no_changed_byte_of_the_manifest_gives_another_run() throws IOException {
    train();
    Manifest manifest = store.find(RECIPE).orElseThrow().manifest();
    Path file = store.folder(RECIPE).resolve("manifest.json");
    byte[] whole = Files.readAllBytes(file);
    for (int i = 0; i < whole.length; i++) {
      byte[] changed = whole.clone();
      changed[i] ^= (byte) (i % 5 == 0 ? 0x80 : 0x01);
      Files.write(file, changed);
      try {
        Manifest found = store.find(RECIPE).orElseThrow().manifest();
        assertThat(List.of(found.hash(), found.epochs(), found.files()))
            .isEqualTo(List.of(manifest.hash(), manifest.epochs(), manifest.files()));
        assertThat(found.execution()).isEqualTo(manifest.execution());
        assertThat(found.dataFingerprint()).isEqualTo(manifest.dataFingerprint());
      } catch (RunStoreException.Damaged e) {
        assertThat(e).hasMessageContaining(store.folder(RECIPE).toString());
      }
    }
  }

  @Test
  void a_manifest_of_another_run_is_refused() throws IOException {
    train();
    Path file = store.folder(RECIPE).resolve("manifest.json");
    String hash = store.hash(RECIPE);
    Files.writeString(file, Files.readString(file).replace(hash, "0123456789abcdef"));
    expectDamaged("manifest.json", "its hash is 0123456789abcdef, expected " + hash);
    Files.writeString(file, "null");
    expectDamaged("manifest.json");
  }

  @Test
  void a_foreign_recipe_is_refused() throws IOException {
    train();
    Path file = store.folder(RECIPE).resolve("recipe.json");
    String old = Files.readString(file);
    replaceWithChecksum(file, old.replace("\"width\" : 4", "\"width\" : 5"));
    expectDamaged(store.folder(RECIPE).toString(), "is foreign", "W=5", "W=4");
    replaceWithChecksum(file, old.replace("fully-connected", "convolutional"));
    expectDamaged("recipe.json");
  }

  private void replaceWithChecksum(Path file, String text) throws IOException {
    assertThat(text).isNotEqualTo(Files.readString(file));
    Path manifest = file.resolveSibling("manifest.json");
    String before = DigestUtils.sha256Hex(Files.readAllBytes(file));
    Files.writeString(file, text);
    String after = DigestUtils.sha256Hex(Files.readAllBytes(file));
    Files.writeString(manifest, Files.readString(manifest).replace(before, after));
  }

  @Test
  void a_damaged_run_is_set_aside_and_trained_again_to_the_same_bits() throws IOException {
    train();
    Path file = store.folder(RECIPE).resolve(LAST);
    byte[] whole = Files.readAllBytes(file);
    for (int time = 1; time <= 2; time++) {
      Files.write(file, new byte[9]);
      warnings.clear();

      train();

      String aside = store.folder(RECIPE).getFileName() + ".damaged-" + time;
      assertThat(warnings).hasSize(1);
      assertThat(warnings.get(0)).contains(LAST, "set aside as " + aside, "trained again");
      assertThat(store.folder(RECIPE).resolveSibling(aside).resolve(LAST)).hasSize(9);
      assertThat(store.find(RECIPE)).isPresent();
      assertThat(file).hasBinaryContent(whole);
    }
  }

  @Test
  void weights_damaged_after_the_run_was_found_are_refused() throws IOException {
    train();
    Run run = store.find(RECIPE).orElseThrow();
    Files.write(run.folder().resolve(LAST), new byte[9]);
    assertThatThrownBy(run::finalWeights)
        .isInstanceOf(RunStoreException.Damaged.class)
        .hasMessageContaining(LAST);
  }

  @Test
  void a_damaged_checkpoint_is_dropped_and_leftovers_are_cleared_away() throws IOException {
    train();
    byte[] whole = Files.readAllBytes(store.folder(RECIPE).resolve(LAST));
    for (byte[] damage : List.of("{\"epoch\":".getBytes(), "null".getBytes(), new byte[] {-1})) {
      store.setAside(RECIPE);
      Path partial =
          Files.createDirectories(
              store.folder(RECIPE).resolveSibling(store.hash(RECIPE) + ".partial"));
      Files.write(partial.resolve("checkpoint.json"), damage);
      Files.write(partial.resolve("epoch-00002.safetensors.tmp-1"), new byte[3]);

      train();

      Run run = store.find(RECIPE).orElseThrow();
      assertThat(partial).doesNotExist();
      assertThat(names(run.folder())).hasSize(run.manifest().files().size() + 1);
      assertThat(run.folder().resolve(LAST)).hasBinaryContent(whole);
    }
  }

  @Test
  void what_a_killed_process_left_half_written_is_not_kept() throws IOException {
    Path partial = store.folder(RECIPE).resolveSibling(store.hash(RECIPE) + ".partial");
    RunTrainer trainer = trainer(Duration.ZERO);
    trainer.train(
        RECIPE,
        DATASET,
        record -> {
          try {
            Files.write(partial.resolve("manifest.json.tmp-1"), new byte[3]);
          } catch (IOException e) {
            throw new AssertionError(e);
          }
        });
    Run run = store.find(RECIPE).orElseThrow();
    assertThat(names(run.folder())).hasSize(run.manifest().files().size() + 1);
  }

  @Test
  void a_diverged_training_leaves_nothing_but_its_lock() throws IOException {
    Recipe absurd = Recipes.of(8, List.of(6), 1e8, 16, 50, List.of(0, 1, 50));
    assertThatThrownBy(() -> trainer(Duration.ZERO).train(absurd, DATASET, record -> {}))
        .isInstanceOf(DivergedException.class)
        .hasMessageContainingAll("pmnist-fc5", "width 8", "seed 6", "in epoch ");
    try (Stream<Path> left = Files.walk(runs)) {
      assertThat(left.filter(Files::isRegularFile))
          .containsExactly(runs.resolve("pmnist-fc5").resolve(store.hash(absurd) + ".lock"));
    }
    assertThat(store.find(absurd)).isEmpty();
  }

  @Test
  void a_runs_directory_that_is_a_file_is_refused() throws IOException {
    Path file = Files.createFile(runs.resolve("runs"));
    assertThatThrownBy(() -> RunStore.open(file, Execution.onCpu(), Digits.DATASETS))
        .isInstanceOf(RunStoreException.class)
        .hasMessageContainingAll(file.toString(), "is a file", "-Druns.dir");
  }

  /** Not even root can create a folder there. */
  @Test
  void a_runs_directory_that_cannot_be_written_to_is_refused() {
    Path proc = Path.of("/proc/mitosis-runs");
    assertThatThrownBy(() -> RunStore.open(proc, Execution.onCpu(), Digits.DATASETS))
        .isInstanceOf(RunStoreException.class)
        .hasMessageContainingAll(
            proc.toString(),
            "cannot be written to (java.nio.file.NoSuchFileException",
            "-Druns.dir");
    Path below = Path.of("/dev/null/runs");
    assertThatThrownBy(() -> RunStore.open(below, Execution.onCpu(), Digits.DATASETS))
        .isInstanceOf(RunStoreException.class)
        .hasMessageContainingAll(below.toString(), "-Druns.dir");
  }

  /** A folder in the place of a file to be written fails as a full disk does: while storing. */
  @Test
  void a_run_that_cannot_be_stored_is_said_so() throws IOException {
    Path partial = store.folder(RECIPE).resolveSibling(store.hash(RECIPE) + ".partial");
    RunTrainer trainer = trainer(Duration.ofHours(1));
    assertThatThrownBy(
            () ->
                trainer.train(
                    RECIPE,
                    DATASET,
                    record -> {
                      try {
                        Files.createDirectories(partial.resolve(LAST).resolve("full"));
                      } catch (IOException e) {
                        throw new AssertionError(e);
                      }
                    }))
        .isInstanceOf(RunStoreException.class)
        .hasMessageContainingAll("cannot store the run of", runs.toString(), "make room");
    assertThat(store.find(RECIPE)).isEmpty();
  }

  private void expectDamaged(String... parts) {
    assertThatThrownBy(() -> store.find(RECIPE))
        .isInstanceOf(RunStoreException.Damaged.class)
        .hasMessageContainingAll(parts);
  }

  private void train() {
    trainer(Duration.ofHours(1)).train(RECIPE, DATASET, record -> {});
  }

  private RunTrainer trainer(Duration checkpointEvery) {
    return new RunTrainer(store, checkpointEvery, warnings::add);
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
