package mitosis.report;

import java.util.Arrays;
import mitosis.claim.Band;
import mitosis.report.Figure.Axis;
import mitosis.report.Figure.ReferenceLine;
import mitosis.report.Figure.Region;
import mitosis.report.Figure.Series;
import mitosis.report.Figure.VerticalMarker;

/** Figures with invented numbers, as the claims draw them. */
final class SampleFigures {

  private SampleFigures() {}

  /** Excess errors of networks and chunks; the last chunk's excess is negative. */
  static Figure scaling() {
    double[] widths = {2, 4, 8, 16, 32, 64, 128, 256, 512};
    double[] full = {.21, .13, .066, .033, .020, .0136, .0097, .0069, .0049};
    double[] chunk = {.42, .36, .24, .11, .035, .0142, .0096, .0066, -.0004};
    return Figure.of(
            "C02 chunk-scaling: pmnist-fc5",
            Axis.log2("width W or chunk size w"),
            Axis.log10("excess error  err − err_{∞}"))
        .with(Region.beyond(48, "w ≥ w*"))
        .with(
            Series.of(
                "full networks",
                Series.Style.LINE_AND_POINTS,
                widths,
                full,
                scaled(full, .85),
                scaled(full, 1.15)))
        .with(
            Series.of(
                "chunks of W = 512",
                Series.Style.LINE_AND_POINTS,
                widths,
                chunk,
                minus(chunk, .003),
                minus(chunk, -.003)))
        .with(
            Series.of(
                "published (WR28-8)",
                Series.Style.PUBLISHED,
                new double[] {16, 32, 64, 128, 256, 512},
                new double[] {.3365, .0994, .0196, .0100, .0073, .0053}))
        .with(new ReferenceLine("∝ w^{−1/2}", -0.5, 64, .017, 16, 512))
        .with(new VerticalMarker(48, "w* = 48"))
        .withNote("Invented numbers. Bars: 95 % intervals over seeds.");
  }

  /** Explained variance against chunk size, with the accepted band. */
  static Figure reconstruction() {
    double[] sizes = {1, 2, 4, 8, 16, 32, 64, 128, 256};
    double[] regularised = {.31, .52, .74, .88, .955, .984, .9952, .9981, .9993};
    double[] free = {.12, .2, .31, .44, .55, .66, .75, .84, .92};
    return Figure.of(
            "C06 reconstruction: pmnist-fc5",
            Axis.log2("chunk size w"),
            Axis.linear("held-out R^{2}(w)"))
        .with(Region.accepted(Band.between(.99, 1).openAbove(), "band [0.99, 1) at w = 64"))
        .with(
            Series.of(
                "weight decay 10^{−2}",
                Series.Style.LINE,
                sizes,
                regularised,
                minus(regularised, .02),
                minus(regularised, -.0005)))
        .with(
            Series.of(
                "no weight decay",
                Series.Style.LINE,
                sizes,
                free,
                minus(free, .03),
                minus(free, -.03)))
        .with(
            Series.of(
                "published, in-sample",
                Series.Style.PUBLISHED,
                new double[] {64},
                new double[] {.999}))
        .with(new VerticalMarker(64, "w = 64"));
  }

  /** Training errors that reach 0, two of them marked, and a published 0. */
  static Figure interpolation() {
    double[] sizes = {16, 32, 64, 128, 256};
    return Figure.of(
            "C05 interpolation: cifar10-wr28",
            Axis.log2("chunk size w"),
            Axis.log10AndZero("training error"))
        .with(
            Series.of(
                "chunks",
                Series.Style.LINE_AND_POINTS,
                sizes,
                new double[] {.3, .08, 4e-3, 2e-5, 0}))
        .with(
            Series.of(
                "within 0.001",
                Series.Style.RINGS,
                new double[] {128, 256},
                new double[] {2e-5, 0}))
        .with(
            Series.of(
                "published",
                Series.Style.PUBLISHED,
                sizes,
                new double[] {.31, .091, .0056, 1.5e-5, 0}))
        .with(new VerticalMarker(96, "w*"))
        .with(new VerticalMarker(100, "published w*"));
  }

  /** Residual correlation on an axis of less than a decade, against the epoch. */
  static Figure correlation() {
    double[] epochs = {1, 2, 5, 10, 20, 40, 80, 160, 300};
    double[] falling = {.062, .058, .051, .044, .036, .029, .024, .021, .02};
    double[] flat = {.063, .064, .062, .065, .066, .064, .063, .065, .064};
    return Figure.of(
            "C10 needs-weight-decay: pmnist-fc5",
            Axis.log10("epoch"),
            Axis.log10("off-chunk residual correlation"))
        .with(Region.accepted(Band.atMost(.03), "band ≤ 0.03"))
        .with(Series.of("weight decay 10^{−2}", Series.Style.LINE_AND_POINTS, epochs, falling))
        .with(
            Series.of(
                "none", Series.Style.POINTS, epochs, flat, minus(flat, .1), minus(flat, -.004)));
  }

  private static double[] scaled(double[] values, double factor) {
    return Arrays.stream(values).map(v -> v * factor).toArray();
  }

  private static double[] minus(double[] values, double shift) {
    return Arrays.stream(values).map(v -> v - shift).toArray();
  }
}
