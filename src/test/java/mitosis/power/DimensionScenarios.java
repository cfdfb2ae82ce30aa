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
import mitosis.evidence.Dimensions;
import mitosis.evidence.Subject;

/** Of dimensions: claim C08, made up as other layers' are by {@link LayerScenarios}. */
final class DimensionScenarios {

  /** Relative, of TwoNN on 10,000 digits in eight subsamples; on fewer it is larger. */
  private static final double ERROR_ON_DIGITS = 0.03;

  /** The same on pictures, of which the dimension is four times as large. */
  private static final double ERROR_ON_PICTURES = 0.01;

  private DimensionScenarios() {}

  static List<PowerScenario> ofDigits(PowerScenario.On on, SeedSpread networks) {
    return of(on, networks, ERROR_ON_DIGITS, 0.7, 0.9, 1.2, 2, 2.7, 3.4, 4, 12);
  }

  static List<PowerScenario> ofPictures(PowerScenario.On on, SeedSpread networks) {
    return of(on, networks, ERROR_ON_PICTURES, 7, 8, 8.6, 9.4, 12, 14.5, 16, 20);
  }

  private static List<PowerScenario> of(
      PowerScenario.On on, SeedSpread networks, double error, double... truths) {
    Band band = on.band(ClaimId.C08, "worst_dimension_ratio");
    String noise =
        "dimension of each network, which differ by %s, and all together by %s with the images"
            .formatted(SeedSpread.percent(networks.ofDimension()), SeedSpread.percent(error));
    // Half and a quarter of the widest, as far as they are beyond w*.
    int[] narrower =
        IntStream.of(networks.width() / 4, networks.width() / 2)
            .filter(width -> width >= networks.critical())
            .toArray();
    return List.of(
        on.ask(
            ClaimId.C08,
            "dimension",
            LayerScenarios.REBUILT_IMAGES,
            noise,
            (truth, seeds, random) ->
                Dimensions.ofLayer()
                    .of(
                        networks
                            .fitting(seeds)
                            .withDimensions(dimensions(networks, error, truth, seeds, random))),
            truths),
        on.ask(
            ClaimId.C08,
            "dimension_share",
            LayerScenarios.REBUILT_IMAGES,
            noise
                + "; w* of each network, which differ by "
                + SeedSpread.percent(networks.ofCritical()),
            (truth, seeds, random) ->
                Dimensions.shareOf(on.criticalSize())
                    .of(
                        networks
                            .ofCriticalSize(networks.width(), networks.critical(), seeds, random)
                            .withDimensions(
                                dimensions(
                                    networks, error, truth * networks.critical(), seeds, random))),
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
                chunks.put(width, dimensions(networks, error, 4 * truth, seeds, random));
                full.add(
                    KnownNetworks.of(width, seeds)
                        .withDimensions(dimensions(networks, error, 4, seeds, random)));
              }
              return Dimensions.ratios()
                  .apply(
                      new Dimensions.Pair(
                          networks.fitting(seeds).withChunkDimensions(chunks), full))
                  .worst(band)
                  .estimate();
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
      SeedSpread networks, double error, double truth, int seeds, SplittableRandom random) {
    double seen = truth * Noise.factor(error, random);
    return Arrays.stream(Noise.about(seen, networks.ofDimension(), seeds, random))
        .mapToObj(dimension -> new IntrinsicDimension.Dimension(dimension, error * dimension))
        .toList();
  }
}
