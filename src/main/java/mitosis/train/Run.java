package mitosis.train;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import mitosis.train.RunStore.RunStoreException;

/**
 * A finished training: its recipe, its history, and weights at the recipe's snapshots.
 *
 * @param recipe how it was trained
 * @param manifest what it consists of
 * @param history one record an epoch
 * @param folder where it is stored
 */
public record Run(Recipe recipe, Manifest manifest, List<EpochRecord> history, Path folder) {

  /** Keeps a copy of the history. */
  public Run {
    history = List.copyOf(history);
  }

  /**
   * The weights after an epoch: parameters and running statistics by name, {@code S x shape}
   * row-major.
   *
   * @param epoch one of the recipe's snapshots, or the epoch at which training stopped
   * @throws IllegalArgumentException if that epoch was not kept
   * @throws RunStoreException.Damaged if the file is not the one that was stored
   */
  public Map<String, float[]> weights(int epoch) {
    requireSnapshot(epoch);
    String name = RunFolder.snapshotName(epoch);
    Path file = folder.resolve(name);
    try {
      byte[] content = Files.readAllBytes(file);
      RunFolder.requireChecksum(file, content, manifest.files().get(name));
      return TensorFile.decode(content);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }

  /**
   * @throws IllegalArgumentException if the weights after that epoch were not kept
   */
  public void requireSnapshot(int epoch) {
    if (!manifest.files().containsKey(RunFolder.snapshotName(epoch))) {
      throw new IllegalArgumentException(
          "%s has no snapshot of epoch %d; kept are %s"
              .formatted(folder, epoch, manifest.files().keySet()));
    }
  }

  /**
   * What tells it from every other run, to the byte: its recipe's system, its key, and the
   * checksums of its data and of its files.
   */
  public String fingerprint() {
    return "%s %s of %s: %s"
        .formatted(
            recipe.system(),
            manifest.hash(),
            manifest.dataFingerprint(),
            new TreeMap<>(manifest.files()));
  }

  /** The weights at the end of training. */
  public Map<String, float[]> finalWeights() {
    return weights(manifest.epochs());
  }

  /**
   * What one epoch of training looked like, seed by seed, measured on the batches while the weights
   * moved.
   *
   * @param epoch 1-based
   * @param rate the learning rate
   * @param loss mean loss of each seed
   * @param trainingError share of training examples that each seed got wrong, 0…1
   */
  public record EpochRecord(int epoch, double rate, double[] loss, double[] trainingError) {}

  /**
   * What a stored run consists of, written last: a run without one is not finished.
   *
   * @param hash the run's key
   * @param dataFingerprint checksums of what it was trained on
   * @param execution where and with what
   * @param epochs how many epochs it took
   * @param seconds time spent training
   * @param machine operating system, processor and Java, for the record only
   * @param files SHA-256 of each file by name
   */
  public record Manifest(
      String hash,
      String dataFingerprint,
      Execution execution,
      int epochs,
      double seconds,
      Map<String, String> machine,
      Map<String, String> files) {}
}
