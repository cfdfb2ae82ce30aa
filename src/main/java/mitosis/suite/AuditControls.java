package mitosis.suite;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import mitosis.analysis.CriticalWidths.CloneThresholds;
import mitosis.analysis.GaussianLayer;
import mitosis.analysis.PlantedClones;
import mitosis.evidence.SingleNetwork;
import mitosis.representation.Representation;

/**
 * Made-up networks beside one that a user brings, of which it is known whether a claim holds for
 * them. They have as many neurons and images, up to 512 and 10,000, so that what cannot be told of
 * them cannot be told of the user's network either.
 */
public final class AuditControls {

  private static final int MOST_NEURONS = 512;
  private static final int MOST_IMAGES = 10_000;
  private static final long SEED = 22;
  private static final double HIDDEN = 0.05;

  /**
   * More than the 58 neurons of 2·w*, and few enough to correlate residuals in a wide layer too.
   */
  private static final int HIDDEN_FACTORS = 128;

  private static final int ONE_IN_TEN = 10;

  private final int width;
  private final int testImages;
  private final int trainImages;
  private final boolean limitKnown;
  private final CloneThresholds thresholds;
  private final Map<String, SingleNetwork> known = new HashMap<>();

  /**
   * @param beside the user's network
   */
  public AuditControls(SingleNetwork beside) {
    this.width = Math.min(MOST_NEURONS, beside.width());
    this.testImages = Math.min(MOST_IMAGES, beside.test().images());
    this.trainImages = Math.min(MOST_IMAGES, beside.trainImages().orElse(testImages));
    this.limitKnown = beside.limit().isPresent();
    this.thresholds = beside.thresholds();
  }

  private SingleNetwork network(String name, Supplier<Representation> layer) {
    return known.computeIfAbsent(
        name, key -> SingleNetwork.madeUp(name, layer.get(), limitKnown, thresholds));
  }

  /** Half of the test images hard; few features in a narrow layer, so that clones fit into it. */
  private PlantedClones clones() {
    return PlantedClones.ofWidth(width, testImages, trainImages, SEED)
        .withFeatures(width >= 128 ? 4 : Math.min(width, 2))
        .withHardShare(0.5);
  }

  /** Clones with independent noise: chunk errors go as w^-½ from w* on. */
  public SingleNetwork plantedClones() {
    return network("planted clones", () -> clones().network(0));
  }

  /** The same with hardly any noise, so that the dimension is that of the features. */
  public SingleNetwork plantedCleanClones() {
    return network("planted clean clones", () -> clones().withNoise(0.005).network(0));
  }

  /** Clones of one feature in noise as large: of high dimension, and yet w* is small. */
  public SingleNetwork plantedClonesInNoise() {
    return network(
        "planted clones drowned in noise", () -> clones().withFeatures(1).withNoise(1).network(0));
  }

  /**
   * Four copies of each feature, so that a clone takes most of the layer: the training error would
   * come to 1e-3 at 9.5·(W/4 − 1) neurons (see {@link PlantedClones}).
   */
  public SingleNetwork plantedClonesOfManyFeatures() {
    return network(
        "planted clones of many features",
        () -> clones().withFeatures(Math.max(Math.min(width, 2), width / 4)).network(0));
  }

  /** Clones of which hardly an image is hard, so that small chunks stand out. */
  public SingleNetwork plantedClonesWithSmallChunks() {
    return network(
        "planted clones with few hard images", () -> clones().withHardShare(0.005).network(0));
  }

  /** Noisy clones of one feature on hard images alone: small chunks err by the same law. */
  public SingleNetwork plantedClonesOnHardImages() {
    return network(
        "planted clones on hard images",
        () -> clones().withFeatures(1).withNoise(1).withHardShare(1).network(0));
  }

  /** Clones on clear images alone: their error falls like the tail of a Gaussian, beyond w* too. */
  public SingleNetwork plantedClonesOnClearImages() {
    return network(
        "planted clones on clear images", () -> clones().withNoise(1).withHardShare(0).network(0));
  }

  /** Clones that share factors which no chunk can find. */
  public SingleNetwork plantedClonesWithHiddenFactors() {
    return network(
        "planted clones with hidden factors",
        () ->
            clones()
                .withNoise(0.01)
                .withHiddenFactors(Math.min(width, HIDDEN_FACTORS), HIDDEN)
                .network(0));
  }

  /** Clones that misclassify a tenth of the training images, whose labels are wrong. */
  public SingleNetwork plantedClonesWithWrongLabels() {
    return network(
        "planted clones with wrong labels", () -> clones().networkWithWrongLabels(0, ONE_IN_TEN));
  }

  /** Neurons that are all different: independent, no copies. */
  public SingleNetwork gaussianLayer() {
    return network(
        "Gaussian layer",
        () -> new GaussianLayer(width, testImages, trainImages, SEED).representation());
  }
}
