package mitosis.power;

import java.util.List;
import mitosis.claim.Band;
import mitosis.claim.ClaimId;
import mitosis.evidence.ReconstructionMeasurements;
import mitosis.evidence.RelativeChange;

/** Of networks of which one part alone is widened: claim C12 on cifar10-wr28. */
final class WholeNetworkScenarios {

  private static final int IMAGES = 10_000;

  /** Of networks as wide everywhere. */
  private static final double ERROR = 0.53;

  private static final PlantedErrors ERRORS =
      new PlantedErrors(new MarginLaw(0.4, 0.6), IMAGES, 0.1, 0);

  private static final SeedSpread BODY = SeedSpread.NARROW_LAYER;

  private WholeNetworkScenarios() {}

  static List<PowerScenario> quick(PowerScenario.On on) {
    int[] most = {BODY.ofClone()};
    return List.of(
        on.ask(
            ClaimId.C12,
            "body_r2",
            IMAGES,
            "R² of each network, which differ by %s of 1 − R²"
                .formatted(SeedSpread.percent(BODY.ofRest())),
            (truth, seeds, random) ->
                ReconstructionMeasurements.heldOutR2(BODY.width() / 2, new int[0])
                    .of(BODY.ofR2(truth, seeds, random)),
            LayerScenarios.OF_R2),
        on.ask(
            ClaimId.C12,
            "body_correlation",
            IMAGES,
            "correlation in each network, which differ by %s"
                .formatted(SeedSpread.percent(BODY.ofCorrelation())),
            (truth, seeds, random) ->
                ReconstructionMeasurements.correlation(BODY.ofClone(), most)
                    .of(BODY.correlated(truth, seeds, random)),
            LayerScenarios.OF_CORRELATION));
  }

  /** Of outputs image by image, which takes longer. */
  static List<PowerScenario> imageByImage(PowerScenario.On on) {
    Band band = on.band(ClaimId.C12, "last_layer_change");
    return List.of(
        on.ask(
            ClaimId.C12,
            "last_layer_change",
            IMAGES,
            "outputs, image by image, of networks with last layers of four widths that misread 0.53 of all images, 0.4 of them all alike, and"
                + " of which the widest differs",
            (truth, seeds, random) ->
                RelativeChange.fromTheFirst()
                    .apply(
                        ERRORS.rates(
                            new double[] {ERROR, ERROR, ERROR, ERROR * (1 + truth)}, seeds, random))
                    .worst(band)
                    .estimate(),
            -0.2,
            -0.15,
            -0.12,
            -0.08,
            -0.05,
            0,
            0.05,
            0.08,
            0.12));
  }
}
