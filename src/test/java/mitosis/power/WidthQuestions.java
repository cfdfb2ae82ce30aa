package mitosis.power;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import mitosis.analysis.ScalingStart;
import mitosis.claim.ClaimId;
import mitosis.claim.Estimate;
import mitosis.evidence.CloneSigns;
import mitosis.evidence.CriticalSize;
import mitosis.evidence.ErrorCurve;
import mitosis.evidence.FullNetworks;
import mitosis.evidence.VariancePeak;
import mitosis.power.KnownNetworks.Rebuilt;

/** Of where w* lies beside other sizes: claims C14 and C18 on pmnist-fc5. */
final class WidthQuestions {

  private static final int WIDTH = ErrorQuestions.WIDTH;
  private static final int[] WIDTHS = {8, 16, 32, 64, 128, 256};
  private static final int PEAK = 32;
  private static final int TRAINING_IMAGES = 10_000;
  private static final double INTERPOLATING = 40;

  /** What is left of the variance at the next width; .86 and .64 in P22 Fig. S5. */
  private static final double LEFT = 0.75;

  private static final double SPREAD_OF_CRITICAL = 0.3;
  private static final double SPREAD_OF_VARIANCE = 0.1;
  private static final double SPREAD_OF_REST = 0.075;
  private static final double SPREAD_OF_CORRELATION = 0.01;
  private static final double SPREAD_OF_GROUPS = 0.048;

  private static final int[] CORRELATED = {1, 2, 4, 8, 9, 16, 32, 64, 72, 128};
  private static final int[] HALVINGS = {4, 8, 16, 32, 64, 128};
  private static final double ALWAYS = 0.048;
  private static final int BEND = 32;

  private WidthQuestions() {}

  static List<Question> quick(Question.On on) {
    return List.of(
        on.ask(
            ClaimId.C14,
            "clone_size_over_interpolation_width",
            TRAINING_IMAGES,
            "misread training images of networks of each width, counted, whose number goes as W^-3; w* of each widest network, which differ by"
                + " 30 %",
            (truth, seeds, random) ->
                VariancePeak.cloneSizeOverInterpolationWidth()
                    .of(interpolating(truth, seeds, random)),
            0.25,
            0.35,
            0.45,
            0.65,
            1,
            1.5,
            2.5,
            3.5,
            5));
  }

  /** Of outputs image by image, which takes longer. */
  static List<Question> imageByImage(Question.On on) {
    return List.of(
        on.ask(
            ClaimId.C18,
            "onset_spread",
            ErrorQuestions.IMAGES,
            "outputs of networks, image by image, and of each network w*, which differ by 30 %, R², by 7.5 % of 1 − R², and correlations, by 1 %, and"
                + " by 4.8 % between groups, which come to 0.03 last",
            (truth, seeds, random) -> signs(truth, seeds, random),
            1,
            1.3,
            1.7,
            2.4,
            3,
            4),
        on.ask(
            ClaimId.C14,
            "clone_size_over_peak",
            ErrorQuestions.IMAGES,
            "outputs of networks, image by image, whose variance is largest at 32 neurons and three quarters at the next width, and differs by a"
                + " tenth between networks; w* of each widest network, which differ by 30 %",
            (truth, seeds, random) ->
                VariancePeak.cloneSizeOverPeak().of(peaking(truth, seeds, random)),
            0.4,
            0.7,
            1.3,
            2,
            3,
            5.5,
            7.5));
  }

  private static KnownNetworks ofCriticalSize(double critical, int seeds, SplittableRandom random) {
    return KnownNetworks.of(WIDTH, seeds)
        .withCriticalSizes(Noise.criticalSizes(critical, SPREAD_OF_CRITICAL, seeds, random));
  }

  private static VariancePeak.Family interpolating(
      double ratio, int seeds, SplittableRandom random) {
    FullNetworks networks = FullNetworks.none();
    // Its outputs are not looked at.
    double[][][] outputs = new double[seeds][1][1];
    int[] labels = {1};
    for (int width : WIDTHS) {
      double error = Math.min(0.5, 1e-3 * Math.pow(width / INTERPOLATING, -3));
      double[] errors = Noise.counted(error, TRAINING_IMAGES, seeds, random);
      networks = networks.with(width, errors, outputs, labels);
    }
    return new VariancePeak.Family(ofCriticalSize(ratio * INTERPOLATING, seeds, random), networks);
  }

  private static VariancePeak.Family peaking(double ratio, int seeds, SplittableRandom random) {
    FullNetworks networks = FullNetworks.none();
    int[] labels = new int[ErrorQuestions.IMAGES];
    Arrays.fill(labels, 1);
    for (int width : WIDTHS) {
      double octaves = Math.abs(Math.log((double) width / PEAK) / Math.log(2));
      double[][][] outputs = new double[seeds][1][];
      for (double[][] output : outputs) {
        double variance =
            Math.pow(LEFT, octaves) * Math.max(0.1, 1 + SPREAD_OF_VARIANCE * random.nextGaussian());
        double deviation = Math.sqrt(variance);
        output[0] =
            IntStream.range(0, labels.length)
                .mapToDouble(image -> deviation * random.nextGaussian())
                .toArray();
      }
      networks = networks.with(width, new double[seeds], outputs, labels);
    }
    return new VariancePeak.Family(ofCriticalSize(ratio * PEAK, seeds, random), networks);
  }

  private static double excess(double size) {
    return 0.0075 * Math.pow(size / BEND, size < BEND ? -1 : -0.4);
  }

  /** Where the steep fall of these errors ends. */
  static double start() {
    double[] exact = Arrays.stream(HALVINGS).mapToDouble(size -> ALWAYS + excess(size)).toArray();
    return new ScalingStart(-0.65).of(HALVINGS, exact, ALWAYS).orElseThrow();
  }

  /** Three signs set in where the steep fall ends, and correlations fade at so many times that. */
  private static Estimate signs(double ratio, int seeds, SplittableRandom random) {
    PlantedErrors law =
        new PlantedErrors(new MarginLaw(ALWAYS, 0.6), ErrorQuestions.IMAGES, 0.1, 0.02);
    ErrorCurve errors = law.chunks(HALVINGS, WidthQuestions::excess, WIDTH, seeds, random);
    double start = start();
    double group = 0.03 * Noise.factor(SPREAD_OF_GROUPS, random);
    KnownNetworks networks =
        ofCriticalSize(start, seeds, random)
            .withReconstructions(
                IntStream.range(0, seeds)
                    .mapToObj(
                        seed -> {
                          double rest = Noise.about(0.01, SPREAD_OF_REST, 1, random)[0];
                          double correlation =
                              Noise.about(group, SPREAD_OF_CORRELATION, 1, random)[0];
                          return new Rebuilt(
                              size -> 1 - rest * Math.pow(size / start, -2),
                              size -> 1 - rest * Math.pow(size / start, -2),
                              size -> correlation * Math.pow(size / (ratio * start), -0.7));
                        })
                    .toList(),
                CORRELATED);
    return CloneSigns.spread(CriticalSize.standard(), CORRELATED, subject -> errors).of(networks);
  }
}
