package mitosis.power;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import mitosis.claim.ClaimId;
import mitosis.evidence.CloneCount;
import mitosis.evidence.Interpolation;
import mitosis.evidence.ReconstructionMeasurements;
import mitosis.evidence.Subject;
import mitosis.power.KnownNetworks.Rebuilt;
import org.apache.commons.math3.stat.StatUtils;
import org.apache.commons.math3.util.MathArrays;

/**
 * Of layers: claims C05 to C07, C10, C11 and C15 on networks of pmnist-fc5 and cifar10-wr28. A
 * layer takes seconds to measure, thousands of them hours; so what is measured of each network is
 * made up, with the deviation between networks, or groups of them, that trained ones have.
 */
final class LayerScenarios {

  static final int REBUILT_IMAGES = 10_000;

  /** True values of w*, around the edges of the band for digits. */
  private static final double[] OF_CRITICAL = {8, 15, 20, 30, 50, 80, 120, 160, 190};

  /** The same for pictures. */
  private static final double[] OF_CRITICAL_ON_CIFAR = {25, 40, 60, 80, 120, 160, 185};

  /** True values of R², around the band's edges. */
  static final double[] OF_R2 = {0.95, 0.98, 0.988, 0.992, 0.995, 0.997, 0.999, 1};

  /** True values of correlations, around the band's edge. */
  static final double[] OF_CORRELATION = {0.01, 0.02, 0.025, 0.028, 0.032, 0.036, 0.045, 0.08};

  private static final String COUNTED = "misread training images, counted";

  private final PowerScenario.On on;
  private final SeedSpread networks;

  private LayerScenarios(PowerScenario.On on, SeedSpread networks) {
    this.on = on;
    this.networks = networks;
  }

  /** Those of networks that were trained by the quick scale's recipe. */
  static List<PowerScenario> quick(PowerScenario.On on) {
    LayerScenarios layers = new LayerScenarios(on, SeedSpread.QUICK);
    return Stream.of(
            layers.interpolation(OF_CRITICAL),
            layers.misfit(),
            layers.growth(),
            layers.rebuilding(),
            layers.correlations(),
            layers.flatness(),
            DimensionScenarios.ofDigits(on, SeedSpread.QUICK))
        .flatMap(List::stream)
        .toList();
  }

  /** Those of recorded networks, of which there is one width beyond w* and the last epoch alone. */
  static List<PowerScenario> recorded(PowerScenario.On on) {
    LayerScenarios layers = new LayerScenarios(on, SeedSpread.RECORDED);
    return Stream.of(
            layers.interpolation(OF_CRITICAL),
            layers.rebuilding(),
            layers.correlations(),
            DimensionScenarios.ofDigits(on, SeedSpread.RECORDED))
        .flatMap(List::stream)
        .toList();
  }

  /** Those of cifar10-wr28 at quick scale, where one width alone holds two clones. */
  static List<PowerScenario> cifar(PowerScenario.On on) {
    LayerScenarios layers = new LayerScenarios(on, SeedSpread.CIFAR);
    return Stream.of(
            layers.interpolation(OF_CRITICAL_ON_CIFAR),
            layers.misfit(),
            layers.rebuilding(),
            layers.correlations(),
            layers.flatness(),
            DimensionScenarios.ofPictures(on, SeedSpread.CIFAR))
        .flatMap(List::stream)
        .toList();
  }

  private List<PowerScenario> interpolation(double[] criticalSizes) {
    return List.of(
        on.ask(
            ClaimId.C05,
            "full_training_error",
            networks.trainingImages(),
            COUNTED,
            (truth, seeds, random) ->
                Interpolation.fullTrainingError()
                    .of(
                        networks
                            .fitting(seeds)
                            .withFullTrainErrors(
                                Noise.counted(truth, networks.trainingImages(), seeds, random))),
            0.0002,
            0.0005,
            0.0008,
            0.0012,
            0.0015,
            0.002,
            0.005),
        on.ask(
            ClaimId.C05,
            "critical_width",
            networks.trainingImages(),
            "w* of each network, which differ by " + SeedSpread.percent(networks.ofCritical()),
            (truth, seeds, random) ->
                on.criticalSize()
                    .estimate(networks.ofCriticalSize(networks.width(), truth, seeds, random)),
            criticalSizes));
  }

