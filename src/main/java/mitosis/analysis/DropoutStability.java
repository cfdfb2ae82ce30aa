package mitosis.analysis;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import mitosis.representation.Readout;
import mitosis.representation.Representation;

/**
 * How a network fares when a share of its last hidden layer's neurons is removed at random and the
 * weights of those that stay are multiplied by W/w, as dropout does. P22 §4 calls a network
 * ε-dropout stable if its training loss changes by less than ε when half of the neurons go, but of
 * every layer; a representation shows the last one alone, so this is a necessary condition.
 *
 * <p>{@link ChunkError} is the same without the factor. The factor leaves the signs of outputs and
 * the order of classes as they are but for the biases, beside which the sums over neurons are W/w
 * times as large: so a chunk and a thinned network of the same neurons err alike if the readout has
 * no bias, and the chunk errs as the thinned network would with biases W/w times as large. Losses
 * differ either way.
 *
 * @param width W
 * @param kept w, the number of neurons that stay
 * @param testError the share of test images misclassified, over thinned networks
 * @param trainError the share of training images misclassified, over thinned networks
 * @param trainLoss over thinned networks: ½·mean max(0, 1 − f·y)² under one output, as the authors
 *     train pMNIST, and the cross-entropy under several
 * @param full the full network
 */
public record DropoutStability(
    int width,
    int kept,
    MeanOverChunks testError,
    MeanOverChunks trainError,
    MeanOverChunks trainLoss,
    Full full) {

  /**
   * The full network.
   *
   * @param testError the share of test images misclassified
   * @param trainError the share of training images misclassified
   * @param trainLoss as above
   */
  public record Full(double testError, double trainError, double trainLoss) {}

  /**
   * Measures random thinned networks.
   *
   * @param representation a layer of W neurons
   * @param removed the share of neurons that is removed, at least 0 and less than 1; ½ in P22. The
   *     number that stays is rounded, and at least 1
   * @param networks the number of thinned networks, at least 2
   * @param seed of the neurons that stay: those of {@link ChunkError} of this seed
   * @throws IllegalArgumentException if the share is out of range or networks are below 2
   */
  public static DropoutStability measure(
      Representation representation, double removed, int networks, long seed) {
    if (!(removed >= 0 && removed < 1)) {
      throw new IllegalArgumentException(
          "share of neurons to remove is %s, but must be at least 0 and less than 1"
              .formatted(removed));
    }
    ChunkSizes.requireSpread(networks);
    int width = representation.width();
    int kept = Math.max(1, (int) Math.round((1 - removed) * width));
    Permutations permutations = new Permutations(width, seed);
    Readout readout = representation.readout();
    List<Readout> thinned =
        IntStream.range(0, networks)
            .mapToObj(n -> thinned(readout, Arrays.copyOf(permutations.permutation(n), kept)))
            .toList();
    List<Readout> whole = List.of(readout);
    return new DropoutStability(
        width,
        kept,
        MeanOverChunks.of(ManyReadouts.errors(representation.test(), thinned)),
        MeanOverChunks.of(ManyReadouts.errors(representation.train(), thinned)),
        MeanOverChunks.of(ManyReadouts.losses(representation.train(), thinned)),
        new Full(
            ManyReadouts.errors(representation.test(), whole)[0],
            ManyReadouts.errors(representation.train(), whole)[0],
            ManyReadouts.losses(representation.train(), whole)[0]));
  }

  private static Readout thinned(Readout readout, int[] neurons) {
    double factor = (double) readout.width() / neurons.length;
    double[][] weights = new double[readout.outputs()][readout.width()];
    for (int output = 0; output < weights.length; output++) {
      for (int neuron : neurons) {
        weights[output][neuron] = factor * readout.weights()[output][neuron];
      }
    }
    return new Readout(weights, readout.biases());
  }

  /**
   * The smallest ε that the network is stable with, on average over what is removed: |mean training
   * loss − that of the full network|.
   */
  public double lossChange() {
    return Math.abs(trainLoss.mean() - full.trainLoss());
  }
}
