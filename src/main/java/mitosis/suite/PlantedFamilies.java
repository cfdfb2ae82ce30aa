package mitosis.suite;

import java.util.Arrays;
import java.util.stream.IntStream;
import mitosis.evidence.CriticalSize;
import mitosis.evidence.FullNetworks;
import mitosis.evidence.Subject;
import mitosis.evidence.VariancePeak;
import mitosis.suite.Controls.SyntheticSubjects;
import mitosis.suite.PlantedEnsembles.PlantedOutputs;

/**
 * Planted clones beside full networks of other widths, known by their outputs alone (claim C14).
 */
public final class PlantedFamilies {

  private static final int MOST_IMAGES = 4_000;

  private final SyntheticSubjects madeUp;
  private final PlantedLayers layers;

  PlantedFamilies(SyntheticSubjects madeUp, PlantedLayers layers) {
    this.madeUp = madeUp;
    this.layers = layers;
  }

  /**
   * Planted clones beside networks of widths from 1/64 to 32 times their w*, whose variance has a
   * peak and whose training error falls as W^-3.
   *
   * @param rule how w* is found, and what training error counts as none
   * @param critical about what w* is to be
   * @param peak where the variance is largest, in units of w*, a power of two
   * @param interpolating where the training error counts as none, in units of w*
   */
  public VariancePeak.Family family(
      CriticalSize rule, double critical, double peak, double interpolating) {
    Subject clones = layers.plantedClonesOfCriticalWidth(critical);
    double size = rule.of(clones);
    PlantedOutputs outputs =
        new PlantedOutputs(0.5, Math.min(MOST_IMAGES, madeUp.testImages()), SyntheticSubjects.SEED);
    FullNetworks networks = FullNetworks.none();
    for (double times = 1.0 / 64; times <= 32; times *= 2) {
      int here = (int) Math.round(times * size);
      if (here >= 1 && (networks.widths().length == 0 || here > last(networks.widths()))) {
        double octaves = Math.log(times / peak) / Math.log(2);
        double[] trainErrors = new double[madeUp.seeds()];
        Arrays.fill(
            trainErrors,
            Math.min(0.5, rule.tolerance() * Math.pow(here / (interpolating * size), -3)));
        networks =
            networks.with(
                here,
                trainErrors,
                outputs.of(
                    IntStream.range(0, madeUp.seeds()).toArray(), Math.exp(-octaves * octaves / 4)),
                outputs.labels());
      }
    }
    return new VariancePeak.Family(clones, networks);
  }

  private static int last(int[] widths) {
    return widths[widths.length - 1];
  }
}
