package mitosis.suite;

import java.util.function.IntSupplier;
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
    MadeUpSubjects madeUp = new MadeUpSubjects(width, seeds, testImages, trainImages);
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
}