  private List<PowerScenario> misfit() {
    double mostError = on.band(ClaimId.C05, "full_training_error").high();
    double mostWidth = on.band(ClaimId.C05, "critical_width").high();
    double least = networks.width() / mostWidth;
    return List.of(
        on.ask(
            ClaimId.C11,
            "stopped_early_misfit",
            networks.trainingImages(),
            COUNTED
                + "; w* of each network about %d, or none where it misreads more than a thousandth"
                    .formatted(Math.round(networks.critical())),
            (truth, seeds, random) ->
                Interpolation.misfit(mostError, mostWidth)
                    .of(
                        networks
                            .fitting(seeds)
                            .withFullTrainErrors(
                                Noise.counted(
                                    // Networks that misread more than is allowed have a misfit
                                    // of W by the most that w* may be, at least.
                                    mostError * (truth == least ? Math.min(1.5, least) : truth),
                                    networks.trainingImages(),
                                    seeds,
                                    random))
                            .withCriticalSizes(
                                Noise.criticalSizes(
                                    networks.critical(), networks.ofCritical(), seeds, random))),
            0.5,
            0.8,
            least,
            5,
            30));
  }

  private List<PowerScenario> growth() {
    return List.of(
        on.ask(
            ClaimId.C15,
            "growth_exponent",
            networks.trainingImages(),
            "w* of each network of three widths, which differ by %s at each width"
                .formatted(SeedSpread.percent(networks.ofCritical())),
            (truth, seeds, random) ->
                CloneCount.growth(on.criticalSize())
                    .of(
                        IntStream.of(64, 128, 256)
                            .mapToObj(
                                width ->
                                    (Subject)
                                        networks.ofCriticalSize(
                                            width,
                                            16 * Math.pow(width / 64.0, 1 - truth),
                                            seeds,
                                            random))
                            .toList()),
            0.4,
            0.6,
            0.75,
            0.85,
            1,
            1.15,
            1.25,
            1.4,
            1.6));
  }

  private List<PowerScenario> rebuilding() {
    int chunk =
        Math.min(on.setting(ClaimId.C06, "held_out_r2", "chunk_size"), networks.width() / 4);
    int below = on.setting(ClaimId.C06, "linear_growth", "below");
    return List.of(
        on.ask(
            ClaimId.C06,
            "held_out_r2",
            REBUILT_IMAGES,
            "R² of each network, which differ by %s of 1 − R²"
                .formatted(SeedSpread.percent(networks.ofRest())),
            (truth, seeds, random) ->
                ReconstructionMeasurements.heldOutR2(chunk, new int[0])
                    .of(networks.ofR2(truth, seeds, random)),
            OF_R2),
        on.ask(
            ClaimId.C06,
            "linear_growth",
            REBUILT_IMAGES,
            "R² at 1 to %d neurons of each network, of which the part that is not linear differs by %s"
                .formatted(below - 1, SeedSpread.percent(networks.ofGrowth())),
            (truth, seeds, random) ->
                ReconstructionMeasurements.linearGrowth(below, new int[0])
                    .of(
                        networks
                            .fitting(seeds)
                            .withReconstructions(
                                IntStream.range(0, seeds)
                                    .mapToObj(
                                        seed ->
                                            growing(
                                                below,
                                                1
                                                    - Noise.about(
                                                        1 - truth, networks.ofGrowth(), 1, random)[
                                                        0]))
                                    .toList())),
            0.7,
            0.8,
            0.88,
            0.92,
            0.97,
            0.99));
  }

