package mitosis.train;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

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
}
