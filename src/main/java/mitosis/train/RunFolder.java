package mitosis.train;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.type.TypeReference;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import mitosis.data.DurableFile;
import mitosis.model.Weights;
import mitosis.train.Run.EpochRecord;
import mitosis.train.Run.Manifest;
import mitosis.train.RunStore.RunStoreException;
import mitosis.train.Training.TrainingState;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * The folder of one run while it is being trained: snapshots so far and the last checkpoint. When
 * finished it gets a manifest and its final name.
 */
final class RunFolder {

  static final String RECIPE = "recipe.json";
  static final String HISTORY = "history.json";
  static final String MANIFEST = "manifest.json";
  private static final String CHECKPOINT = "checkpoint.json";
  private static final Pattern FINISHED = Pattern.compile("[0-9a-f]{16}(\\.damaged-\\d+)?");

  private final Path partial;
  private final Path complete;
  private final Recipe recipe;

  /**
   * @param complete the folder that the finished run will have
   * @param recipe of the run
   */
  RunFolder(Path complete, Recipe recipe) {
    this.complete = complete;
    this.partial = complete.resolveSibling(complete.getFileName() + ".partial");
    this.recipe = recipe;
  }

  /** The state of an interrupted training, as written to {@value #CHECKPOINT}. */
  record Checkpoint(
      String tensors,
      String sha256,
      int epoch,
      long step,
      int seen,
      float[] losses,
      float[] mistakes,
      double seconds,
      List<EpochRecord> history,
      @JsonProperty("snapshots") Map<String, String> snapshots) {}

  /** A checkpoint with its arrays. */
  record Resumable(Checkpoint checkpoint, TrainingState state) {}

  static String snapshotName(int epoch) {
    return "epoch-%05d.safetensors".formatted(epoch);
  }

  static void requireChecksum(Path file, byte[] content, String expected) {
    if (!DigestUtils.sha256Hex(content).equals(expected)) {
      throw new RunStoreException.Damaged(
          "%s is damaged: its %d bytes are not the ones that were stored (SHA-256 differs)"
              .formatted(file, content.length));
    }
  }

  /**
   * @throws RunStoreException.Damaged if a file of a finished run is missing, cut short or changed
   */
  static void requireWhole(Path folder, Manifest manifest) throws IOException {
    for (Map.Entry<String, String> entry : manifest.files().entrySet()) {
      Path file = folder.resolve(entry.getKey());
      if (!Files.isRegularFile(file)) {
        throw new RunStoreException.Damaged(file + " is missing");
      }
      requireChecksum(file, Files.readAllBytes(file), entry.getValue());
    }
  }

