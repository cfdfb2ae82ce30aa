package mitosis.power;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import mitosis.claim.ClaimId;
import mitosis.evidence.CloneCount;
import mitosis.evidence.CriticalSize;
import mitosis.evidence.Interpolation;
import mitosis.evidence.Rebuilding;
import mitosis.evidence.Subject;
import mitosis.power.KnownNetworks.Rebuilt;

/**
 * Of layers: claims C05 to C07, C10, C11 and C15 on pmnist-fc5. A layer takes seconds to measure,
 * thousands of them hours; so what is measured of each network is made up, with the deviation
 * between networks, or groups of them, that trained ones have: the baselines' in {@code
 * expected/pmnist-fc5.yaml}, times the root of 4 where it is of networks.
 */
final class LayerQuestions {

  static final int WIDTH = ErrorQuestions.WIDTH;
  static final int TRAINING_IMAGES = 10_000;
  static final int REBUILT_IMAGES = 10_000;
  static final double CRITICAL = 36;
  static final int CLONE = 72;
  private static final int SMALL = 9;

  /** Of log w* between networks: baseline 36.5 ± 5.4. */
  private static final double SPREAD_OF_CRITICAL = 0.3;

  /** Of 1 − R²: baseline 0.9971 ± 0.00011. */
  static final double SPREAD_OF_REST = 0.075;

  /** Of the part that is not linear: baseline 0.782 ± 0.017. */
  private static final double SPREAD_OF_GROWTH = 0.16;

  /** Of correlations between networks: the interval of the default run, 0.0783 ± 0.0010. */
  static final double SPREAD_OF_CORRELATION = 0.01;

  /** Between groups of networks, whose chunks are of another 2·w*: baseline 0.0778 ± 0.0037. */
  static final double SPREAD_OF_GROUPS = 0.048;

  /** As the ratios' baselines, 0.532 ± 0.011 and 0.848 ± 0.012, say of each of two correlations. */
  private static final double SPREAD_IN_RATIOS = 0.03;

  private static final String COUNTED = "misread training images, counted";

  private LayerQuestions() {}

  static List<Question> quick(Question.On on) {
    List<Question> all = new ArrayList<>();
    interpolation(on, all);
    rebuilding(on, all);
    correlations(on, all);
    DimensionQuestions.quick(on, all);
    return all;
  }

