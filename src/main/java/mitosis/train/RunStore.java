package mitosis.train;

import com.fasterxml.jackson.core.type.TypeReference;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import mitosis.data.Datasets;
import mitosis.train.Run.EpochRecord;
import mitosis.train.Run.Manifest;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * The runs directory: each run in a folder named after the hash of its recipe, its data and its
 * execution. Several processes may share it.
 */
public final class RunStore {

  /** Changes when a run's files, or what a training does with the same recipe, change. */
  private static final int FORMAT = 4;

  /** About what the smallest run takes: a full disk is found before anything is trained. */
  private static final int PROBE_BYTES = 1 << 16;

  private final Path root;
  private final Execution execution;
  private final Datasets datasets;

  private RunStore(Path root, Execution execution, Datasets datasets) {
    this.root = root;
    this.execution = execution;
    this.datasets = datasets;
  }

  /**
   * Opens a runs directory, creating it if need be.
   *
   * @param root the directory
   * @param execution where and with what its runs are trained
   * @param datasets what they are trained on
   * @throws RunStoreException if it is a file or cannot be written to
   */
  public static RunStore open(Path root, Execution execution, Datasets datasets) {
    if (Files.exists(root) && !Files.isDirectory(root)) {
      throw new RunStoreException(
          "runs.dir %s is a file, expected a folder; name another one with -Druns.dir"
              .formatted(root.toAbsolutePath()));
    }
    try {
      Files.createDirectories(root);
      Path probe = Files.createTempFile(root, "probe", ".tmp");
      try {
        Files.write(probe, new byte[PROBE_BYTES]);
      } finally {
        Files.delete(probe);
      }
    } catch (IOException e) {
      throw new RunStoreException(
          "runs.dir %s cannot be written to (%s); make room or give permission, or name another one with -Druns.dir"
              .formatted(root.toAbsolutePath(), reason(e)),
          e);
    }
    return new RunStore(root, execution, datasets);
  }

  /**
   * Why a file could not be used: some exceptions have only the file's name as their message, and
   * say the reason by their type.
   */
  private static String reason(IOException e) {
    boolean told = !(e instanceof FileSystemException file) || file.getReason() != null;
    return told && e.getMessage() != null ? e.getMessage() : e.toString();
  }

  /** Where and with what its runs are trained, but for recipes that are trained otherwise there. */
  public Execution execution() {
    return execution;
  }

  /** Where and with what a recipe's run is trained. */
  public Execution execution(Recipe recipe) {
    return execution.of(recipe);
  }

  Path root() {
    return root;
  }

  /** The key of a recipe's run: 16 hexadecimal digits. */
  public String hash(Recipe recipe) {
    return hash(recipe, execution(recipe));
  }

  private String hash(Recipe recipe, Execution trainedWith) {
    String key =
        Json.line(
            Map.of(
                "format", FORMAT,
                "recipe", recipe,
                "data", datasets.fingerprint(recipe.dataset()),
                "execution", trainedWith));
    return DigestUtils.sha256Hex(key).substring(0, 16);
  }

  Path folder(Recipe recipe) {
    return root.resolve(recipe.system()).resolve(hash(recipe));
  }

  /**
   * The stored run of a recipe, every file of it checked, or nothing if there is none.
   *
   * @throws RunStoreException.Damaged if a file is missing, cut short, changed or foreign; names it
   */
  public Optional<Run> find(Recipe recipe) {
    Path folder = folder(recipe);
    if (!Files.exists(folder)) {
      return Optional.empty();
    }
    try {
      Manifest manifest = manifest(folder, recipe);
      RunFolder.requireWhole(folder, manifest);
      Recipe stored = RunFolder.read(folder.resolve(RunFolder.RECIPE), new TypeReference<>() {});
      if (!stored.equals(recipe)) {
        throw new RunStoreException.Damaged(
            "%s is foreign: it belongs to %s, not to %s"
                .formatted(folder, stored.summary(), recipe.summary()));
      }
      List<EpochRecord> history =
          RunFolder.read(folder.resolve(RunFolder.HISTORY), new TypeReference<>() {});
      if (history.size() != manifest.epochs()
          || !manifest.files().containsKey(RunFolder.snapshotName(manifest.epochs()))) {
        throw new RunStoreException.Damaged(
            "%s is damaged: it speaks of %d epochs, but %s of %d, and weights are kept in %s"
                .formatted(
                    folder.resolve(RunFolder.MANIFEST),
                    manifest.epochs(),
                    RunFolder.HISTORY,
                    history.size(),
                    manifest.files().keySet()));
      }
      return Optional.of(new Run(recipe, manifest, history, folder));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the run in " + folder, e);
    }
  }

