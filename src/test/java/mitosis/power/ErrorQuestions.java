package mitosis.power;

import java.util.List;
import java.util.SplittableRandom;
import mitosis.claim.Band;
import mitosis.claim.ClaimId;
import mitosis.claim.Decimal;
import mitosis.evidence.ErrorCurve;
import mitosis.evidence.RelativeChange;
import mitosis.evidence.Scaling;

/** Of test errors: claims C01 to C04, C10 and C16 on pmnist-fc5. */
final class ErrorQuestions {

  static final int IMAGES = 60_000;
  static final int WIDTH = 256;

  /** Widths from w* = 36 on, the mean over recorded groups of seeds. */
  private static final int[] WIDTHS = {64, 128, 256};

  /** Chunk sizes in equal ratios from there to W. */
  private static final int[] BEYOND = {36, 53, 79, 116, 173, 256};

  /** And below. */
  private static final int[] BELOW = {5, 9, 18, 36};

  private static final int NARROWEST = 32;
  private static final double EXCESS = 0.0075;
  private static final double ALWAYS = 0.048;

  /** Between networks of a width: so that exponents of C01 differ by 0.05, as the baseline's do. */
  private static final double SPREAD = 0.1;

  /**
   * Between chunks of networks: the baselines of C02, C10 and C03, times the root of 4, or a little
   * less.
   */
  private static final double TILT = 0.02;

  private static final double TILT_WITHOUT_DECAY = 0.1;
  private static final double TILT_OF_SMALL = 0.45;

  private static final double OF_DEPTHS = 0.055;

  static final PlantedErrors ERRORS = errors(ALWAYS, 0.1, TILT);

  private static final PlantedErrors WITHOUT_DECAY = errors(ALWAYS, 0.1, TILT_WITHOUT_DECAY);

  /** So large are errors of small chunks that more images must be hard. */
  private static final PlantedErrors SMALL = errors(ALWAYS, 0.6, TILT_OF_SMALL);

  private static final PlantedErrors DEPTHS = errors(0.04, 0.1, 0);

  private static final String PLANTED =
      "outputs of networks, image by image, with an excess error of 0.0075 at 32 neurons that differs by a tenth between networks%s; err∞"
          + " from their ensembles";

  private static final double[] EXPONENTS = {-1, -0.8, -0.7, -0.6, -0.5, -0.4, -0.3, -0.2};

  private ErrorQuestions() {}

  private static PlantedErrors errors(double always, double hard, double tilt) {
    return new PlantedErrors(new MarginLaw(always, hard), IMAGES, SPREAD, tilt);
  }

  private static String planted(double tilt) {
    return PLANTED.formatted(
        tilt == 0 ? "" : ", and exponents of chunks by %s".formatted(Decimal.text(tilt)));
  }

  private static double excess(double size, double exponent) {
    return EXCESS * Math.pow(size / NARROWEST, exponent);
  }

  static List<Question> quick(Question.On on) {
    Band slope = on.band(ClaimId.C03, "shallowest_local_slope");
    Band ratio = on.band(ClaimId.C04, "worst_excess_ratio");
    return List.of(
        on.ask(
            ClaimId.C01,
            "exponent",
            IMAGES,
            planted(0),
            (truth, seeds, random) ->
                Scaling.exponent()
                    .of(ERRORS.networks(WIDTHS, width -> excess(width, truth), seeds, random)),
            EXPONENTS),
        on.ask(
            ClaimId.C02,
            "exponent",
            IMAGES,
            planted(TILT),
            (truth, seeds, random) ->
                Scaling.exponent().of(chunks(ERRORS, BEYOND, truth, seeds, random)),
            EXPONENTS),
        on.ask(
            ClaimId.C03,
            "shallowest_local_slope",
            IMAGES,
            planted(TILT_OF_SMALL),
            (truth, seeds, random) ->
                Scaling.shallowestSlope(slope).of(chunks(SMALL, BELOW, truth, seeds, random)),
            -1.3,
            -1,
            -0.8,
            -0.7,
            -0.6,
            -0.5,
            -0.3),
        on.ask(
            ClaimId.C04,
            "worst_excess_ratio",
            IMAGES,
            planted(TILT),
            (truth, seeds, random) ->
                Scaling.worstRatio(ratio)
                    .of(
                        ERRORS.pair(
                            new int[] {64, 128},
                            truth,
                            width -> excess(width, -0.5),
                            WIDTH,
                            seeds,
                            random)),
            0.5,
            0.65,
            0.8,
            1,
            1.25,
            1.5,
            2),
        on.ask(
            ClaimId.C10,
            "exponent",
            IMAGES,
            planted(TILT_WITHOUT_DECAY),
            (truth, seeds, random) ->
                Scaling.exponent().of(chunks(WITHOUT_DECAY, BEYOND, truth, seeds, random)),
            EXPONENTS));
  }

  private static ErrorCurve chunks(
      PlantedErrors errors, int[] sizes, double exponent, int seeds, SplittableRandom random) {
    return errors.chunks(sizes, size -> excess(size, exponent), WIDTH, seeds, random);
  }

  static List<Question> extended(Question.On on) {
    Band band = on.band(ClaimId.C16, "largest_difference");
    return List.of(
        on.ask(
            ClaimId.C16,
            "largest_difference",
            IMAGES,
            "outputs, image by image, of networks of four depths that misread 0.055 of all images on average, 0.04 of them all alike, and of"
                + " which one differs",
            (truth, seeds, random) ->
                RelativeChange.fromTheMean(band).of(DEPTHS.rates(rates(truth), seeds, random)),
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
