package mitosis.suite;

import java.util.Arrays;
import java.util.List;
import mitosis.analysis.GaussianLayer;
import mitosis.analysis.PlantedClones;
import mitosis.evidence.Subject;
import mitosis.suite.Controls.SyntheticSubjects;

/** Made-up layers of known dimension, on no more images than dimensions need (claim C08). */
public final class PlantedManifolds {

  /** Enough for a dimension to be known to a few percent. */
  private static final int FEW_IMAGES = 4_000;

  private final SyntheticSubjects madeUp;
  private final PlantedLayers layers;

  PlantedManifolds(SyntheticSubjects madeUp, PlantedLayers layers) {
    this.madeUp = madeUp;
    this.layers = layers;
  }

  /**
   * Neurons that are all different, as {@link PlantedLayers#gaussianLayer} has them, on few test
   * images.
   */
  public Subject layerOfFullDimension() {
    return madeUp.subject(
        "Gaussian layer on few images",
        (network, test, train) ->
            new GaussianLayer(
                    madeUp.width(),
                    Math.min(FEW_IMAGES, Math.min(madeUp.testImages(), test)),
                    Math.min(madeUp.trainImages(), train),
                    SyntheticSubjects.SEED + network)
                .representation());
  }

  /** Exact copies of some features: images on a manifold of as many dimensions. */
  public Subject exactCopies(int features) {
    return exactCopies(features, madeUp.width());
  }

  private Subject exactCopies(int features, int ofWidth) {
    return madeUp.planted(
        "exact copies of %d features".formatted(features),
        onFewImages(madeUp.clones(ofWidth).withFeatures(Math.min(ofWidth, features)).withNoise(0)));
  }

  /** The same as full networks of some widths. */
  public List<Subject> networksOfExactCopies(int features, int[] widths) {
    return Arrays.stream(widths).mapToObj(each -> exactCopies(features, each)).toList();
  }

  /**
   * Clones of one feature in noise as large, different in every neuron: the images fill as many
   * dimensions as there are neurons, and yet w* is small.
   */
  public Subject plantedClonesDrownedInNoise() {
    return madeUp.planted(
        "planted clones drowned in noise",
        onFewImages(madeUp.clones().withFeatures(1).withNoise(1)));
  }

  /**
   * Noisy clones with w* about what is asked for, on few test images, for what takes a time that
   * goes with their square.
   */
  public Subject plantedNoisyClonesOnFewImages(double critical) {
    return madeUp.planted(
        "planted noisy clones with w* about %d on few images".formatted(Math.round(critical)),
        onFewImages(layers.noisyClones(critical)));
  }

  private PlantedClones onFewImages(PlantedClones clones) {
    return SyntheticSubjects.few(clones, FEW_IMAGES, madeUp.trainImages());
  }
}
