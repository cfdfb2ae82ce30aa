package mitosis.representation;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import mitosis.data.Dataset;
import mitosis.data.Examples;
import mitosis.model.NativeEngine;
import mitosis.representation.ExternalNetwork.Computation;
import mitosis.representation.LastLayer.Trunk;
import mitosis.representation.LastLayer.Trunk.LoadedNetwork;
import mitosis.representation.StoredBytes.FileBytes;
import mitosis.representation.SubjectSource.Folder;

/**
 * A network that a user brings whole, as weights or as a program, in one file. Its representation
 * of a dataset's images is computed here: images as the suite normalises them, none of them
 * augmented.
 */
public abstract sealed class SubjectNetwork permits WeightsFile, TorchScriptFile {

  /** How many of the training images, and of the test images, are shown at most. */
  static final int MOST_IMAGES = 60_000;

  private final Path path;

  SubjectNetwork(Path path) {
    this.path = path;
  }

  /**
   * The network in a file, or nothing if what lies there is not one, but perhaps a representation,
   * see {@link SubjectSource}. Which of both a {@code .safetensors} file is, the names of its
   * arrays say.
   *
   * @param path a file or folder
   * @throws IllegalArgumentException if the file has neither the arrays of a representation nor
   *     those of a known network; the message names it and its arrays
   * @throws java.io.UncheckedIOException if a file can't be read
   */
  public static Optional<SubjectNetwork> at(Path path) {
    if (!Files.isRegularFile(path)) {
      return Optional.empty();
    }
    if (Folder.extension(path).equals("safetensors")) {
      return WeightsFile.read(path).map(SubjectNetwork.class::cast);
    }
    return TorchScriptFile.read(path).map(SubjectNetwork.class::cast);
  }

  /** The file. */
  public Path path() {
    return path;
  }

  /** What the file holds, in words. */
  public abstract String title();

  /**
   * Reads the network and lays it on a device.
   *
   * @param dataset what it is to be shown
   * @param manager owns what is laid there
   * @throws IllegalArgumentException if it is not a network for such examples; names the file
   */
  abstract LoadedNetwork laid(Dataset dataset, NDManager manager);

  /**
   * Refuses whatever {@link #on} would refuse before it computes.
   *
   * @throws IllegalArgumentException if the network is damaged, or not one for such a dataset; the
   *     message names file, place and value
   * @throws java.io.UncheckedIOException if the file can't be read
   */
  public void requireFits(Dataset dataset, Device device) {
    try (NDManager manager = NativeEngine.on(device).newBaseManager(device)) {
      fitting(dataset, manager);
    }
  }

  /**
   * Shows it a dataset's images, block by block.
   *
   * @param dataset its test and its training examples, of each the first 60,000
   * @param device computes
   * @return what its last hidden layer makes of them
   * @throws IllegalArgumentException as {@link #requireFits}, if the activities are larger than the
   *     memory, if one is not finite, or if no neuron is live
   * @throws java.io.UncheckedIOException if the file can't be read
   */
  public ExternalNetwork on(Dataset dataset, Device device) {
    try (NDManager manager = NativeEngine.on(device).newBaseManager(device)) {
      LoadedNetwork laid = fitting(dataset, manager);
      requireMemory(laid.trunk().width(), dataset, Runtime.getRuntime().maxMemory());
      return new ExternalNetwork(
          Folder.stem(path),
          path,
          shown(laid.trunk(), "test", dataset.test(), manager),
          Optional.of(shown(laid.trunk(), "training", dataset.train(), manager)),
          Optional.of(laid.readout()),
          Optional.empty(),
          Map.of(path.getFileName().toString(), FileBytes.sha256(path)),
          Optional.of(new Computation(laid.description(), dataset.name(), dataset.fingerprint())));
    }
  }

  /** Better said before than after the hours that it may take to fill the memory. */
  void requireMemory(int width, Dataset dataset, long memory) {
    long images =
        Math.min(MOST_IMAGES, dataset.test().count())
            + Math.min(MOST_IMAGES, dataset.train().count());
    long needed = Float.BYTES * images * width;
    if (needed > memory) {
      throw refusal(
          "makes %d activities of each of %,d images, which take %d MiB, but Java may use %d MiB; give it more (-Xmx, or -Dclaims.heap=%dm)"
              .formatted(width, images, needed >> 20, memory >> 20, 2 * needed >> 20));
    }
  }

  private LoadedNetwork fitting(Dataset dataset, NDManager manager) {
    requireEnough("test", dataset.test());
    requireEnough("training", dataset.train());
    LoadedNetwork laid = laid(dataset, manager);
    int found = laid.readout().outputs();
    int needed = outputs(dataset);
    if (found != needed) {
      throw refusal(
          "has %d outputs (%s), but %s takes %d; name the system that it was trained for"
              .formatted(found, laid.description(), dataset.name(), needed));
    }
    if (laid.readout().width() < ExternalNetwork.FEWEST_NEURONS) {
      throw refusal(
          "has a last hidden layer of %d neurons, but at least %d are needed for a chunk and neurons outside it"
              .formatted(laid.readout().width(), ExternalNetwork.FEWEST_NEURONS));
    }
    return laid;
  }

  private void requireEnough(String set, Examples examples) {
    if (examples.count() < ExternalNetwork.FEWEST_IMAGES) {
      throw refusal(
          "cannot be audited on %d %s images; at least %d are needed to measure anything on"
              .formatted(examples.count(), set, ExternalNetwork.FEWEST_IMAGES));
    }
  }

  /** One output whose sign is the class, or as many as there are classes. */
  private static int outputs(Dataset dataset) {
    int[] ends =
        IntStream.concat(
                Arrays.stream(dataset.train().labels()), Arrays.stream(dataset.test().labels()))
            .collect(
                () -> new int[2],
                (lowAndHigh, label) -> {
                  lowAndHigh[0] = Math.min(lowAndHigh[0], label);
                  lowAndHigh[1] = Math.max(lowAndHigh[1], label);
                },
                (one, other) -> {
                  one[0] = Math.min(one[0], other[0]);
                  one[1] = Math.max(one[1], other[1]);
                });
    return ends[0] < 0 ? 1 : ends[1] + 1;
  }

  private Split shown(Trunk trunk, String set, Examples examples, NDManager manager) {
    Split split;
    try {
      split = LastLayer.of(trunk, examples, MOST_IMAGES, manager);
    } catch (IllegalArgumentException e) {
      throw refusal("on the %s images: %s".formatted(set, e.getMessage()));
    }
    if (!split.isLive()) {
      throw refusal(
          "has %d dead neurons and no other: each has the same activity on all %d %s images; bring a trained network"
              .formatted(split.width(), split.images(), set));
    }
    return split;
  }

  /** A refusal that names the file. */
  final IllegalArgumentException refusal(String what) {
    return new IllegalArgumentException(path + " " + what);
  }
}
