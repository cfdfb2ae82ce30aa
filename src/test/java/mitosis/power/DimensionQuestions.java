package mitosis.power;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import mitosis.analysis.IntrinsicDimension;
import mitosis.claim.Band;
import mitosis.claim.ClaimId;
import mitosis.evidence.CriticalSize;
import mitosis.evidence.Dimensions;
import mitosis.evidence.Subject;

/**
 * Of dimensions: claim C08 on pmnist-fc5, made up as other layers' are by {@link LayerQuestions}.
 */
final class DimensionQuestions {

  /** Between networks: baseline 7.53 ± 0.053. */
  private static final double SPREAD_OF_DIMENSION = 0.014;

  /** Relative, of TwoNN on 10,000 images in eight subsamples; on fewer it is larger. */
  private static final double ERROR_OF_DIMENSION = 0.03;

  private DimensionQuestions() {}

  static void quick(Question.On on, List<Question> all) {
    Band band = on.band(ClaimId.C08, "worst_dimension_ratio");
    String noise =
        "dimension of each network, which differ by 1.4 %, and all together by 3 % with the images";
    all.add(
        on.ask(
            ClaimId.C08,
            "dimension",
            LayerQuestions.REBUILT_IMAGES,
            noise,
            (truth, seeds, random) ->
                Dimensions.ofLayer()
                    .of(
                        KnownNetworks.of(LayerQuestions.WIDTH, seeds)
                            .withDimensions(dimensions(truth, seeds, random))),
            0.7,
            0.9,
            1.2,
            2,
            2.7,
            3.4,
            4,
            12));
    all.add(
        on.ask(
            ClaimId.C08,
            "dimension_share",
            LayerQuestions.REBUILT_IMAGES,
            noise + "; w* of each network, which differ by 30 %",
            (truth, seeds, random) ->
                Dimensions.shareOf(CriticalSize.standard())
                    .of(
                        LayerQuestions.ofCriticalSize(
                                LayerQuestions.WIDTH, LayerQuestions.CRITICAL, seeds, random)
                            .withDimensions(
                                dimensions(truth * LayerQuestions.CRITICAL, seeds, random))),
            0.05,
            0.1,
            0.18,
            0.35,
            0.5,
            0.8));
    all.add(
        on.ask(
            ClaimId.C08,
            "worst_dimension_ratio",
            4_000,
            noise + ", chunks and networks independently",
            (truth, seeds, random) -> {
              Map<Integer, List<IntrinsicDimension.Dimension>> chunks = new HashMap<>();
              List<Subject> networks = new ArrayList<>();
              for (int width : new int[] {64, 128}) {
                chunks.put(width, dimensions(4 * truth, seeds, random));
                networks.add(
                    KnownNetworks.of(width, seeds).withDimensions(dimensions(4, seeds, random)));
              }
              return Dimensions.worstRatio(band)
                  .of(
                      new Dimensions.Pair(
                          KnownNetworks.of(LayerQuestions.WIDTH, seeds).withChunkDimensions(chunks),
                          networks));
            },
            0.5,
            0.65,
            0.75,
            0.85,
            1,
            1.15,
            1.3,
            1.5));
  }

  private static List<IntrinsicDimension.Dimension> dimensions(
      double truth, int seeds, SplittableRandom random) {
    double seen = truth * Noise.factor(ERROR_OF_DIMENSION, random);
    return Arrays.stream(Noise.about(seen, SPREAD_OF_DIMENSION, seeds, random))
        .mapToObj(
            dimension ->
                new IntrinsicDimension.Dimension(dimension, ERROR_OF_DIMENSION * dimension))
        .toList();
  }
}
