package mitosis.power;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import mitosis.claim.Band;
import mitosis.claim.ClaimId;
import mitosis.claim.Decimal;
import mitosis.evidence.ErrorCurve;
import mitosis.evidence.RelativeChange;
import mitosis.evidence.Scaling;

/** Of test errors: claims C01 to C04, C10 and C16 on networks of pmnist-fc5 and cifar10-wr28. */
final class ErrorScenarios {

  static final int IMAGES = 60_000;

  private static final double OF_DEPTHS = 0.055;

  /** Between networks: so that exponents of C01 differ by 0.05, as the baseline's do. */
  private static final double SPREAD = 0.1;

  private static final PlantedErrors DEPTHS = errors(0.04, 0.1, 0, IMAGES);

  private static final String PLANTED =
      "outputs of networks, image by image, with an excess error of %s at %d neurons that differs by a tenth between networks%s; err∞"
          + " from their ensembles";

  private static final double[] EXPONENTS = {-1, -0.8, -0.7, -0.6, -0.5, -0.4, -0.3, -0.2};

  /**
   * What errors are like.
   *
   * @param images N
   * @param networks widths of full networks beyond w*, increasing to W
   * @param beyond chunk sizes in equal ratios from w* to W
   * @param below and below
   * @param always the share of images that all networks misread
   * @param hard the share in doubt
   * @param hardForSmall the same for chunks below w*, whose errors are so large that more images
   *     must be in doubt
   * @param at a size
   * @param excess the excess error there
   * @param tilt deviation of exponents between chunks of networks
   * @param tiltWithoutDecay the same without weight decay
   * @param tiltOfSmall the same below w*
   */
  record Curves(
      int images,
      int[] networks,
      int[] beyond,
      int[] below,
      double always,
      double hard,
      double hardForSmall,
      int at,
      double excess,
      double tilt,
      double tiltWithoutDecay,
      double tiltOfSmall) {

    /**
     * Of pmnist-fc5 at quick scale, from w* = 36 on, the mean over recorded groups of seeds; tilts
     * are the baselines' deviations of C02, C10 and C03, times the root of 4, or a little less.
     */
    static final Curves QUICK =
        new Curves(
            IMAGES,
            new int[] {64, 128, 256},
            new int[] {36, 53, 79, 116, 173, 256},
            new int[] {5, 9, 18, 36},
            0.048,
            0.1,
            0.6,
            32,
            0.0075,
            0.02,
            0.1,
            0.45);

    /**
     * Of pmnist-fc5-recorded, from w* = 209 on; tilts are what the intervals of the default run say
     * of three networks: -1.47 ± 0.36, -1.90 ± 0.12 and -0.88 ± 0.45.
     */
    static final Curves RECORDED =
        new Curves(
            IMAGES,
            new int[] {256, 512},
            new int[] {209, 250, 299, 358, 428, 512},
            new int[] {26, 52, 105, 209},
            0.048,
            0.1,
            0.9,
            209,
            0.012,
            0.15,
            0.05,
            0.2);

    /**
     * Of cifar10-wr28 at quick scale, from w* = 75 on; tilts are what the intervals of three
     * networks say, -0.377 ± 0.072, -0.84 ± 0.51 and -0.54 ± 0.12, for the first a little more, as
     * groups of networks differ by 0.05.
     */
    static final Curves CIFAR =
        new Curves(
            10_000,
            new int[] {96, 128, 256},
            new int[] {75, 96, 123, 157, 200, 256},
            new int[] {9, 19, 38, 75},
            0.48,
            0.5,
            0.5,
            75,
            0.088,
            0.05,
            0.2,
            0.05);

    /** The same with another excess error. */
    Curves withExcess(double other) {
      return new Curves(
          images,
          networks,
          beyond,
          below,
          always,
          hard,
          hardForSmall,
          at,
          other,
          tilt,
          tiltWithoutDecay,
          tiltOfSmall);
    }

    int width() {
      return networks[networks.length - 1];
    }

    int[] narrower() {
      return Arrays.copyOf(networks, networks.length - 1);
    }

    double excess(double size, double exponent) {
      return excess * Math.pow(size / at, exponent);
    }

    PlantedErrors planted() {
      return errors(always, hard, tilt, images);
    }

    PlantedErrors plantedWithoutDecay() {
      return errors(always, hard, tiltWithoutDecay, images);
    }

    PlantedErrors plantedOfSmall() {
      return errors(always, hardForSmall, tiltOfSmall, images);
    }

    private String planted(double tilted) {
      return PLANTED.formatted(
          Decimal.text(excess),
          at,
          tilted == 0 ? "" : ", and exponents of chunks by %s".formatted(Decimal.text(tilted)));
    }

    private ErrorCurve chunks(
        PlantedErrors errors, int[] sizes, double exponent, int seeds, SplittableRandom random) {
      return errors.chunks(sizes, size -> excess(size, exponent), width(), seeds, random);
    }
  }

  private ErrorScenarios() {}

