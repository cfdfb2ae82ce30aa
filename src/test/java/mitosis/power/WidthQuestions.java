package mitosis.power;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import mitosis.analysis.ChunkSizes;
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

  private static final int[] WIDTHS = {8, 16, 32, 64, 128, 256};
  private static final int PEAK = 32;
  private static final int TRAINING_IMAGES = 10_000;
  private static final double INTERPOLATING = 40;

  /** What is left of the variance at the next width; .86 and .64 in P22 Fig. S5. */
  private static final double LEFT = 0.75;

  private static final double SPREAD_OF_VARIANCE = 0.1;
  private static final double ALWAYS = 0.048;

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
        signs(on, Likeness.QUICK),
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

  /** C18 of recorded networks. */
  static List<Question> recorded(Question.On on) {
    return List.of(signs(on, Likeness.RECORDED));
  }

  private static Question signs(Question.On on, Likeness networks) {
    return on.ask(
        ClaimId.C18,
        "onset_spread",
        ErrorQuestions.IMAGES,
        "outputs of networks, image by image, and of each network w*, which differ by %s, R², by %s of 1 − R², and correlations, by %s, and by %s between groups, which come to 0.03 last"
            .formatted(
                Likeness.percent(networks.ofCritical()),
                Likeness.percent(networks.ofRest()),
                Likeness.percent(networks.ofCorrelation()),
                Likeness.percent(networks.ofGroups())),
        (truth, seeds, random) -> signs(networks, truth, seeds, random),
        1,
        1.3,
        1.7,
        2.4,
        3,
        4);
  }

  private static KnownNetworks ofCriticalSize(double critical, int seeds, SplittableRandom random) {
    return Likeness.QUICK.ofCriticalSize(Likeness.QUICK.width(), critical, seeds, random);
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

  /** Where the steep fall of the errors ends: at an eighth of the layer, so that it can be seen. */
  private static double bend(Likeness networks) {
    return networks.width() / 8.0;
  }

  private static double excess(double size, double bend) {
    return 0.0075 * Math.pow(size / bend, size < bend ? -1 : -0.4);
  }

  /** W/64 to W/2. */
  private static int[] halvings(Likeness networks) {
    return IntStream.rangeClosed(1, 6).map(k -> networks.width() >> (7 - k)).toArray();
  }

  /** What is found of where it ends. */
  static double start(Likeness networks) {
    int[] sizes = halvings(networks);
    double[] exact =
        Arrays.stream(sizes).mapToDouble(size -> ALWAYS + excess(size, bend(networks))).toArray();
    return new ScalingStart(-0.65).of(sizes, exact, ALWAYS).orElseThrow();
  }

  /** Three signs set in where the steep fall ends, and correlations fade at so many times that. */
  private static Estimate signs(
      Likeness likeness, double ratio, int seeds, SplittableRandom random) {
    PlantedErrors law =
        new PlantedErrors(new MarginLaw(ALWAYS, 0.6), ErrorQuestions.IMAGES, 0.1, 0.02);
    int[] correlated =
        IntStream.concat(
                Arrays.stream(ChunkSizes.halvings(likeness.width())),
                IntStream.of(likeness.small(), likeness.ofClone()))
            .filter(size -> size < likeness.width())
            .sorted()
            .distinct()
            .toArray();
    ErrorCurve errors =
        law.chunks(
            halvings(likeness),
            size -> excess(size, bend(likeness)),
            likeness.width(),
            seeds,
            random);
    double start = start(likeness);
    double group = 0.03 * Noise.factor(likeness.ofGroups(), random);
    KnownNetworks networks =
        likeness
            .ofCriticalSize(likeness.width(), start, seeds, random)
            .withReconstructions(
                IntStream.range(0, seeds)
                    .mapToObj(
                        seed -> {
                          double rest = Noise.about(0.01, likeness.ofRest(), 1, random)[0];
                          double correlation =
                              Noise.about(group, likeness.ofCorrelation(), 1, random)[0];
                          return new Rebuilt(
                              size -> 1 - rest * Math.pow(size / start, -2),
                              size -> 1 - rest * Math.pow(size / start, -2),
                              size -> correlation * Math.pow(size / (ratio * start), -0.7));
                        })
                    .toList(),
                correlated);
    return CloneSigns.spread(CriticalSize.standard(), correlated, subject -> errors).of(networks);
  }
}
