package mitosis.power;

import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import mitosis.claim.ClaimId;
import mitosis.evidence.Subject;
import mitosis.evidence.TrainingTrajectory;
import mitosis.evidence.TwoPhases;

/**
 * Of the course of a training: claim C09 on pmnist-fc5, whose snapshots are those of the quick
 * scale; made-up networks interpolate at the third, trained ones at the fourth.
 */
final class TrainingScenarios {

  private static final int[] EPOCHS = {0, 16, 80, 100, 120, 140, 160};
  private static final int FITTED = 2;
  private static final int CLONE = 72;
  private static final double[] TRAINING_ERRORS = {0.5, 0.03, 2e-4, 2e-4, 2e-4, 2e-4, 2e-4};
  private static final int TRAINING_IMAGES = 10_000;

  private static final double SPREAD_OF_CRITICAL = 0.3;

  /** Test images of C09, in blocks of 100. */
  private static final int IMAGES = 10_000;

  private static final int BLOCK = 100;
  private static final double ERROR = 0.055;

  /** The part of images whose difficulty is the same for all networks and snapshots. */
  private static final double SHARED = 0.9;

  private static final String CORRELATIONS =
      "correlation in each network at each snapshot, which differ by 1 %; misread training images, counted";

  private static final String TEST_ERRORS =
      "misread images at each snapshot, one by one, nine in ten of which are the same for all networks and snapshots; misread training images,"
          + " counted";

  private TrainingScenarios() {}

  private static TwoPhases phases(PowerScenario.On on) {
    return new TwoPhases(on.thresholds().trainingError());
  }

  static List<PowerScenario> quick(PowerScenario.On on) {
    return List.of(
        on.ask(
            ClaimId.C09,
            "correlation_left",
            IMAGES,
            CORRELATIONS,
            (truth, seeds, random) ->
                phases(on)
                    .correlationLeft(CLONE)
                    .of(
                        course(
                            seeds,
                            random,
                            at ->
                                SeedSpread.QUICK.correlated(
                                    0.08 * (at < FITTED ? 1 : truth), seeds, random))),
            0.3,
            0.8,
            0.95,
            1.05,
            1.2,
            1.5),
        on.ask(
            ClaimId.C09,
            "correlation_after_interpolation",
            IMAGES,
            CORRELATIONS,
            (truth, seeds, random) ->
                phases(on)
                    .correlationMovesBy(CLONE)
                    .of(
                        course(
                            seeds,
                            random,
                            at ->
                                SeedSpread.QUICK.correlated(
                                    0.08 * (1 + truth * after(at)), seeds, random))),
            0.05,
            0.15,
            0.22,
            0.28,
            0.35,
            0.5),
        on.ask(
            ClaimId.C09,
            "chunks_fit_after",
            TRAINING_IMAGES,
            "misread training images, counted; w* of each network at each snapshot, 150 and then 36, which differ by 30 %",
            (truth, seeds, random) ->
                phases(on)
                    .chunksFitAfter(CLONE)
                    .of(
                        course(
                            seeds,
                            random,
                            at -> SeedSpread.QUICK.fitting(seeds),
                            at -> EPOCHS[at] < EPOCHS[FITTED] + truth * 160 ? 150 : 36)),
            0,
            0.125,
            0.25,
            0.375,
            0.5));
  }

  /** Of outputs image by image, which takes longer. */
  static List<PowerScenario> imageByImage(PowerScenario.On on) {
    return List.of(
        on.ask(
            ClaimId.C09,
            "test_error_fall_after",
            IMAGES,
            TEST_ERRORS,
            (truth, seeds, random) ->
                phases(on)
                    .testErrorFall()
                    .of(course(seeds, random, misreading(0.4, truth, seeds, random))),
            0,
            0.002,
            0.004,
            0.006,
            0.01,
            0.02),
        on.ask(
            ClaimId.C09,
            "late_less_early_fall",
            IMAGES,
            TEST_ERRORS,
            (truth, seeds, random) ->
                phases(on)
                    .testErrorFallsMore()
                    .of(
                        course(
                            seeds,
                            random,
                            misreading(
                                0.02 + Math.max(0, -truth),
                                0.02 + Math.max(0, truth),
                                seeds,
                                random))),
            -0.4,
            -0.05,
            -0.01,
            0.01,
            0.05));
  }

  /** How much of the time from interpolation on is left at a snapshot; 1 before. */
  private static double after(int at) {
    return Math.min(1, (double) (160 - EPOCHS[at]) / (160 - EPOCHS[FITTED]));
  }

  private static TrainingTrajectory course(
      int seeds, SplittableRandom random, IntFunction<KnownNetworks> networks) {
    return course(seeds, random, networks, at -> 36);
  }

  private static TrainingTrajectory course(
      int seeds,
      SplittableRandom random,
      IntFunction<KnownNetworks> networks,
      IntFunction<Integer> critical) {
    return new TrainingTrajectory(
        IntStream.range(0, EPOCHS.length)
            .mapToObj(
                at ->
                    new TrainingTrajectory.Moment(
                        EPOCHS[at],
                        (Subject)
                            networks
                                .apply(at)
                                .withFullTrainErrors(
                                    Noise.counted(
                                        TRAINING_ERRORS[at], TRAINING_IMAGES, seeds, random))
                                .withCriticalSizes(
                                    Noise.criticalSizes(
                                        critical.apply(at), SPREAD_OF_CRITICAL, seeds, random))))
            .toList());
  }

  /**
   * Networks whose test error falls at once when they come to fit, and then evenly to the end.
   *
   * @param early fall
   * @param late fall
   */
  private static IntFunction<KnownNetworks> misreading(
      double early, double late, int seeds, SplittableRandom random) {
    double[] difficulty = random.doubles(IMAGES).toArray();
    return at -> {
      double error = ERROR + late * after(at) + (at < FITTED ? early : 0);
      float[][] blocks = new float[seeds][IMAGES / BLOCK];
      for (float[] network : blocks) {
        for (int image = 0; image < IMAGES; image++) {
          double drawn = random.nextDouble() < SHARED ? difficulty[image] : random.nextDouble();
          network[image / BLOCK] += drawn < error ? 1f / BLOCK : 0;
        }
      }
      return SeedSpread.QUICK.fitting(seeds).withTestErrors(blocks);
    };
  }
}
