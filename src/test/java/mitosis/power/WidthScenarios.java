package mitosis.power;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import mitosis.analysis.ChunkSizes;
import mitosis.analysis.CriticalWidths.CloneThresholds;
import mitosis.analysis.CriticalWidths.ScalingStart;
import mitosis.claim.ClaimId;
import mitosis.claim.Decimal;
import mitosis.claim.Estimate;
import mitosis.evidence.CloneSigns;
import mitosis.evidence.ErrorCurve;
import mitosis.evidence.FullNetworks;
import mitosis.evidence.VariancePeak;
import mitosis.power.KnownNetworks.Rebuilt;

/**
 * Of where w* lies beside other sizes: claims C14 and C18 on networks of pmnist-fc5 and
 * cifar10-wr28.
 */
final class WidthScenarios {

  /** What is left of the variance at the next width; .86 and .64 in P22 Fig. S5. */
  private static final double LEFT = 0.75;

  private static final double SPREAD_OF_VARIANCE = 0.1;

  /**
   * Full networks of a system's widths.
   *
   * @param widths of them, increasing
   * @param peak where their variance is largest
   * @param interpolating from where on they interpolate
   * @param images test images N
   * @param widest what the widest are like
   */
  private record Widths(
      int[] widths, int peak, double interpolating, int images, SeedSpread widest) {

    static final Widths DIGITS =
        new Widths(
            new int[] {8, 16, 32, 64, 128, 256}, 32, 40, ErrorScenarios.IMAGES, SeedSpread.QUICK);

    static final Widths PICTURES =
        new Widths(
            new int[] {64, 96, 128, 256},
            128,
            120,
            ErrorScenarios.Curves.CIFAR.images(),
            SeedSpread.CIFAR);

    String ofCritical() {
      return "w* of each widest network, which differ by "
          + SeedSpread.percent(widest.ofCritical());
    }

    KnownNetworks widest(double critical, int seeds, SplittableRandom random) {
      return widest.ofCriticalSize(widest.width(), critical, seeds, random);
    }
  }

  /**
   * Test errors of chunks, which fall steeply up to a size.
   *
   * @param law how noise misreads images
   * @param images N
   * @param excess above err∞ where the steep fall ends
   */
  private record Errors(MarginLaw law, int images, double excess) {

    static final Errors DIGITS =
        new Errors(new MarginLaw(0.048, 0.6), ErrorScenarios.IMAGES, 0.0075);

    static final Errors PICTURES =
        new Errors(
            new MarginLaw(
                ErrorScenarios.Curves.CIFAR.always(), ErrorScenarios.Curves.CIFAR.hardForSmall()),
            ErrorScenarios.Curves.CIFAR.images(),
            0.02);

    double excess(double size, double bend) {
      return excess * Math.pow(size / bend, size < bend ? -1 : -0.4);
    }
  }

  private WidthScenarios() {}

  static List<PowerScenario> quick(PowerScenario.On on) {
    return List.of(interpolation(on, Widths.DIGITS, 0.25, 0.35, 0.45, 0.65, 1, 1.5, 2.5, 3.5, 5));
  }

  /** Those of cifar10-wr28 at quick scale. */
  static List<PowerScenario> cifar(PowerScenario.On on) {
    // w* is never larger than W, 2.1 times the width from which on networks interpolate.
    return List.of(interpolation(on, Widths.PICTURES, 0.25, 0.35, 0.45, 0.65, 1, 1.5));
  }

  /** Of outputs image by image, which takes longer. */
  static List<PowerScenario> imageByImage(PowerScenario.On on) {
    return List.of(
        signs(on, SeedSpread.QUICK, Errors.DIGITS),
        peak(on, Widths.DIGITS, 0.4, 0.7, 1.3, 2, 3, 5.5, 7.5));
  }

  /** The same of cifar10-wr28 at quick scale. */
  static List<PowerScenario> cifarImageByImage(PowerScenario.On on) {
    return List.of(
        signs(on, SeedSpread.CIFAR, Errors.PICTURES),
        peak(on, Widths.PICTURES, 0.4, 0.6, 0.8, 1.3, 1.6));
  }

  /** C18 of recorded networks. */
  static List<PowerScenario> recorded(PowerScenario.On on) {
    return List.of(signs(on, SeedSpread.RECORDED, Errors.DIGITS));
  }

  private static PowerScenario interpolation(PowerScenario.On on, Widths family, double... truths) {
    return on.ask(
        ClaimId.C14,
        "clone_size_over_interpolation_width",
        family.widest().trainingImages(),
        "misread training images of networks of each width, counted, whose number goes as W^-3; "
            + family.ofCritical(),
        (truth, seeds, random) ->
            new VariancePeak(on.criticalSize())
                .cloneSizeOverInterpolationWidth()
                .of(interpolating(on.criticalSize().tolerance(), family, truth, seeds, random)),
        truths);
  }