  /** R² over 1…below−1 neurons of which a straight line explains a share: the rest bends it. */
  private static Rebuilt growing(int below, double share) {
    double middle = below / 2.0;
    double[] steps = IntStream.range(1, below).mapToDouble(size -> size - middle).toArray();
    double square = StatUtils.mean(MathArrays.ebeMultiply(steps, steps));
    double[] bends = Arrays.stream(steps).map(step -> step * step - square).toArray();
    double line = Math.sqrt(Math.max(0, Math.min(1, share)) / StatUtils.sumSq(steps));
    double bend = Math.sqrt(Math.max(0, 1 - share) / StatUtils.sumSq(bends));
    return new Rebuilt(
        size -> size >= below ? 1 : 0.5 + 0.2 * (line * steps[size - 1] - bend * bends[size - 1]),
        size -> 1,
        size -> 0);
  }

  private List<PowerScenario> correlations() {
    int clone = networks.ofClone();
    int small = networks.small();
    int[] both = {small, clone};
    int[] ofClone = {clone};
    String inRatios = SeedSpread.percent(networks.inRatios());
    return List.of(
        on.ask(
            ClaimId.C07,
            "off_chunk_correlation",
            REBUILT_IMAGES,
            "correlation in each network, which differ by %s, and groups of them by %s with the size that is looked at"
                .formatted(
                    SeedSpread.percent(networks.ofCorrelation()),
                    SeedSpread.percent(networks.ofGroups())),
            (truth, seeds, random) ->
                ReconstructionMeasurements.correlation(clone, ofClone)
                    .of(
                        networks.correlated(
                            truth * Noise.factor(networks.ofGroups(), random), seeds, random)),
            OF_CORRELATION),
        on.ask(
            ClaimId.C07,
            "correlation_drop",
            REBUILT_IMAGES,
            "correlations in each network at both sizes, each of which differs by " + inRatios,
            (truth, seeds, random) ->
                ReconstructionMeasurements.correlationDrop(clone, small, both)
                    .of(
                        networks
                            .fitting(seeds)
                            .withReconstructions(
                                IntStream.range(0, seeds)
                                    .mapToObj(
                                        seed -> {
                                          double[] at =
                                              Noise.about(0.1, networks.inRatios(), 2, random);
                                          return Rebuilt.correlated(
                                              size -> size == small ? at[0] : truth * at[1]);
                                        })
                                    .toList(),
                                both)),
            0.2,
            0.3,
            0.36,
            0.44,
            0.5,
            0.6),
        on.ask(
            ClaimId.C10,
            "correlation_ratio",
            REBUILT_IMAGES,
            "correlations in each network of both kinds, which differ by " + inRatios,
            (truth, seeds, random) ->
                ReconstructionMeasurements.correlationRatio(
                        networks.correlatedInRatio(0.05, seeds, random), clone, ofClone)
                    .of(networks.correlatedInRatio(truth * 0.05, seeds, random)),
            1,
            1.5,
            1.8,
            2.2,
            2.5,
            3));
  }

  private List<PowerScenario> flatness() {
    int clone = networks.ofClone();
    return List.of(
        on.ask(
            ClaimId.C10,
            "correlation_flatness",
            REBUILT_IMAGES,
            "correlation in each network, which differ by %s, falling evenly over five snapshots"
                .formatted(SeedSpread.percent(networks.ofCorrelation())),
            (truth, seeds, random) ->
                ReconstructionMeasurements.correlationSpread(clone, new int[] {clone})
                    .of(
                        IntStream.rangeClosed(0, 4)
                            .mapToObj(
                                at ->
                                    (Subject)
                                        networks.correlated(
                                            0.08 * (1 + truth * (4 - at) / 4), seeds, random))
                            .toList()),
            0.05,
            0.15,
            0.22,
            0.28,
            0.35,
            0.5));
  }
}
