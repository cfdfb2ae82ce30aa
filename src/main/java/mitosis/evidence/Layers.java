package mitosis.evidence;

import java.util.List;
import java.util.stream.IntStream;
import mitosis.analysis.LiveNeurons;
import mitosis.representation.Representation;

/** Where the layers of networks that differ in their seed alone come from. */
@FunctionalInterface
public interface Layers {

  /** More images than any dataset has. */
  int ALL = Integer.MAX_VALUE;

  /**
   * The last hidden layer of one network. All networks see the same images.
   *
   * @param network 0…S−1
   * @param testImages the first so many test images, or all if there are fewer
   * @param trainImages the first so many training images, or all if there are fewer
   */
  Representation of(int network, int testImages, int trainImages);

  /**
   * The live neurons alone of each of several networks, as many of each as the network with the
   * most has, so that none is left out.
   *
   * @param all the whole layers
   * @param neurons of each network, W' of them
   */
  record LiveLayers(Layers all, List<int[]> neurons) implements Layers {

    /** So many images tell a neuron that is switched off. */
    private static final int IMAGES = 10_000;

    /**
     * @param networks number of networks S
     * @throws Unmeasurable if no network has a live neuron
     */
    static LiveLayers of(Layers all, int networks) {
      List<LiveNeurons> live =
          IntStream.range(0, networks)
              .mapToObj(network -> LiveNeurons.of(all.of(network, IMAGES, 1).test().activities()))
              .toList();
      int most = live.stream().mapToInt(LiveNeurons::count).max().orElseThrow();
      if (most == 0) {
        throw new Unmeasurable("live neurons: none of the layers has one", "train it again");
      }
      return new LiveLayers(all, live.stream().map(each -> each.mostActive(most)).toList());
    }

    /** Number of neurons W' of each network that are kept. */
    int width() {
      return neurons.get(0).length;
    }

    @Override
    public Representation of(int network, int testImages, int trainImages) {
      return all.of(network, testImages, trainImages).of(neurons.get(network));
    }
  }
}