  /**
   * The finished runs of a system that nobody asks for any more: those of another recipe, those
   * that were stored in another format or trained on other data, and of the kind of device that
   * this store is for those of other versions of what trains them. Runs of the other kind of
   * device, and on other kernels of these versions, are another machine's to judge. Runs that were
   * set aside as damaged are among them, unfinished ones are not, nor is any run whose data is not
   * there to be compared.
   *
   * @param system as in recipes
   * @param asked whether a recipe is asked for
   * @return their folders
   */
  public List<Path> unused(String system, Predicate<Recipe> asked) {
    return RunFolder.finished(root.resolve(system)).stream()
        .filter(folder -> !isUsed(folder, asked))
        .toList();
  }

  private boolean isUsed(Path folder, Predicate<Recipe> asked) {
    try {
      Manifest manifest =
          RunFolder.read(folder.resolve(RunFolder.MANIFEST), new TypeReference<>() {});
      Recipe recipe = RunFolder.read(folder.resolve(RunFolder.RECIPE), new TypeReference<>() {});
      Execution trained = manifest.execution();
      if (datasets.missing(recipe.dataset()).isPresent()) {
        return true;
      }
      return asked.test(recipe)
          && folder.getFileName().toString().equals(hash(recipe, trained))
          && (trained.usesCuda() != execution.usesCuda()
              || execution.hasVersionsOf(trained, recipe));
    } catch (IOException | RunStoreException.Damaged e) {
      return false;
    }
  }

  /**
   * Removes a run, once no process trains it.
   *
   * @param folder one that {@link #unused} gave
   * @throws RunStoreException if it cannot be removed
   */
  public static void remove(Path folder) {
    RunFolder.remove(folder);
  }

  /** The recipes, each once, of which there is no run that can be used. */
  public List<Recipe> missing(List<Recipe> recipes) {
    return recipes.stream().distinct().filter(recipe -> !usable(recipe)).toList();
  }

  private boolean usable(Recipe recipe) {
    try {
      return find(recipe).isPresent();
    } catch (RunStoreException.Damaged e) {
      return false;
    }
  }

  private Manifest manifest(Path folder, Recipe recipe) throws IOException {
    String hash = hash(recipe);
    Path file = folder.resolve(RunFolder.MANIFEST);
    Manifest manifest = RunFolder.read(file, new TypeReference<>() {});
    if (!hash.equals(manifest.hash())
        || !execution(recipe).equals(manifest.execution())
        || !datasets.fingerprint(recipe.dataset()).equals(manifest.dataFingerprint())
        || manifest.files() == null
        || !manifest.files().keySet().containsAll(List.of(RunFolder.RECIPE, RunFolder.HISTORY))) {
      throw new RunStoreException.Damaged(
          "%s is foreign or incomplete: its hash is %s, expected %s, with %s and the data's checksums"
              .formatted(file, manifest.hash(), hash, execution(recipe)));
    }
    return manifest;
  }

  /**
   * Moves a run that must not be used out of the way, so that it can be looked at.
   *
   * @return where it is now
   */
  Path setAside(Recipe recipe) {
    return RunFolder.setAside(folder(recipe));
  }

  /**
   * Waits until no other process trains this recipe, and keeps others from it until closed. The
   * lock ends with the process that holds it, however it ends.
   */
  Closeable lock(Recipe recipe) throws IOException {
    return RunFolder.lock(folder(recipe));
  }

  /**
   * A runs directory that cannot be used, or a stored run that must not be: says which and what to
   * do.
   */
  public static class RunStoreException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    RunStoreException(String message) {
      super(message);
    }

    RunStoreException(String message, Throwable cause) {
      super(message, cause);
    }

    /** A stored run whose files are not those that were stored. */
    public static final class Damaged extends RunStoreException {
      private static final long serialVersionUID = 1L;

      Damaged(String message) {
        super(message);
      }
    }
  }
}
