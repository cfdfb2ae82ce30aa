package mitosis.representation;

import java.nio.file.Path;

/**
 * A representation stored as six {@code .npy} files, the way that a user brings their own:
 *
 * <pre>
 * features_test.npy   N x W   features_train.npy   N' x W   floats
 * labels_test.npy     N       labels_train.npy     N'       whole numbers
 * readout_weight.npy  K x W   readout_bias.npy     K        floats
 * </pre>
 *
 * @param path the folder
 */
public record RepresentationFolder(Path path) {

  /**
   * Reads the representation, named like the folder.
   *
   * @throws IllegalArgumentException if a file is missing or isn't a readable array, or if the
   *     arrays don't make a representation; the message names the file or the set, the place and
   *     the value
   */
  public Representation read() {
    Readout readout =
        new Readout(file("readout_weight.npy").rows(), file("readout_bias.npy").vector());
    return new Representation(
        path.toAbsolutePath().normalize().getFileName().toString(),
        split("test"),
        split("train"),
        readout);
  }

  private Split split(String set) {
    NpyFile features = file("features_" + set + ".npy");
    NpyFile labels = file("labels_" + set + ".npy");
    if (features.shape()[0] != labels.shape()[0]) {
      throw new IllegalArgumentException(
          "%s: features_%s.npy has %d images, but labels_%s.npy has %d"
              .formatted(path, set, features.shape()[0], set, labels.shape()[0]));
    }
    return new Split(features.columns(), labels.integers());
  }

  private NpyFile file(String name) {
    return NpyFile.read(path.resolve(name));
  }
}
