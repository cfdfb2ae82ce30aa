package mitosis.suite;

import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import mitosis.analysis.GaussianLayer;
import mitosis.analysis.PlantedClones;
import mitosis.evidence.DoseResponse.Dose;
import mitosis.evidence.Subject;
import mitosis.suite.Controls.SyntheticSubjects;

/**
 * Made-up layers of which it is known whether they are made of clones, and beyond which size:
 * planted clones, with what a claim must not mistake for them, and neurons that have nothing in
 * common.
 */
public final class PlantedLayers {

  /** Deviation that hidden factors add to a neuron, five times that of its noise. */
  private static final double HIDDEN = 0.05;

  /** One training image in so many is given the wrong label. */
  static final int ONE_IN = 12;

  /** Deviation of the noise of noisy clones. */
  private static final double NOISY = 0.5;

  private final SyntheticSubjects madeUp;

  PlantedLayers(SyntheticSubjects madeUp) {
    this.madeUp = madeUp;
  }

  /** Clones with independent noise: chunk errors go as w^-½ from w* ≈ 29 on. */
  public Subject plantedClones() {
    return madeUp.planted("planted clones", madeUp.clones());
  }

  /**
   * Clones of which hardly an image is hard, so that small chunks stand out.
   *
   * @param critical about what w* is to be
   */
  public Subject plantedClonesWithSmallChunks(double critical) {
    return madeUp.planted(
        "planted clones with few hard images and w* about " + Math.round(critical),
        madeUp.clones(madeUp.width(), critical).withHardShare(0.005));
  }

  /**
   * Clones of so many features that w* is about what is asked for, by the closed form in {@link
   * PlantedClones}.
   */
  public Subject plantedClonesOfCriticalWidth(double critical) {
    return madeUp.planted(
        "planted clones with w* about " + Math.round(critical),
        madeUp.clones(madeUp.width(), critical));
  }

  /** The same with ten times the noise and so fewer features. */
  public Subject plantedNoisyClonesOfCriticalWidth(double critical) {
    return madeUp.planted(
        "planted noisy clones with w* about " + Math.round(critical), noisyClones(critical));
  }

  /** With ten times the noise and so fewer features for the same w*. */
  PlantedClones noisyClones(double critical) {
    double features = (critical / SyntheticSubjects.PER_FEATURE + 1) / (1 + NOISY * NOISY);
    return madeUp
        .clones()
        .withFeatures(SyntheticSubjects.atMost(madeUp.width(), features))
        .withNoise(NOISY);
  }

  /** Clones of one feature: a single neuron is a clone, so there are no small chunks. */
  public Subject plantedClonesOfOneNeuron() {
    return madeUp.planted(
        "planted clones with w* = 1",
        madeUp.clones().withFeatures(1).withNoise(0.3).withHardShare(1));
  }

  /** Clones of which one training image in twelve has the other label than they read out. */
  public Subject plantedClonesWithWrongLabels() {
    return madeUp.subject(
        "planted clones with wrong labels",
        (network, test, train) ->
            SyntheticSubjects.few(madeUp.clones(), test, train)
                .networkWithWrongLabels(network, ONE_IN));
  }

  /** Almost clean clones of two features, which two neurons rebuild. */
  public Subject plantedCleanClonesOfTwoFeatures() {
    return madeUp.planted(
        "planted clean clones of two features", madeUp.clones().withFeatures(2).withNoise(0.01));
  }

  /** Noisy clones of two features, another w^-½. */
  public Subject plantedClonesOfTwoFeatures() {
    return madeUp.planted(
        "planted noisy clones of two features", madeUp.clones().withFeatures(2).withNoise(NOISY));
  }

  /** Noisy clones of one feature: R² bends at once. */
  public Subject plantedNoisyClones() {
    return madeUp.planted(
        "planted noisy clones of one feature", madeUp.clones().withFeatures(1).withNoise(NOISY));
  }

  /** Clones that share factors which no chunk can find. */
  public Subject plantedClonesWithHiddenFactors() {
    return madeUp.planted("planted clones with hidden factors", withHiddenFactors());
  }

  /** As many factors as neurons, so that no chunk can tell them apart. */
  PlantedClones withHiddenFactors() {
    return madeUp.clones().withNoise(0.01).withHiddenFactors(madeUp.width(), HIDDEN);
  }

  /** Clones that chunks rebuild the better the less noise they have. */
  public Subject plantedClonesWithNoise(double noise) {
    return madeUp.planted("planted clones with noise " + noise, madeUp.clones().withNoise(noise));
  }

  /**
   * Clones with noise in place of networks with increasing weight decays 0, 1, 2, ….
   *
   * @param noises of each of them
   */
  public List<Dose> doses(double... noises) {
    return IntStream.range(0, noises.length)
        .mapToObj(k -> new Dose(k, plantedClonesWithNoise(noises[k])))
        .toList();
  }

  /** Neurons that are all different: independent, no copies. */
  public Subject gaussianLayer() {
    return madeUp.subject(
        "Gaussian layer",
        (network, test, train) ->
            new GaussianLayer(
                    madeUp.width(),
                    Math.min(madeUp.testImages(), test),
                    Math.min(madeUp.trainImages(), train),
                    SyntheticSubjects.SEED + network)
                .representation());
  }

  /**
   * Networks of some widths whose neurons copy one feature with so much noise that w* is about what
   * is asked for, see {@link PlantedClones}. Whatever that is, it goes with the noise's variance
   * alone, so that ratios of w* are exact.
   *
   * @param critical w* by width
   */
  public List<Subject> noisyNetworks(int[] widths, DoubleUnaryOperator critical) {
    return Arrays.stream(widths)
        .mapToObj(
            each -> {
              double size = critical.applyAsDouble(each);
              return madeUp.planted(
                  "planted noisy clones of one feature with w* about %.1f".formatted(size),
                  madeUp
                      .clones(each)
                      .withFeatures(1)
                      .withNoise(Math.sqrt(size / SyntheticSubjects.PER_FEATURE)));
            })
        .toList();
  }

  /** Clones of which it is known where each of their signs sets in (claim C18). */
  public static final class PlantedSigns {

    /** Enough for noise not to seem correlated. */
    private static final int FEW_IMAGES = 4_000;

    private static final int COINCIDING_IMAGES = 10_000;
    private static final double COINCIDING_NOISE = 0.085;

    private final SyntheticSubjects madeUp;

    PlantedSigns(SyntheticSubjects madeUp) {
      this.madeUp = madeUp;
    }

    /**
     * Clones of which every sign sets in between 30 and 45 neurons: training errors at 9.5·((d−1) +
     * dσ²) = 48 for six features and a noise of 0.085, or a little below; R² of 0.99 where the
     * sixth of a layer that a chunk lacks with each feature, (5/6)^w, and the σ² of all else make
     * up 0.01; correlations where 1/(w+6) of pairs with a feature in common and the floor of others
     * make up 0.03; and the fall as w^-½ where, with a seventh of the images hard, clear ones no
     * longer count.
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
          SyntheticSubjects.CHUNKS);
    }

    private PlantedClones coinciding() {
      return madeUp
          .clones()
          .withFeatures(SyntheticSubjects.atMost(madeUp.width(), 6))
          .withNoise(COINCIDING_NOISE)
          .withHardShare(0.14);
    }
  }
}
