package mitosis.representation;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A network that a user brings, as far as they bring it. Where a part is missing, so is what can be
 * said of the network, and the reason is told.
 *
 * @param name what to call it in messages and reports: that of the folder, or of the file up to its
 *     extension
 * @param source the folder or file
 * @param test what it makes of test images, at least {@value #FEWEST_IMAGES}, with W neurons, at
 *     least {@value #FEWEST_NEURONS}
 * @param train what it makes of training images, as many at least, with the same W neurons
 * @param readout from W neurons to K outputs
 * @param ensembleLogits K x N, logits of the test images averaged over an ensemble
 * @param sha256 the checksum, in hexadecimal, of each file that was read, by its name
 * @param computation how its representation was computed here; nothing if the user gave the
 *     representation
 */
public record ExternalNetwork(
    String name,
    Path source,
    Split test,
    Optional<Split> train,
    Optional<Readout> readout,
    Optional<double[][]> ensembleLogits,
    Map<String, String> sha256,
    Optional<Computation> computation) {

  /** With fewer images, an error of one percent is not one image. */
  public static final int FEWEST_IMAGES = 100;

  /** A chunk of 2·w*, which is at least two neurons, and two outside it to be correlated. */
  public static final int FEWEST_NEURONS = 4;

  /** Why nothing can be said of training images, if there are none. */
  public Optional<String> whyNoTrain() {
    return missing(train, "no features_train and labels_train");
  }

  /** Why nothing can be said of outputs, if there is no readout. */
  public Optional<String> whyNoReadout() {
    return missing(readout, "no readout_weight and readout_bias");
  }

  /** Why nothing can be said of the error of an ensemble, if there is none. */
  public Optional<String> whyNoEnsemble() {
    return missing(ensembleLogits, "no ensemble_logits_test");
  }

  private Optional<String> missing(Optional<?> part, String what) {
    return part.isPresent() ? Optional.empty() : Optional.of(source + " has " + what);
  }

  /**
   * The network as one that was trained here.
   *
   * @throws IllegalArgumentException if it has no training images or no readout
   */
  public Representation representation() {
    String lack =
        Stream.of(whyNoTrain(), whyNoReadout())
            .flatMap(Optional::stream)
            .collect(Collectors.joining("; "));
    if (!lack.isEmpty()) {
      throw new IllegalArgumentException(lack);
    }
    return new Representation(name, test, train.orElseThrow(), readout.orElseThrow());
  }

  /**
   * How a representation was computed here, from an external network of which only weights or a
   * program were given.
   *
   * @param network its architecture in words
   * @param dataset name of the dataset whose images it was shown
   * @param fingerprint of that dataset
   */
  public record Computation(String network, String dataset, String fingerprint) {}
}