  private static PowerScenario peak(PowerScenario.On on, Widths family, double... truths) {
    return on.ask(
        ClaimId.C14,
        "clone_size_over_peak",
        family.images(),
        "outputs of networks, image by image, whose variance is largest at %d neurons and three quarters at the next width, and differs by a tenth between networks; %s"
            .formatted(family.peak(), family.ofCritical()),
        (truth, seeds, random) ->
            new VariancePeak(on.criticalSize())
                .cloneSizeOverPeak()
                .of(peaking(family, truth, seeds, random)),
        truths);
  }

  private static PowerScenario signs(PowerScenario.On on, SeedSpread networks, Errors chunks) {
    return on.ask(
        ClaimId.C18,
        "onset_spread",
        chunks.images(),
        "outputs of networks, image by image, and of each network w*, which differ by %s, R², by %s of 1 − R², and correlations, by %s, and by %s between groups, which come to %s last"
            .formatted(
                SeedSpread.percent(networks.ofCritical()),
                SeedSpread.percent(networks.ofRest()),
                SeedSpread.percent(networks.ofCorrelation()),
                SeedSpread.percent(networks.ofGroups()),
                Decimal.text(on.thresholds().correlation())),
        (truth, seeds, random) -> signs(on.thresholds(), networks, chunks, truth, seeds, random),
        1,
        1.3,
        1.7,
        2.4,
        3,
        4);
  }

  private static VariancePeak.Family interpolating(
      double tolerance, Widths family, double ratio, int seeds, SplittableRandom random) {
    FullNetworks networks = FullNetworks.none();
    // Its outputs are not looked at.
    double[][][] outputs = new double[seeds][1][1];
    int[] labels = {1};
    for (int width : family.widths()) {
      double error = Math.min(0.5, tolerance * Math.pow(width / family.interpolating(), -3));
      double[] errors = Noise.counted(error, family.widest().trainingImages(), seeds, random);
      networks = networks.with(width, errors, outputs, labels);
    }
    return new VariancePeak.Family(
        family.widest(ratio * family.interpolating(), seeds, random), networks);
  }

  private static VariancePeak.Family peaking(
      Widths family, double ratio, int seeds, SplittableRandom random) {
    FullNetworks networks = FullNetworks.none();
    int[] labels = new int[family.images()];
    Arrays.fill(labels, 1);
    for (int width : family.widths()) {
      double octaves = Math.abs(Math.log((double) width / family.peak()) / Math.log(2));
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
    return new VariancePeak.Family(family.widest(ratio * family.peak(), seeds, random), networks);
  }

  /** Where the steep fall of the errors ends: at an eighth of the layer, so that it can be seen. */
  private static double bend(SeedSpread networks) {
    return networks.width() / 8.0;
  }

  /** W/64 to W/2. */
  private static int[] halvings(SeedSpread networks) {
    return IntStream.rangeClosed(1, 6).map(k -> networks.width() >> (7 - k)).toArray();
  }

  /** What is found of where it ends. */
  private static double start(double slope, SeedSpread networks, Errors chunks) {
    int[] sizes = halvings(networks);
    double always = chunks.law().always();
    double[] exact =
        Arrays.stream(sizes)
            .mapToDouble(size -> always + chunks.excess(size, bend(networks)))
            .toArray();
    return new ScalingStart(slope).of(sizes, exact, always).orElseThrow();
  }

  /** Three signs set in where the steep fall ends, and correlations fade at so many times that. */
  private static Estimate signs(
      CloneThresholds thresholds,
      SeedSpread likeness,
      Errors chunks,
      double ratio,
      int seeds,
      SplittableRandom random) {
    PlantedErrors law = new PlantedErrors(chunks.law(), chunks.images(), 0.1, 0.02);
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
            size -> chunks.excess(size, bend(likeness)),
            likeness.width(),
            seeds,
            random);
    double start = start(thresholds.slope(), likeness, chunks);
    double group = thresholds.correlation() * Noise.factor(likeness.ofGroups(), random);
    KnownNetworks networks =
        likeness
            .ofCriticalSize(likeness.width(), start, seeds, random)
            .withReconstructions(
                IntStream.range(0, seeds)
                    .mapToObj(
                        seed -> {
                          double rest =
                              Noise.about(1 - thresholds.r2(), likeness.ofRest(), 1, random)[0];
                          double correlation =
                              Noise.about(group, likeness.ofCorrelation(), 1, random)[0];
                          return new Rebuilt(
                              size -> 1 - rest * Math.pow(size / start, -2),
                              size -> 1 - rest * Math.pow(size / start, -2),
                              size -> correlation * Math.pow(size / (ratio * start), -0.7));
                        })
                    .toList(),
                correlated);
    return CloneSigns.spread(thresholds, correlated, subject -> errors).of(networks);
  }
}
