package mitosis.suite;

import mitosis.analysis.PlantedClones;
import mitosis.evidence.Subject;

/** Clones of which it is known where each of their signs sets in (claim C18). */
public final class PlantedSigns {

  /** Enough for noise not to seem correlated. */
  private static final int FEW_IMAGES = 4_000;

  private static final int COINCIDING_IMAGES = 10_000;
  private static final double COINCIDING_NOISE = 0.085;

  private final MadeUpSubjects madeUp;

  PlantedSigns(MadeUpSubjects madeUp) {
    this.madeUp = madeUp;
  }

  /**
   * Clones of which every sign sets in between 30 and 45 neurons: training errors at 9.5·((d−1) +
   * dσ²) = 48 for six features and a noise of 0.085, or a little below; R² of 0.99 where the sixth
   * of a layer that a chunk lacks with each feature, (5/6)^w, and the σ² of all else make up 0.01;
   * correlations where 1/(w+6) of pairs with a feature in common and the floor of others make up
   * 0.03; and the fall as w^-½ where, with a seventh of the images hard, clear ones no longer
   * count.
   *
   * <p>Always five networks, and as many chunks as of trained ones: w* by R² rests on the few
   * chunks that lack a feature.
   */
  public Subject plantedClonesWithCoincidingSigns() {
    return madeUp.ofFiveNetworks(
        "planted clones with coinciding signs",
        coinciding()
            .withImages(Math.min(madeUp.testImages(), COINCIDING_IMAGES), madeUp.trainImages()),
        new Subject.Chunks(100, 100));
  }

  /**
   * The same with their noise replaced by factors that no chunk can find, so that residuals stay
   * correlated where all else says that a chunk is a clone.
   */
  public Subject plantedClonesWithOneSignMissing() {
    return madeUp.ofFiveNetworks(
        "planted clones with correlated residuals",
        coinciding()
            .withNoise(COINCIDING_NOISE / 10)
            .withHiddenFactors(madeUp.width(), COINCIDING_NOISE)
            .withImages(
                Math.min(madeUp.testImages(), FEW_IMAGES),
                Math.min(madeUp.trainImages(), FEW_IMAGES)),
        MadeUpSubjects.CHUNKS);
  }

  private PlantedClones coinciding() {
    return madeUp
        .clones()
        .withFeatures(MadeUpSubjects.atMost(madeUp.width(), 6))
        .withNoise(COINCIDING_NOISE)
        .withHardShare(0.14);
  }
}
