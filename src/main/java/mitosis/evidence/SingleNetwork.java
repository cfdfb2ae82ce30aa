package mitosis.evidence;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;
import mitosis.analysis.ChunkError.ChunkMistakes;
import mitosis.analysis.ChunkSizes;
import mitosis.analysis.CriticalWidths.CloneThresholds;
import mitosis.analysis.IntrinsicDimension;
import mitosis.analysis.Reconstruction;
import mitosis.analysis.ReconstructionJackknife;
import mitosis.representation.ExternalNetwork;
import mitosis.representation.Readout;
import mitosis.representation.Representation;
import mitosis.representation.Split;

/**
 * One network by itself, such as a user brings, and what is measured on its last hidden layer.
 * Nothing is measured before it is asked for, and nothing twice. Other seeds are not known, so
 * intervals are over images alone.
 */
public final class SingleNetwork {

  private static final long SEED = 1;

  /** As the authors keep of the ratios of distances. */
  private static final double FRACTION = 0.9;

  private final String name;
  private final Split test;
  private final Optional<Split> train;
  private final Optional<Readout> readout;
  private final Optional<float[]> limit;
  private final String origin;
  private final Workload workload;
  private final CloneThresholds thresholds;
  private ChunkMistakes testMistakes;
  private ChunkMistakes trainMistakes;
  private Reconstruction reconstruction;
  private ReconstructionJackknife leftOut;
  private List<IntrinsicDimension> dimensions;

  /**
   * A network that a user brought.
   *
   * @param network as it was read
   * @param thresholds by which clones are told in it
   */
  public static SingleNetwork of(ExternalNetwork network, CloneThresholds thresholds) {
    Optional<float[]> limit =
        network.ensembleLogits().map(logits -> misread(logits, network.test().labels()));
    return new SingleNetwork(
        network.name(),
        network.test(),
        network.train(),
        network.readout(),
        limit,
        network.source().toString(),
        thresholds);
  }

  /**
   * A made-up network whose labels are those of a clean readout, so that err∞ is 0.
   *
   * @param name what it is, for reports
   * @param limitKnown whether err∞ is told
   * @param thresholds by which clones are told in it
   */
  public static SingleNetwork madeUp(
      String name, Representation layer, boolean limitKnown, CloneThresholds thresholds) {
    return new SingleNetwork(
        name,
        layer.test(),
        Optional.of(layer.train()),
        Optional.of(layer.readout()),
        limitKnown ? Optional.of(new float[layer.test().images()]) : Optional.empty(),
        name,
        thresholds);
  }

  private SingleNetwork(
      String name,
      Split test,
      Optional<Split> train,
      Optional<Readout> readout,
      Optional<float[]> limit,
      String origin,
      CloneThresholds thresholds) {
    this.name = name;
    this.test = test;
    this.train = train;
    this.readout = readout;
    this.limit = limit;
    this.origin = origin;
    this.thresholds = thresholds;
    this.workload =
        Workload.of(
            test.width(),
            readout.map(Readout::outputs).orElse(1),
            test.images() + train.map(Split::images).orElse(0));
  }

  private static float[] misread(double[][] logits, int[] labels) {
    float[] misread = new float[labels.length];
    for (int image = 0; image < labels.length; image++) {
      int best = 0;
      for (int output = 1; output < logits.length; output++) {
        best = logits[output][image] > logits[best][image] ? output : best;
      }
      int said = logits.length > 1 ? best : logits[0][image] > 0 ? 1 : -1;
      misread[image] = said == labels[image] ? 0 : 1;
    }
    return misread;
  }

  /** What it is called. */
  public String name() {
    return name;
  }

  /** Width W. */
  public int width() {
    return test.width();
  }

  /** The layer on the test images. */
  public Split test() {
    return test;
  }

  /** The numbers by which clones are told in it. */
  public CloneThresholds thresholds() {
    return thresholds;
  }

  /** How many chunks are measured. */
  public Workload workload() {
    return workload;
  }

  /** Whether its training images and its readout are known. */
  public boolean hasTraining() {
    return train.isPresent() && readout.isPresent();
  }

  /** Number of training images, if they are known. */
  public OptionalInt trainImages() {
    return train.map(split -> OptionalInt.of(split.images())).orElse(OptionalInt.empty());
  }

  /** For each test image, 1 if the ensemble misclassifies it; nothing if no ensemble is known. */
  public Optional<float[]> limit() {
    return limit;
  }

  /** Sizes at which all is measured: 1…W, four to a factor of two, rounded. */
  public int[] sizes() {
    return ChunkSizes.quarterOctaves(width());
  }