  private static void interpolation(Question.On on, List<Question> all) {
    double mostError = on.band(ClaimId.C05, "full_training_error").high();
    double mostWidth = on.band(ClaimId.C05, "critical_width").high();
    all.add(
        on.ask(
            ClaimId.C05,
            "full_training_error",
            TRAINING_IMAGES,
            COUNTED,
            (truth, seeds, random) ->
                Interpolation.fullTrainingError()
                    .of(
                        KnownNetworks.of(WIDTH, seeds)
                            .withFullTrainErrors(
                                Noise.counted(truth, TRAINING_IMAGES, seeds, random))),
            0.0002,
            0.0005,
            0.0008,
            0.0012,
            0.0015,
            0.002,
            0.005));
    all.add(
        on.ask(
            ClaimId.C05,
            "critical_width",
            TRAINING_IMAGES,
            "w* of each network, which differ by 30 %",
            (truth, seeds, random) ->
                CriticalSize.standard().estimate(ofCriticalSize(WIDTH, truth, seeds, random)),
            8,
            15,
            20,
            30,
            50,
            80,
            120,
            160,
            190));
    all.add(
        on.ask(
            ClaimId.C11,
            "stopped_early_misfit",
            TRAINING_IMAGES,
            COUNTED
                + "; w* of each network about 36, or none where it misreads more than a thousandth",
            (truth, seeds, random) ->
                Interpolation.misfit(mostError, mostWidth)
                    .of(
                        KnownNetworks.of(WIDTH, seeds)
                            .withFullTrainErrors(
                                Noise.counted(errorOfMisfit(truth), TRAINING_IMAGES, seeds, random))
                            .withCriticalSizes(
                                Noise.criticalSizes(CRITICAL, SPREAD_OF_CRITICAL, seeds, random))),
            0.5,
            0.8,
            2.56,
            5,
            30));
    all.add(
        on.ask(
            ClaimId.C15,
            "growth_exponent",
            TRAINING_IMAGES,
            "w* of each network of three widths, which differ by 30 % at each width",
            (truth, seeds, random) ->
                CloneCount.growth(CriticalSize.standard())
                    .of(
                        IntStream.of(64, 128, 256)
                            .mapToObj(
                                width ->
                                    (Subject)
                                        ofCriticalSize(
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

  /**
   * Networks that misread more than a thousandth have a misfit of 2.56 at least, W by the most that
   * w* may be.
   */
  private static double errorOfMisfit(double misfit) {
    return misfit == 2.56 ? 0.0015 : misfit / 1000;
  }

  static KnownNetworks ofCriticalSize(
      int width, double critical, int seeds, SplittableRandom random) {
    return KnownNetworks.of(width, seeds)
        .withCriticalSizes(Noise.criticalSizes(critical, SPREAD_OF_CRITICAL, seeds, random));
  }

  private static void rebuilding(Question.On on, List<Question> all) {
    all.add(
        on.ask(
            ClaimId.C06,
            "held_out_r2",
            REBUILT_IMAGES,
            "R² of each network, which differ by 7.5 % of 1 − R²",
            (truth, seeds, random) ->
                Rebuilding.heldOutR2(64, new int[0]).of(ofR2(truth, seeds, random)),
            0.95,
            0.98,
            0.988,
            0.992,
            0.995,
            0.997,
            0.999,
            1));
    all.add(
        on.ask(
            ClaimId.C06,
            "linear_growth",
            REBUILT_IMAGES,
            "R² at 1 to 5 neurons of each network, of which the part that is not linear differs by 16 %",
            (truth, seeds, random) ->
                Rebuilding.linearGrowth(6, new int[0])
                    .of(
                        KnownNetworks.of(WIDTH, seeds)
                            .withReconstructions(
                                IntStream.range(0, seeds)
                                    .mapToObj(
                                        seed ->
                                            growing(
                                                1
                                                    - Noise.about(
                                                        1 - truth, SPREAD_OF_GROWTH, 1, random)[0]))
                                    .toList())),
            0.7,
            0.8,
            0.88,
            0.92,
            0.97,
            0.99));
  }

  static KnownNetworks ofR2(double r2, int seeds, SplittableRandom random) {
    return KnownNetworks.of(WIDTH, seeds)
        .withReconstructions(
            Arrays.stream(Noise.about(1 - r2, SPREAD_OF_REST, seeds, random))
                .mapToObj(rest -> Rebuilt.heldOut(1 - rest))
                .toList());
  }

  /** R² over 1…5 neurons of which a straight line explains a share: the rest bends it. */
  private static Rebuilt growing(double share) {
    double line = Math.sqrt(Math.max(0, Math.min(1, share)) / 10);
    double bend = Math.sqrt(Math.max(0, 1 - share) / 14);
    return new Rebuilt(
        size ->
            size > 5 ? 1 : 0.5 + 0.2 * (line * (size - 3) - bend * ((size - 3) * (size - 3) - 2)),
        size -> 1,
        size -> 0);
  }

  private static void correlations(Question.On on, List<Question> all) {
    int[] both = {SMALL, CLONE};
    int[] clone = {CLONE};
    all.add(
        on.ask(
            ClaimId.C07,
            "off_chunk_correlation",
            REBUILT_IMAGES,
            "correlation in each network, which differ by 1 %, and groups of them by 4.8 % with the size that is looked at",
            (truth, seeds, random) ->
                Rebuilding.correlation(CLONE, clone)
                    .of(
                        correlated(
                            truth * Noise.factor(SPREAD_OF_GROUPS, random),
                            SPREAD_OF_CORRELATION,
                            seeds,
                            random)),
            0.01,
            0.02,
            0.025,
            0.028,
            0.032,
            0.036,
            0.045,
            0.08));
    all.add(
        on.ask(
            ClaimId.C07,
            "correlation_drop",
            REBUILT_IMAGES,
            "correlations in each network at both sizes, each of which differs by 3 %",
            (truth, seeds, random) ->
                Rebuilding.correlationDrop(CLONE, SMALL, both)
                    .of(
                        KnownNetworks.of(WIDTH, seeds)
                            .withReconstructions(
                                IntStream.range(0, seeds)
                                    .mapToObj(
                                        seed -> {
                                          double[] at =
                                              Noise.about(0.1, SPREAD_IN_RATIOS, 2, random);
                                          return Rebuilt.correlated(
                                              size -> size == SMALL ? at[0] : truth * at[1]);
                                        })
                                    .toList(),
                                both)),
            0.2,
            0.3,
            0.36,
            0.44,
            0.5,
            0.6));
    all.add(
        on.ask(
            ClaimId.C10,
            "correlation_ratio",
            REBUILT_IMAGES,
            "correlations in each network of both kinds, which differ by 3 %",
            (truth, seeds, random) ->
                Rebuilding.correlationRatio(
                        correlated(0.05, SPREAD_IN_RATIOS, seeds, random), CLONE, clone)
                    .of(correlated(truth * 0.05, SPREAD_IN_RATIOS, seeds, random)),
            1,
            1.5,
            1.8,
            2.2,
            2.5,
            3));
    all.add(
        on.ask(
            ClaimId.C10,
            "correlation_flatness",
            REBUILT_IMAGES,
            "correlation in each network, which differ by 1 %, falling evenly over five snapshots",
            (truth, seeds, random) ->
                Rebuilding.correlationSpread(CLONE, clone)
                    .of(
                        IntStream.rangeClosed(0, 4)
                            .mapToObj(
                                at ->
                                    (Subject)
                                        correlated(
                                            0.08 * (1 + truth * (4 - at) / 4),
                                            SPREAD_OF_CORRELATION,
                                            seeds,
                                            random))
                            .toList()),
            0.05,
            0.15,
            0.22,
            0.28,
            0.35,
            0.5));
  }

  static KnownNetworks correlated(
      double correlation, double spread, int seeds, SplittableRandom random) {
    return KnownNetworks.of(WIDTH, seeds)
        .withReconstructions(
            Arrays.stream(Noise.about(correlation, spread, seeds, random))
                .mapToObj(each -> Rebuilt.correlated(size -> each))
                .toList(),
            CLONE);
  }
}
