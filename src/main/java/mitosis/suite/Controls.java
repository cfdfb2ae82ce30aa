package mitosis.suite;

import java.util.HashMap;
import java.util.Map;
import java.util.function.IntSupplier;
import mitosis.analysis.PlantedClones;
import mitosis.evidence.ErrorCurve.ErrInf;
import mitosis.evidence.Layers;
import mitosis.evidence.Subject;
import mitosis.suite.PlantedLayers.PlantedSigns;

/**
 * Made-up evidence of which it is known whether a claim holds for it, with as many networks and
 * neurons as the trained networks that it stands beside.
 *
 * @param layers representations
 * @param manifolds representations of known dimension
 * @param signs representations whose signs of clones are known
 * @param curves errors by size
 * @param courses trainings
 * @param ensembles networks that are averaged
 * @param families networks of many widths
 */
public record Controls(
    PlantedLayers layers,
    PlantedManifolds manifolds,
    PlantedSigns signs,
    PlantedCurves curves,
    PlantedCourses courses,
    PlantedEnsembles ensembles,
    PlantedFamilies families) {

  /**
   * All of one size.
   *
   * @param width W of the layers
   * @param seeds number of networks
   * @param testImages N
   * @param trainImages N'
   */
  public static Controls of(int width, int seeds, int testImages, int trainImages) {
    return of(width, seeds, () -> testImages, () -> trainImages);
  }

  /**
   * All of one size, of which the numbers of images are looked up when a control is drawn up: to
   * know them takes loading the data.
   *
   * @param width W of the layers
   * @param seeds number of networks
   * @param testImages N
   * @param trainImages N'
   */
  static Controls of(int width, int seeds, IntSupplier testImages, IntSupplier trainImages) {
    SyntheticSubjects madeUp = new SyntheticSubjects(width, seeds, testImages, trainImages);
    PlantedLayers layers = new PlantedLayers(madeUp);
    return new Controls(
        layers,
        new PlantedManifolds(madeUp, layers),
        new PlantedSigns(madeUp),
        new PlantedCurves(madeUp),
        new PlantedCourses(madeUp, layers),
        new PlantedEnsembles(madeUp),
        new PlantedFamilies(madeUp, layers));
  }

  /**
   * Made-up subjects with as many networks and neurons as the trained ones that they stand beside,
   * each drawn up only once. Their labels are those of a clean readout, so their err∞ is 0.
   */
  static final class SyntheticSubjects {

    /** Fewer than for trained networks: a control's curves need not be drawn, only be decided. */
    static final Subject.Chunks CHUNKS = new Subject.Chunks(100, 20);

    /** Of all that is made up; network k draws with SEED + k. */
    static final long SEED = 22;

    /** By how much w* of planted clones grows with each feature. */
    static final double PER_FEATURE = 9.5;

    private final int width;
    private final int seeds;
    private final IntSupplier testImages;
    private final IntSupplier trainImages;
    private final Map<String, Subject> known = new HashMap<>();

    /**
     * @param width W of the layers
     * @param seeds number of networks
     * @param testImages N, looked up when something is drawn up
     * @param trainImages N', likewise
     */
    SyntheticSubjects(int width, int seeds, IntSupplier testImages, IntSupplier trainImages) {
      this.width = width;
      this.seeds = seeds;
      this.testImages = testImages;
      this.trainImages = trainImages;
    }

    /** W. */
    int width() {
      return width;
    }

    /** Number of networks. */
    int seeds() {
      return seeds;
    }

    /** N. */
    int testImages() {
      return testImages.getAsInt();
    }

    /** N'. */
    int trainImages() {
      return trainImages.getAsInt();
    }

    /** Of any layers, as wide as the trained ones. */
    Subject subject(String name, Layers layers) {
      return subject(name, width, layers);
    }

    private Subject subject(String name, int ofWidth, Layers layers) {
      return known.computeIfAbsent(
          name + ", W=" + ofWidth,
          key ->
              new Subject(
                  name, ofWidth, seeds, CHUNKS, layers, ErrInf.known(new float[testImages()])));
    }

    /** Clones as wide as the trained ones. */
    PlantedClones clones() {
      return clones(width);
    }

    /** Half of the test images hard, so that errors are many and counted well. */
    PlantedClones clones(int width) {
      return PlantedClones.ofWidth(width, testImages(), trainImages(), SEED).withHardShare(0.5);
    }

    /** Of so many features that w* is about what is asked for. */
    PlantedClones clones(int width, double critical) {
      return clones(width).withFeatures(atMost(width, critical / PER_FEATURE + 1));
    }

    /** A number of features, rounded, of which a layer has at least one and at most its width. */
    static int atMost(int width, double features) {
      return Math.max(1, (int) Math.min(width, Math.round(features)));
    }

    /** Of clones, as wide as those are. */
    Subject planted(String name, PlantedClones clones) {
      return subject(
          name,
          clones.width(),
          (network, test, train) -> few(clones, test, train).network(network));
    }

    /** Clones on fewer images. */
    static PlantedClones few(PlantedClones clones, int testImages, int trainImages) {
      return clones.withImages(
          Math.min(clones.testImages(), testImages), Math.min(clones.trainImages(), trainImages));
    }

    /** Always of five networks, with as many images as the clones have. */
    Subject ofFiveNetworks(String name, PlantedClones clones, Subject.Chunks chunks) {
      return known.computeIfAbsent(
          name,
          key ->
              new Subject(
                  name,
                  width,
                  5,
                  chunks,
                  (network, test, train) -> few(clones, test, train).network(network),
                  ErrInf.known(new float[clones.testImages()])));
    }
  }
}
