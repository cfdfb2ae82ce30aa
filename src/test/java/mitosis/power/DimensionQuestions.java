package mitosis.power;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
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

  /** Relative, of TwoNN on 10,000 images in eight subsamples; on fewer it is larger. */
  private static final double ERROR_OF_DIMENSION = 0.03;

  private DimensionQuestions() {}

  static List<Question> of(Question.On on, Likeness networks) {
    Band band = on.band(ClaimId.C08, "worst_dimension_ratio");
    String noise =
        "dimension of each network, which differ by %s, and all together by 3 %% with the images"
            .formatted(Likeness.percent(networks.ofDimension()));
    // Half and a quarter of the widest, as far as they are beyond w*.
    int[] narrower =
        IntStream.of(networks.width() / 4, networks.width() / 2)
            .filter(width -> width >= networks.critical())
            .toArray();
    return List.of(
        on.ask(
            ClaimId.C08,
            "dimension",
            LayerQuestions.REBUILT_IMAGES,
            noise,
            (truth, seeds, random) ->
                Dimensions.ofLayer()
                    .of(
                        networks
                            .fitting(seeds)
                            .withDimensions(dimensions(networks, truth, seeds, random))),
            0.7,
            0.9,
            1.2,
            2,
            2.7,
            3.4,
            4,
            12),
        on.ask(
            ClaimId.C08,
            "dimension_share",
            LayerQuestions.REBUILT_IMAGES,
            noise
                + "; w* of each network, which differ by "
                + Likeness.percent(networks.ofCritical()),
            (truth, seeds, random) ->
                Dimensions.shareOf(CriticalSize.standard())
                    .of(
                        networks
                            .ofCriticalSize(networks.width(), networks.critical(), seeds, random)
                            .withDimensions(
                                dimensions(networks, truth * networks.critical(), seeds, random))),
            0.05,
            0.1,
            0.18,
            0.35,
            0.5,
            0.8),
        on.ask(
            ClaimId.C08,
            "worst_dimension_ratio",
            4_000,
            noise + ", chunks and networks independently",
            (truth, seeds, random) -> {
              Map<Integer, List<IntrinsicDimension.Dimension>> chunks = new HashMap<>();
              List<Subject> full = new ArrayList<>();
              for (int width : narrower) {
                chunks.put(width, dimensions(networks, 4 * truth, seeds, random));
                full.add(
                    KnownNetworks.of(width, seeds)
                        .withDimensions(dimensions(networks, 4, seeds, random)));
              }
              return Dimensions.worstRatio(band)
                  .of(
                      new Dimensions.Pair(
                          networks.fitting(seeds).withChunkDimensions(chunks), full));
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
      Likeness networks, double truth, int seeds, SplittableRandom random) {
    double seen = truth * Noise.factor(ERROR_OF_DIMENSION, random);
    return Arrays.stream(Noise.about(seen, networks.ofDimension(), seeds, random))
        .mapToObj(
            dimension ->
                new IntrinsicDimension.Dimension(dimension, ERROR_OF_DIMENSION * dimension))
        .toList();
  }
}
