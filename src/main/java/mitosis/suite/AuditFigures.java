package mitosis.suite;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleBiFunction;
import java.util.function.ToDoubleFunction;
import mitosis.analysis.ChunkError.ChunkMistakes;
import mitosis.analysis.IntrinsicDimension;
import mitosis.analysis.Reconstruction;
import mitosis.analysis.ResidualCorrelation;
import mitosis.claim.Band;
import mitosis.claim.Decimal;
import mitosis.evidence.SingleCriticalSizes.SingleCriticalSize;
import mitosis.evidence.SingleNetwork;
import mitosis.evidence.SingleNetworkMeasurements;
import mitosis.evidence.Unmeasurable;
import mitosis.report.Figure;
import mitosis.report.Figure.Axis;
import mitosis.report.Figure.Region;
import mitosis.report.Figure.Series;
import mitosis.report.Figure.VerticalMarker;
import mitosis.suite.Figures.SystemFigure;

/**
 * The papers' plots of chunks, drawn for one network that a user brings.
 *
 * @param network what is drawn
 */
public record AuditFigures(SingleNetwork network) {

  private static final String OVER_IMAGES = "95 % interval over images";

  /** P22 Fig. 3 and 4a-c: test and training error of chunks. */
  public Figure chunkErrors() {
    Figure figure =
        Figure.of(
                network.name() + ": error of chunks, as P22 Fig. 3 and 4a",
                Axis.log2("chunk size w"),
                Axis.log10AndZero("error"))
            .withIntervals(OVER_IMAGES)
            .with(errors("test", network.testMistakes()));
    return marked(
        network.hasTraining() ? figure.with(errors("training", network.trainMistakes())) : figure);
  }

  private static Series errors(String name, ChunkMistakes mistakes) {
    return SystemFigure.curve(name, mistakes.sizes(), SingleNetworkMeasurements.errors(mistakes));
  }

  /** P22 Fig. 4d-f, blue: R² of the reconstruction from chunks. */
  public Figure reconstruction() {
    Reconstruction layer = network.reconstruction();
    int[] sizes = network.sizes();
    int[] heldOut = Arrays.stream(sizes).filter(size -> size <= layer.heldOutR2().size()).toArray();
    return marked(
        Figure.of(
                network.name() + ": reconstruction from chunks, as P22 Fig. 4d-f",
                Axis.log2("chunk size w"),
                Axis.linear("R²"))
            .withIntervals(OVER_IMAGES)
            .with(r2("held out", heldOut, AuditFigures::heldOutR2))
            .with(r2("in sample", sizes, (each, size) -> each.r2At(size).mean())));
  }

  private Series r2(String name, int[] sizes, ToDoubleBiFunction<Reconstruction, Integer> r2) {
    return SystemFigure.curve(
        name,
        sizes,
        size ->
            SingleNetworkMeasurements.overImages(network, layer -> r2.applyAsDouble(layer, size)));
  }

  /** NaN where a fifth of the images, without some of them, is less than the size. */
  private static double heldOutR2(Reconstruction layer, int size) {
    return size <= layer.heldOutR2().size() ? layer.heldOutR2At(size).mean() : Double.NaN;
  }

  /** P22 Fig. 4d-f, green: correlation of the residuals, in all three forms. */
  public Figure residualCorrelation(Band band) {
    List<ResidualCorrelation> all = withNeuronsOutside();
    return marked(
        Figure.of(
                network.name() + ": correlation of the residuals, as P22 Fig. 4d-f",
                Axis.log2("chunk size w"),
                Axis.log10("mean |ρ|"))
            .withIntervals(OVER_IMAGES)
            .with(Region.accepted(band, "band at 2·w*"))
            .with(form("off the chunk", AuditFigures::offChunk))
            .with(form("all pairs, equation 2", c -> c.byPaper().mean()))
            .with(form("all pairs, authors' code", c -> c.byCode().mean()))
            .with(
                Series.of(
                    "independent noise off the chunk",
                    Series.Style.LINE_AND_POINTS,
                    all.stream().mapToDouble(ResidualCorrelation::size).toArray(),
                    all.stream()
                        .mapToDouble(each -> each.offChunk().orElseThrow().noiseFloor())
                        .toArray())));
  }

  private List<ResidualCorrelation> withNeuronsOutside() {
    return network.reconstruction().correlations().stream()
        .filter(each -> each.offChunk().isPresent())
        .toList();
  }

  private Series form(String name, ToDoubleFunction<ResidualCorrelation> form) {
    int[] sizes = withNeuronsOutside().stream().mapToInt(ResidualCorrelation::size).toArray();
    return SystemFigure.curve(
        name,
        sizes,
        size ->
            SingleNetworkMeasurements.overImages(
                network,
                layer ->
                    layer.correlations().stream()
                        .filter(each -> each.size() == size)
                        .mapToDouble(form)
                        .findFirst()
                        .orElseThrow()));
  }

  /** NaN where a chunk leaves no two neurons outside once some images are left out. */
  private static double offChunk(ResidualCorrelation correlation) {
    return correlation.offChunk().map(off -> off.absolute().mean()).orElse(Double.NaN);
  }

  /**
   * The dimension of the manifold, as coarser and coarser samples of the test images show it.
   *
   * @param share the largest part of w* that it may be
   */
  public Figure dimension(double share) {
    List<IntrinsicDimension> scales = network.dimensions();
    Figure figure =
        Figure.of(
                network.name() + ": intrinsic dimension, P22 §3",
                Axis.log2("number of test images"),
                Axis.linear("dimension (TwoNN)"))
            .withIntervals(OVER_IMAGES)
            .with(
                SystemFigure.curve(
                    "the layer",
                    scales.stream().mapToInt(IntrinsicDimension::images).toArray(),
                    scales.stream()
                        .map(scale -> SingleNetworkMeasurements.dimension(scale.fitted()))
                        .toList()));
    try {
      double critical = new SingleCriticalSize(network).value();
      return figure.with(
          Region.accepted(
              Band.atMost(share * critical), "at most %s·w*".formatted(Decimal.text(share))));
    } catch (Unmeasurable e) {
      return figure.withNote("w* is not known: " + e.getMessage());
    }
  }

  private Figure marked(Figure figure) {
    try {
      return figure.with(new VerticalMarker(new SingleCriticalSize(network).value(), "w*"));
    } catch (Unmeasurable e) {
      return figure.withNote("w* is not known: " + e.getMessage());
    }
  }
}
