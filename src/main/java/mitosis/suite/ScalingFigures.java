package mitosis.suite;

import java.util.stream.IntStream;
import mitosis.analysis.ChunkSizes;
import mitosis.claim.Band;
import mitosis.claim.Decimal;
import mitosis.claim.Published.PublishedCurve;
import mitosis.evidence.ErrorCurve;
import mitosis.evidence.Scaling;
import mitosis.evidence.Subject;
import mitosis.report.Figure;
import mitosis.report.Figure.Axis;
import mitosis.report.Figure.ReferenceLine;
import mitosis.report.Figure.Series;
import mitosis.suite.Figures.SystemFigure;

/** Excess errors of full networks and of chunks against their size. */
public final class ScalingFigures {

  private static final double LAW = -0.5;

  private final SystemFigure sheet;

  ScalingFigures(SystemFigure sheet) {
    this.sheet = sheet;
  }

  /**
   * P22 Fig. 2: excess error of full networks against width.
   *
   * @param band of the exponent
   */
  public Figure ofNetworks(Band band) {
    ErrorCurve curve = sheet.evidence().byWidth().errors();
    return sheet.marked(
        law(scaling("full networks, as P22 Fig. 2", "width W"), curve, band)
            .with(excess("full networks", curve)));
  }

  /**
   * P22 Fig. 3: excess error of chunks of the widest network against size.
   *
   * @param band of the exponent
   */
  public Figure ofChunks(Band band) {
    ErrorCurve curve = halvings(sheet.evidence().widest());
    return sheet.marked(
        published(
            law(scaling("chunks of the widest network, as P22 Fig. 3", "chunk size w"), curve, band)
                .with(excess("chunks", curve))));
  }

  /**
   * P22 Fig. 1b: chunks and full networks together.
   *
   * @param band of the exponent
   */
  public Figure ofChunksAndNetworks(Band band) {
    ErrorCurve chunks = halvings(sheet.evidence().widest());
    return sheet.marked(
        published(
            law(
                    scaling(
                        "chunks beside full networks, as P22 Fig. 1b", "chunk size w or width W"),
                    chunks,
                    band)
                .with(excess("chunks of the widest network", chunks))
                .with(excess("full networks", sheet.evidence().byWidth().errors()))));
  }

  /**
   * P22 Fig. 6a: chunks with and without weight decay.
   *
   * @param band of the exponent with weight decay
   */
  public Figure ofChunksWithoutWeightDecay(Band band) {
    ErrorCurve with = halvings(sheet.evidence().widest());
    ErrorCurve without = halvings(sheet.evidence().withoutWeightDecay());
    return sheet.marked(
        law(
                scaling("chunks with and without weight decay, as P22 Fig. 6a", "chunk size w"),
                with,
                band)
            .with(excess("with weight decay", with))
            .with(excess("without weight decay", without)));
  }

  private Figure scaling(String title, String size) {
    return sheet
        .titled(title, Axis.log2(size), Axis.log10("error − err_{∞}"))
        .withIntervals(SystemFigure.OVER_SEEDS_AND_IMAGES);
  }

  private Figure published(Figure figure) {
    return sheet.published(figure, PublishedCurve.CHUNK_EXCESS_ERROR, "published chunks");
  }

  private Figure law(Figure figure, ErrorCurve curve, Band band) {
    double critical = sheet.evidence().criticalWidth();
    int[] sizes = curve.sizes();
    double[] excess = Scaling.meanExcess(curve);
    int anchor =
        IntStream.range(0, sizes.length)
            .filter(k -> sizes[k] >= critical)
            .findFirst()
            .orElse(sizes.length - 1);
    if (anchor == sizes.length - 1) {
      return figure.withNote("No line of slope −½: no two sizes drawn lie beyond w*.");
    }
    if (excess[anchor] <= 0) {
      return figure.withNote("No line of slope −½: the excess error at w* is not positive.");
    }
    int first = sizes[anchor];
    int last = sizes[sizes.length - 1];
    double from = excess[anchor];
    Figure drawn = figure.with(new ReferenceLine("w^{−0.5}", LAW, first, from, first, last));
    String label = label(band);
    for (double edge : new double[] {band.high(), band.low()}) {
      if (Double.isFinite(edge)) {
        drawn = drawn.with(new ReferenceLine(label, edge, first, from, first, last, true));
        label = "";
      }
    }
    return drawn;
  }

  private static String label(Band band) {
    if (Double.isInfinite(band.low())) {
      return "band: steeper than " + power(band.high());
    }
    return Double.isInfinite(band.high())
        ? "band: shallower than " + power(band.low())
        : "band: %s to %s".formatted(power(band.high()), power(band.low()));
  }

  private static String power(double exponent) {
    return "w^{%s}".formatted(Decimal.text(exponent).replace('-', '−'));
  }

  private ErrorCurve halvings(Subject subject) {
    return sheet.evidence().chunks().of(subject).at(ChunkSizes.halvings(subject.width()));
  }

  private static Series excess(String name, ErrorCurve curve) {
    return SystemFigure.curve(name, curve.sizes(), curve.excess());
  }
}
