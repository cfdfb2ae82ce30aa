package mitosis.train;

import ai.djl.ndarray.types.Shape;
import com.fasterxml.jackson.core.type.TypeReference;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import mitosis.data.Datasets;
import mitosis.model.Weights;
import mitosis.train.Run.EpochRecord;
import mitosis.train.Run.Manifest;
import mitosis.train.RunStore.RunStoreException;

/**
 * Runs that were trained once and come with the suite: of each the recipe, the weights at its end
 * with matrices in 16 bits, about a hundred records of its history, and the manifest. They are
 * found by their recipe, whatever machine asks: their bits are no longer those of this one.
 */
public final class RecordedRuns {

  private static final int RECORDS = 100;
  private static final String ENSEMBLE = "ensemble.safetensors";
  private static final String MEAN_LOGITS = "mean_logits";

  private final Path root;
  private final Datasets datasets;

  /**
   * @param root the folder with one folder for each system
   * @param datasets what they were trained on
   */
  public RecordedRuns(Path root, Datasets datasets) {
    this.root = root;
    this.datasets = datasets;
  }

  /**
   * The run of a recipe that keeps the end alone.
   *
   * @throws RunStoreException if there is none
   * @throws RunStoreException.Damaged if a file is missing, cut short or changed, or the run was
   *     trained on other data; names it
   */
  public Run of(Recipe recipe) {
    Path folder =
        folders(recipe.system()).stream()
            .filter(each -> recipe(each).equals(Optional.of(recipe)))
            .findFirst()
            .orElseThrow(
                () ->
                    new RunStoreException(
                        "no network that was recorded in %s follows the recipe %s; restore the folder from the repository"
                            .formatted(root.resolve(recipe.system()), recipe)));
    Manifest manifest = read(folder.resolve(RunFolder.MANIFEST), new TypeReference<>() {});
    if (!datasets.fingerprint(recipe.dataset()).equals(manifest.dataFingerprint())) {
      throw new RunStoreException.Damaged(
          "%s was trained on other data than the %s that is here: its checksum is %s, here it is %s"
              .formatted(
                  folder,
                  recipe.dataset(),
                  manifest.dataFingerprint(),
                  datasets.fingerprint(recipe.dataset())));
    }
    manifest.files().forEach((name, sha256) -> requireWhole(folder.resolve(name), sha256));
    return new Run(
        recipe,
        manifest,
        read(folder.resolve(RunFolder.HISTORY), new TypeReference<>() {}),
        folder);
  }

  /**
   * What the ensemble of a recorded run's seeds, as they were trained, made of the test images.
   *
   * @param run one that {@link #of} gave
   * @return K x N, mean logits over the seeds, to 16 bits
   * @throws RunStoreException if it was recorded without its ensemble
   * @throws RunStoreException.Damaged if the file is not that which was recorded
   */
  public float[][] ensemble(Run run) {
    Path file = run.folder().resolve(ENSEMBLE);
    String sha256 = run.manifest().files().get(ENSEMBLE);
    if (sha256 == null) {
      throw new RunStoreException(run.folder() + " was recorded without its ensemble");
    }
    requireWhole(file, sha256);
    try {
      float[] logits = TensorFile.decode(Files.readAllBytes(file)).get(MEAN_LOGITS);
      int outputs = run.recipe().network().outputs();
      int images = logits.length / outputs;
      return IntStream.range(0, outputs)
          .mapToObj(k -> Arrays.copyOfRange(logits, k * images, (k + 1) * images))
          .toArray(float[][]::new);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }

  private static void requireWhole(Path file, String sha256) {
    try {
      RunFolder.requireChecksum(file, Files.readAllBytes(file), sha256);
    } catch (IOException e) {
      throw new RunStoreException.Damaged(file + " is missing");
    }
  }

  private List<Path> folders(String system) {
    Path folder = root.resolve(system);
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> folders = Files.list(folder)) {
      return folders.filter(Files::isDirectory).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list " + folder, e);
    }
  }

  /** Nothing for a folder of something else. */
  private static Optional<Recipe> recipe(Path folder) {
    Path file = folder.resolve(RunFolder.RECIPE);
    return Files.isRegularFile(file)
        ? Optional.of(read(file, new TypeReference<>() {}))
        : Optional.empty();
  }

  private static <T> T read(Path file, TypeReference<T> type) {
    try {
      return RunFolder.read(file, type);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }

  /**
   * Records a finished run, in place of what was recorded of it before.
   *
   * @param run the run
   * @param ensemble K x N, logits on the test images, mean over the seeds, or nothing
   * @return the folder that it is in
   */
  public Path record(Run run, Optional<float[][]> ensemble) {
    Recipe recipe = run.recipe().keepingTheEnd();
    var shapes = Weights.shapes(recipe.network(), recipe.seeds().size());
    Map<String, byte[]> contents = new LinkedHashMap<>();
    contents.put(
        RunFolder.snapshotName(run.manifest().epochs()),
        TensorFile.encode(
            run.finalWeights(),
            shapes,
            // Beside the seeds' axis two more: a matrix. Vectors are few and reach down to 1e-9.
            name -> shapes.get(name).dimension() > 2));
    ensemble.ifPresent(logits -> contents.put(ENSEMBLE, encode(logits)));
    contents.put(RunFolder.RECIPE, Json.pretty(recipe));
    contents.put(RunFolder.HISTORY, Json.pretty(thinned(run.history())));
    Manifest trained = run.manifest();
    Path folder =
        root.resolve(recipe.system())
            .resolve("w%d-%s".formatted(recipe.width(), run.manifest().hash()));
    try {
      RunFolder.write(
          folder,
          contents,
          checksums ->
              new Manifest(
                  trained.hash(),
                  trained.dataFingerprint(),
                  trained.execution(),
                  trained.epochs(),
                  trained.seconds(),
                  trained.machine(),
                  checksums));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot record " + folder, e);
    }
    return folder;
  }

  private static byte[] encode(float[][] meanLogits) {
    int images = meanLogits[0].length;
    float[] all = new float[meanLogits.length * images];
    for (int k = 0; k < meanLogits.length; k++) {
      System.arraycopy(meanLogits[k], 0, all, k * images, images);
    }
    return TensorFile.encode(
        Map.of(MEAN_LOGITS, all),
        Map.of(MEAN_LOGITS, new Shape(meanLogits.length, images)),
        name -> true);
  }

  /** The last record, and those before it in even steps. */
  private static List<EpochRecord> thinned(List<EpochRecord> history) {
    int step = Math.max(1, history.size() / RECORDS);
    List<EpochRecord> kept = new ArrayList<>();
    IntStream.iterate(history.size() - 1, k -> k >= 0, k -> k - step)
        .forEach(k -> kept.add(0, history.get(k)));
    return kept;
  }
}