  /**
   * Which test images chunks misclassify.
   *
   * @throws Unmeasurable if no readout is known
   */
  public synchronized ChunkMistakes testMistakes() {
    if (testMistakes == null) {
      testMistakes = ChunkMistakes.measure(test, knownReadout(), sizes(), workload.errors(), SEED);
    }
    return testMistakes;
  }

  private Readout knownReadout() {
    return readout.orElseThrow(
        () ->
            new Unmeasurable(
                "readout_weight and readout_bias of " + origin,
                "export the readout of the network too"));
  }

  /**
   * Which training images chunks misclassify.
   *
   * @throws Unmeasurable if no training images or no readout are known
   */
  public synchronized ChunkMistakes trainMistakes() {
    if (trainMistakes == null) {
      Split images =
          train.orElseThrow(
              () ->
                  new Unmeasurable(
                      "features_train and labels_train of " + origin,
                      "export what the layer makes of the training images too"));
      trainMistakes =
          ChunkMistakes.measure(images, knownReadout(), sizes(), workload.errors(), SEED);
    }
    return trainMistakes;
  }

  /**
   * R² at every size, and correlations at all of {@link #sizes} but W.
   *
   * @throws Unmeasurable if no neuron is live on one half of the images
   */
  public synchronized Reconstruction reconstruction() {
    if (reconstruction == null) {
      int[] below = Arrays.copyOf(sizes(), sizes().length - 1);
      reconstruction =
          live(() -> Reconstruction.measure(test, below, workload.reconstructions(), SEED));
    }
    return reconstruction;
  }

  /**
   * The same without one group of test images after the other, for errors over images.
   *
   * @throws Unmeasurable if no neuron is live on one half of the images without some group
   */
  public synchronized ReconstructionJackknife leftOut() {
    if (leftOut == null) {
      int[] below = Arrays.copyOf(sizes(), sizes().length - 1);
      leftOut =
          live(
              () ->
                  ReconstructionJackknife.measure(
                      test, below, workload.leftOut(), SEED, workload.groups()));
    }
    return leftOut;
  }

  /** Sizes, chunks and images are in range by construction: only live neurons can be lacking. */
  private <T> T live(Supplier<T> measurement) {
    try {
      return measurement.get();
    } catch (IllegalArgumentException e) {
      throw new Unmeasurable(
          "a layer to rebuild: of features_test of %s %s".formatted(origin, e.getMessage()),
          "bring test images on which neurons differ");
    }
  }

  /**
   * The dimension of the manifold that the test images make.
   *
   * @throws Unmeasurable if too few images differ
   */
  public IntrinsicDimension dimension() {
    return dimensions().get(0);
  }

  /**
   * The same, then from halves of the test images, from quarters and so on.
   *
   * @throws Unmeasurable if too few images differ
   */
  public synchronized List<IntrinsicDimension> dimensions() {
    if (dimensions == null) {
      try {
        dimensions = IntrinsicDimension.byScale(test, FRACTION, SEED);
      } catch (IllegalArgumentException e) {
        throw new Unmeasurable(e.getMessage(), "bring more test images that differ");
      }
    }
    return dimensions;
  }

  /**
   * How many random chunks of each size are measured on one network: as many as in P22 (500 for
   * errors, 100 for reconstructions) where that takes minutes, fewer for very wide layers.
   *
   * @param errors chunks for errors, 10 to 500
   * @param reconstructions chunks for reconstructions, 10 to 100
   * @param leftOut chunks for the same without a group of images, 4 to 20
   * @param groups groups of images that are left out in turn, 8 or 20
   */
  public record Workload(int errors, int reconstructions, int leftOut, int groups) {

    private static final int FEWEST = 10;
    private static final int GROUPS = 20;
    private static final int FEW_GROUPS = 8;

    /** Multiply-adds that take about five minutes on two cores. */
    private static final double AFFORDABLE = 5e12;

    /**
     * @param width W
     * @param outputs K
     * @param images of both sets
     */
    static Workload of(int width, int outputs, int images) {
      double ofErrors = 0.5 * width * outputs * images;
      // One factorisation of all images, and for each half one and two triangular products.
      double ofReconstruction = 2.0 * Math.pow(width, 3);
      int reconstructions = affordable(100, ofReconstruction);
      int leftOut = Math.max(4, reconstructions / 5);
      boolean heavy = GROUPS * leftOut * ofReconstruction > AFFORDABLE;
      return new Workload(
          affordable(500, ofErrors), reconstructions, leftOut, heavy ? FEW_GROUPS : GROUPS);
    }

    private static int affordable(int most, double each) {
      return (int) Math.max(FEWEST, Math.min(most, AFFORDABLE / each));
    }
  }
}