  private static PlantedErrors errors(double always, double hard, double tilt, int images) {
    return new PlantedErrors(new MarginLaw(always, hard), images, SPREAD, tilt);
  }

  /** C01 to C04 and C10 of networks that were trained by the quick scale's recipe. */
  static List<PowerScenario> quick(PowerScenario.On on) {
    return Stream.of(
            ofNetworks(on, Curves.QUICK),
            ofChunks(on, Curves.QUICK),
            Stream.of(ofSmallChunks(on, Curves.QUICK)))
        .flatMap(each -> each)
        .toList();
  }

  /** C01 to C04 and C10 of cifar10-wr28 at quick scale. */
  static List<PowerScenario> cifar(PowerScenario.On on) {
    return Stream.of(
            ofNetworks(on, Curves.CIFAR),
            ofChunks(on, Curves.CIFAR),
            // Nearer the limit, so that errors that fall so steeply are still far from chance.
            Stream.of(ofSmallChunks(on, Curves.CIFAR.withExcess(0.01))))
        .flatMap(each -> each)
        .toList();
  }

  /** C02, C03 and C10 of recorded networks. */
  static List<PowerScenario> recorded(PowerScenario.On on) {
    return Stream.concat(
            ofChunks(on, Curves.RECORDED), Stream.of(ofSmallChunks(on, Curves.RECORDED)))
        .toList();
  }

  /** Of widths from w* on. */
  private static Stream<PowerScenario> ofNetworks(PowerScenario.On on, Curves curves) {
    Band ratio = on.band(ClaimId.C04, "worst_excess_ratio");
    PlantedErrors errors = curves.planted();
    return Stream.of(
        on.ask(
            ClaimId.C01,
            "exponent",
            curves.images(),
            curves.planted(0),
            (truth, seeds, random) ->
                Scaling.exponent()
                    .of(
                        errors.networks(
                            curves.networks(),
                            width -> curves.excess(width, truth),
                            seeds,
                            random)),
            EXPONENTS),
        on.ask(
            ClaimId.C04,
            "worst_excess_ratio",
            curves.images(),
            curves.planted(curves.tilt()),
            (truth, seeds, random) ->
                Scaling.excessRatios()
                    .apply(
                        errors.pair(
                            curves.narrower(),
                            truth,
                            width -> curves.excess(width, -0.5),
                            curves.width(),
                            seeds,
                            random))
                    .worst(ratio)
                    .estimate(),
            0.5,
            0.65,
            0.8,
            1,
            1.25,
            1.5,
            2));
  }

  private static Stream<PowerScenario> ofChunks(PowerScenario.On on, Curves curves) {
    PlantedErrors errors = curves.planted();
    PlantedErrors withoutDecay = curves.plantedWithoutDecay();
    return Stream.of(
        on.ask(
            ClaimId.C02,
            "exponent",
            curves.images(),
            curves.planted(curves.tilt()),
            (truth, seeds, random) ->
                Scaling.exponent().of(curves.chunks(errors, curves.beyond(), truth, seeds, random)),
            EXPONENTS),
        on.ask(
            ClaimId.C10,
            "exponent",
            curves.images(),
            curves.planted(curves.tiltWithoutDecay()),
            (truth, seeds, random) ->
                Scaling.exponent()
                    .of(curves.chunks(withoutDecay, curves.beyond(), truth, seeds, random)),
            EXPONENTS));
  }

  private static PowerScenario ofSmallChunks(PowerScenario.On on, Curves curves) {
    Band slope = on.band(ClaimId.C03, "shallowest_local_slope");
    PlantedErrors small = curves.plantedOfSmall();
    return on.ask(
        ClaimId.C03,
        "shallowest_local_slope",
        curves.images(),
        curves.planted(curves.tiltOfSmall()),
        (truth, seeds, random) ->
            Scaling.localSlopes()
                .apply(curves.chunks(small, curves.below(), truth, seeds, random))
                .worst(slope)
                .estimate(),
        -1.3,
        -1,
        -0.8,
        -0.7,
        -0.6,
        -0.5,
        -0.3);
  }

  static List<PowerScenario> extended(PowerScenario.On on) {
    Band band = on.band(ClaimId.C16, "largest_difference");
    return List.of(
        on.ask(
            ClaimId.C16,
            "largest_difference",
            IMAGES,
            "outputs, image by image, of networks of four depths that misread 0.055 of all images on average, 0.04 of them all alike, and of"
                + " which one differs",
            (truth, seeds, random) ->
                RelativeChange.fromTheMean()
                    .apply(DEPTHS.rates(rates(truth), seeds, random))
                    .worst(band)
                    .estimate(),
            -0.15,
            -0.05,
            0,
            0.05,
            0.08,
            0.12,
            0.15,
            0.3));
  }

  /** One that differs from the mean by so much, and the others alike. */
  private static double[] rates(double difference) {
    double others = OF_DEPTHS * (1 - difference / 3);
    return new double[] {others, OF_DEPTHS * (1 + difference), others, others};
  }
}