  /**
   * Reads a file of a finished run.
   *
   * @throws RunStoreException.Damaged if it is missing, or not JSON of that type
   */
  static <T> T read(Path file, TypeReference<T> type) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new RunStoreException.Damaged(file + " is missing");
    }
    try {
      return Json.read(DurableFile.text(file), type);
    } catch (IllegalArgumentException e) {
      throw new RunStoreException.Damaged("%s is damaged: %s".formatted(file, e.getMessage()));
    }
  }

  /**
   * Writes files into a folder, made if it is not there, and after them a manifest that has their
   * checksums.
   *
   * @param contents by name
   * @param manifest made of the checksums by name
   */
  static void write(
      Path folder, Map<String, byte[]> contents, Function<Map<String, String>, Manifest> manifest)
      throws IOException {
    Files.createDirectories(folder);
    Map<String, String> checksums = new TreeMap<>();
    for (Map.Entry<String, byte[]> content : contents.entrySet()) {
      DurableFile.write(folder.resolve(content.getKey()), content.getValue());
      checksums.put(content.getKey(), DigestUtils.sha256Hex(content.getValue()));
    }
    DurableFile.write(folder.resolve(MANIFEST), Json.pretty(manifest.apply(checksums)));
  }

  /**
   * Moves a run that must not be used out of the way, so that it can be looked at.
   *
   * @param folder of the finished run
   * @return where it is now
   */
  static Path setAside(Path folder) {
    try {
      for (int k = 1; ; k++) {
        Path aside = folder.resolveSibling(folder.getFileName() + ".damaged-" + k);
        if (!Files.exists(aside)) {
          DurableFile.move(folder, aside);
          return aside;
        }
      }
    } catch (IOException e) {
      throw new RunStoreException("cannot move the damaged run %s aside".formatted(folder), e);
    }
  }

  /**
   * Waits until no other process trains a run, and keeps others from it until closed.
   *
   * @param folder of the run once it is finished
   */
  static Closeable lock(Path folder) throws IOException {
    Files.createDirectories(folder.getParent());
    FileChannel channel =
        FileChannel.open(lockFile(folder), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    FileLock lock = channel.lock();
    return () -> {
      lock.release();
      channel.close();
    };
  }

  /** Runs in a system's folder that were finished, also those that were set aside as damaged. */
  static List<Path> finished(Path system) {
    if (!Files.isDirectory(system)) {
      return List.of();
    }
    try (Stream<Path> folders = Files.list(system)) {
      return folders
          .filter(folder -> FINISHED.matcher(folder.getFileName().toString()).matches())
          .filter(Files::isDirectory)
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list " + system, e);
    }
  }

  /** Removes a finished run and what it was locked by, once no process trains it. */
  static void remove(Path folder) {
    try (Closeable lock = lock(folder)) {
      delete(folder);
      Files.deleteIfExists(lockFile(folder));
    } catch (IOException e) {
      throw new RunStoreException("cannot remove " + folder, e);
    }
  }

  private static Path lockFile(Path folder) {
    return folder.resolveSibling(folder.getFileName() + ".lock");
  }

  /** Creates the folder if it is not there. */
  void create() throws IOException {
    Files.createDirectories(partial);
  }

  /**
   * The last checkpoint, or nothing if there is none that can be used; then what is left of it is
   * removed and training begins anew.
   */
  Optional<Resumable> resumable() throws IOException {
    Path file = partial.resolve(CHECKPOINT);
    try {
      Checkpoint checkpoint = Json.read(DurableFile.text(file), Checkpoint.class);
      for (Map.Entry<String, String> snapshot : checkpoint.snapshots().entrySet()) {
        Path path = partial.resolve(snapshot.getKey());
        requireChecksum(path, Files.readAllBytes(path), snapshot.getValue());
      }
      Path tensors = partial.resolve(checkpoint.tensors());
      byte[] content = Files.readAllBytes(tensors);
      requireChecksum(tensors, content, checkpoint.sha256());
      Map<String, float[]> weights = new LinkedHashMap<>();
      Map<String, float[]> memory = new LinkedHashMap<>();
      TensorFile.decode(content)
          .forEach((name, value) -> (name.contains("/") ? memory : weights).put(name, value));
      return Optional.of(
          new Resumable(
              checkpoint,
              new TrainingState(
                  checkpoint.epoch(),
                  checkpoint.step(),
                  checkpoint.seen(),
                  checkpoint.losses(),
                  checkpoint.mistakes(),
                  weights,
                  memory)));
    } catch (NoSuchFileException | RunStoreException | IllegalArgumentException e) {
      delete();
      create();
      return Optional.empty();
    }
  }

  /** Epochs that the last checkpoint says are done; 0 without one. */
  int epochsDone() {
    try {
      return Json.read(DurableFile.text(partial.resolve(CHECKPOINT)), Checkpoint.class).epoch();
    } catch (IOException | IllegalArgumentException e) {
      // Nothing to go on from: training begins anew.
      return 0;
    }
  }

  /** Stores a checkpoint; the one before it is valid until this one is. */
  void checkpoint(
      TrainingState state, List<EpochRecord> history, Map<String, String> snapshots, double seconds)
      throws IOException {
    Map<String, float[]> values = new LinkedHashMap<>(state.weights());
    values.putAll(state.memory());
    var shapes = Weights.shapes(recipe.network(), recipe.seeds().size());
    state
        .memory()
        .keySet()
        .forEach(name -> shapes.put(name, shapes.get(name.substring(name.indexOf('/') + 1))));
    byte[] content = TensorFile.encode(values, shapes);
    String name = "checkpoint-%09d.safetensors".formatted(state.step());
    DurableFile.write(partial.resolve(name), content);
    Checkpoint checkpoint =
        new Checkpoint(
            name,
            DigestUtils.sha256Hex(content),
            state.epoch(),
            state.step(),
            state.seen(),
            state.losses(),
            state.mistakes(),
            seconds,
            history,
            snapshots);
    DurableFile.write(
        partial.resolve(CHECKPOINT), Json.line(checkpoint).getBytes(StandardCharsets.UTF_8));
    removeCheckpoints(name);
  }

  /** Removes all checkpoints but the one named, and what a killed process left half written. */
  private void removeCheckpoints(String except) throws IOException {
    List<Path> old;
    try (Stream<Path> files = Files.list(partial)) {
      old =
          files
              .filter(
                  file ->
                      file.getFileName().toString().startsWith("checkpoint")
                          || file.getFileName().toString().contains(DurableFile.TEMPORARY))
              .filter(file -> !file.getFileName().toString().equals(except))
              .filter(file -> except.isEmpty() || !file.endsWith(CHECKPOINT))
              .toList();
    }
    for (Path file : old) {
      Files.delete(file);
    }
  }

  /** Stores the weights after an epoch; returns the file's name and checksum. */
  Map.Entry<String, String> snapshot(int epoch, Map<String, float[]> weights) throws IOException {
    byte[] content =
        TensorFile.encode(weights, Weights.shapes(recipe.network(), recipe.seeds().size()));
    DurableFile.write(partial.resolve(snapshotName(epoch)), content);
    return Map.entry(snapshotName(epoch), DigestUtils.sha256Hex(content));
  }

  /** Writes recipe, history and manifest, and gives the folder its final name. */
  void complete(
      String hash,
      String dataFingerprint,
      Execution execution,
      List<EpochRecord> history,
      Map<String, String> snapshots,
      double seconds)
      throws IOException {
    Map<String, String> files = new TreeMap<>(snapshots);
    for (Map.Entry<String, Object> part :
        Map.<String, Object>of(RECIPE, recipe, HISTORY, history).entrySet()) {
      byte[] content = Json.pretty(part.getValue());
      DurableFile.write(partial.resolve(part.getKey()), content);
      files.put(part.getKey(), DigestUtils.sha256Hex(content));
    }
    removeCheckpoints("");
    Manifest manifest =
        new Manifest(hash, dataFingerprint, execution, history.size(), seconds, machine(), files);
    DurableFile.write(partial.resolve(MANIFEST), Json.pretty(manifest));
    DurableFile.move(partial, complete);
  }

  /** What a run was trained on, for the record. */
  static Map<String, String> machine() {
    return Map.of(
        "os", System.getProperty("os.name") + " " + System.getProperty("os.arch"),
        "java", System.getProperty("java.version"),
        "processors", Integer.toString(Runtime.getRuntime().availableProcessors()));
  }

  /** Removes what there is of the unfinished run. */
  void delete() throws IOException {
    delete(partial);
  }

  /** Removes a folder with all that is in it, if it is there. */
  static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    List<Path> all;
    try (Stream<Path> files = Files.walk(folder)) {
      all = new ArrayList<>(files.sorted(Comparator.reverseOrder()).toList());
    }
    for (Path file : all) {
      Files.delete(file);
    }
  }
}
