package mitosis.power;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import mitosis.claim.ClaimId;
import mitosis.evidence.Agreement;
import mitosis.evidence.DoseResponse;
import mitosis.evidence.Interpolation;
import mitosis.evidence.ReconstructionMeasurements;
import mitosis.power.KnownNetworks.Rebuilt;

/**
 * Of networks with another loss or other weight decays: claims C19 and C20 on pmnist-fc5, which are
 * made up as those of {@link LayerScenarios} are.
 */
final class VariantScenarios {

  private static final SeedSpread NETWORKS = SeedSpread.QUICK;

  private VariantScenarios() {}

  static List<PowerScenario> extended(PowerScenario.On on) {
    int[] clone = {NETWORKS.ofClone()};
    List<Agreement.PowerScenario> signs =
        List.of(
            new Agreement.PowerScenario(
                Interpolation.fullTrainingError(),
                on.band(ClaimId.C05, "full_training_error")::judge),
            new Agreement.PowerScenario(
                ReconstructionMeasurements.heldOutR2(64, clone),
                on.band(ClaimId.C06, "held_out_r2")::judge),
            new Agreement.PowerScenario(
                ReconstructionMeasurements.correlation(NETWORKS.ofClone(), clone),
                on.band(ClaimId.C07, "off_chunk_correlation")::judge));
    return List.of(
        on.ask(
            ClaimId.C19,
            "decided_alike",
            LayerScenarios.REBUILT_IMAGES,
            "misread training images, R² and correlation of each network as for C05 to C07; signs that differ do so by 0.004, 0.02 and"
                + " 0.03",
            (truth, seeds, random) ->
                Agreement.on(signs)
                    .of(new Agreement.Pair(signed(3, seeds, random), signed(truth, seeds, random))),
            0,
            1,
            2,
            3),
        on.ask(
            ClaimId.C20,
            "rank_correlation",
            LayerScenarios.REBUILT_IMAGES,
            "R² of each network at eight weight decays, at which 1 − R² halves or is in another order, and which differ by 7.5 % of it",
            (truth, seeds, random) ->
                DoseResponse.ofReconstruction(64, on.criticalSize().tolerance())
                    .of(doses(truth, seeds, random)),
            1 - 98 / 84.0,
            1 - 40 / 84.0,
            1 - 20 / 84.0,
            1 - 10 / 84.0,
            1 - 8 / 84.0,
            1 - 2 / 84.0,
            1));
  }

  /** Networks that show so many of three signs. */
  private static KnownNetworks signed(double shown, int seeds, SplittableRandom random) {
    double error = shown > 0 ? 2e-4 : 5e-3;
    double correlation = (shown > 1 ? 0.02 : 0.06) * Noise.factor(NETWORKS.ofGroups(), random);
    double rest = shown > 2 ? 0.003 : 0.03;
    return NETWORKS
        .fitting(seeds)
        .withFullTrainErrors(Noise.counted(error, NETWORKS.trainingImages(), seeds, random))
        .withReconstructions(
            IntStream.range(0, seeds)
                .mapToObj(
                    seed -> {
                      double r2 = 1 - Noise.about(rest, NETWORKS.ofRest(), 1, random)[0];
                      double here =
                          Noise.about(correlation, NETWORKS.ofCorrelation(), 1, random)[0];
                      return new Rebuilt(size -> r2, size -> r2, size -> here);
                    })
                .toList(),
            NETWORKS.ofClone());
  }

  /** Doses whose order among the responses has that rank correlation, 1 − Σd²/84. */
  private static List<DoseResponse.Dose> doses(double truth, int seeds, SplittableRandom random) {
    int[] order =
        switch ((int) Math.round((1 - truth) * 84)) {
          case 0 -> new int[] {0, 1, 2, 3, 4, 5, 6, 7};
          case 2 -> new int[] {1, 0, 2, 3, 4, 5, 6, 7};
          case 8 -> new int[] {1, 0, 3, 2, 5, 4, 7, 6};
          case 10 -> new int[] {2, 1, 0, 4, 3, 5, 6, 7};
          case 20 -> new int[] {3, 1, 2, 0, 5, 4, 6, 7};
          case 40 -> new int[] {3, 2, 1, 0, 7, 6, 5, 4};
          case 98 -> new int[] {7, 1, 2, 3, 4, 5, 6, 0};
          default -> throw new IllegalArgumentException("no order with rank correlation " + truth);
        };
    List<DoseResponse.Dose> doses = new ArrayList<>();
    for (int k = 0; k < order.length; k++) {
      double r2 = 1 - 0.26 * Math.pow(0.53, order[k]);
      doses.add(new DoseResponse.Dose(k, NETWORKS.ofR2(r2, seeds, random)));
    }
    return doses;
  }
}
