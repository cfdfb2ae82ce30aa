package mitosis.power;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import mitosis.claim.Band;
import mitosis.claim.ClaimId;
import mitosis.claim.Decimal;
import mitosis.evidence.Ensembles;
import mitosis.evidence.Ensembling;

/** Of ensembles: claim C13 on pmnist-fc5 and cifar10-wr28. */
final class EnsembleScenarios {

  private static final MarginLaw LAW = new MarginLaw(0.048, 0.3);
  private static final int[] ALL = {8, 16, 32, 64, 128, 256};
  private static final int[] BEYOND = {64, 128, 256};

  /** Of networks of 64 neurons. */
  private static final double EXCESS = 0.008;

  private EnsembleScenarios() {}

  static List<PowerScenario> quick(PowerScenario.On on) {
    Band band = on.band(ClaimId.C13, "same_width_gain");
    return List.of(
        on.ask(
            ClaimId.C13,
            "same_width_gain",
            ErrorScenarios.IMAGES,
            "outputs of networks of 64, 128 and 256 neurons, image by image, of which the narrowest have an excess error of 0.008, or eight"
                + " times the loss",
            (truth, seeds, random) ->
                Ensembling.gainsOfSameWidth()
                    .apply(gaining(truth, seeds, random))
                    .worst(band)
                    .estimate(),
            -0.006,
            -0.004,
            -0.002,
            0,
            0.002,
            0.004,
            0.006,
            0.01),
        on.ask(
            ClaimId.C13,
            "large_ensembles_spread",
            ErrorScenarios.IMAGES,
            "outputs of networks of 8 to 256 neurons, image by image, with an excess error of 0.008 at 64 that falls with the root of the width;"
                + " the narrowest misread some more images all alike",
            (truth, seeds, random) ->
                Ensembling.spreadOfLargeEnsembles().of(erring(truth, seeds, random)),
            0,
            0.0015,
            0.0025,
            0.004,
            0.006,
            0.01));
  }

  /** Those of cifar10-wr28 at quick scale, where two networks have the memory of one. */
  static List<PowerScenario> cifar(PowerScenario.On on) {
    return List.of(
        on.ask(
            ClaimId.C13,
            "advantage_of_width",
            ErrorScenarios.Curves.CIFAR.images(),
            "outputs of networks of 128 and 256 neurons, image by image, of which the narrow ones have an excess error of %s"
                .formatted(Decimal.text(excessOfHalf())),
            (truth, seeds, random) ->
                Ensembling.advantageOfWidth(2).of(outdone(truth, seeds, random)),
            -0.02,
            -0.01,
            0,
            0.01,
            0.015,
            0.02));
  }

  private static double excessOfHalf() {
    return ErrorScenarios.Curves.CIFAR.excess(128, -0.5);
  }

  /** One wide network errs less than two of half its width by the advantage. */
  private static Ensembles outdone(double advantage, int seeds, SplittableRandom random) {
    MarginLaw law = ErrorScenarios.Curves.CIFAR.planted().law();
    PlantedImages seen = new PlantedImages(law, ErrorScenarios.Curves.CIFAR.images(), random);
    double narrow = law.deviation(excessOfHalf());
    double wide = law.deviation(law.excess(narrow / Math.sqrt(2)) - advantage);
    return new Ensembles(
        List.of(
            family(seen, 128, narrow, 0, seeds, random), family(seen, 256, wide, 0, seeds, random)),
        seen.labels());
  }

  /** Two networks of each width err less than one of twice the width by the gain. */
  private static Ensembles gaining(double gain, int seeds, SplittableRandom random) {
    PlantedImages seen = new PlantedImages(LAW, ErrorScenarios.IMAGES, random);
    List<Ensembles.Family> families = new ArrayList<>();
    double excess = Math.max(EXCESS, -8 * gain);
    for (int width : BEYOND) {
      double deviation = LAW.deviation(excess);
      families.add(family(seen, width, deviation, 0, seeds, random));
      excess = LAW.excess(deviation / Math.sqrt(2)) + gain;
    }
    return new Ensembles(families, seen.labels());
  }

  private static Ensembles erring(double more, int seeds, SplittableRandom random) {
    PlantedImages seen = new PlantedImages(LAW, ErrorScenarios.IMAGES, random);
    List<Ensembles.Family> families = new ArrayList<>();
    for (int width : ALL) {
      double deviation = LAW.deviation(EXCESS / Math.sqrt(width / 64.0));
      families.add(family(seen, width, deviation, width == ALL[0] ? more : 0, seeds, random));
    }
    return new Ensembles(families, seen.labels());
  }

  /**
   * @param more share of all images that the networks misread too, all alike
   */
  private static Ensembles.Family family(
      PlantedImages seen,
      int width,
      double deviation,
      double more,
      int seeds,
      SplittableRandom random) {
    boolean[] misread = seen.clear(more, random);
    double[][][] outputs = new double[seeds][1][];
    for (int seed = 0; seed < seeds; seed++) {
      outputs[seed][0] = seen.outputs(seen.noise(deviation, random));
      for (int image = 0; image < misread.length; image++) {
        outputs[seed][0][image] *= misread[image] ? -1 : 1;
      }
    }
    return new Ensembles.Family(width, width, outputs);
  }
}
