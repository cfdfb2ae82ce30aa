package mitosis.suite;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import mitosis.analysis.ChunkMistakes;
import mitosis.analysis.IntrinsicDimension;
import mitosis.analysis.Reconstruction;
import mitosis.analysis.ResidualCorrelation;
import mitosis.claim.Band;
import mitosis.claim.Decimal;
import mitosis.evidence.CriticalSizeAlone;
import mitosis.evidence.SingleNetwork;
import mitosis.evidence.Unmeasurable;
import mitosis.report.Axis;
import mitosis.report.Figure;
import mitosis.report.Region;
import mitosis.report.Series;
import mitosis.report.VerticalMarker;

/**
 * The papers' plots of chunks, drawn for one network that a user brings.
 *
 * @param network what is drawn
 */
public record AuditFigures(SingleNetwork network) {

  /** P22 Fig. 3 and 4a-c: test and training error of chunks. */
  public Figure chunkErrors() {
    Figure figure =
        Figure.of(
                network.name() + ": error of chunks, as P22 Fig. 3 and 4a",
                Axis.log2("chunk size w"),
                Axis.log10AndZero("error"))
            .with(errors("test", network.testMistakes()));
    return marked(
        network.hasTraining() ? figure.with(errors("training", network.trainMistakes())) : figure);
  }

  private static Series errors(String name, ChunkMistakes mistakes) {
    return Series.of(
        name, Series.Style.LINE_AND_POINTS, doubles(mistakes.sizes()), mistakes.means());
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
            .with(r2("held out", heldOut, size -> layer.heldOutR2At((int) size).mean()))
            .with(r2("in sample", sizes, size -> layer.r2At((int) size).mean())));
  }

  private static Series r2(String name, int[] sizes, ToDoubleFunction<Integer> value) {
    return Series.of(
        name,
        Series.Style.LINE_AND_POINTS,
        doubles(sizes),
        Arrays.stream(sizes).mapToDouble(size -> value.applyAsDouble(size)).toArray());
  }

  /** P22 Fig. 4d-f, green: correlation of the residuals, in all three forms. */
  public Figure residualCorrelation(Band band) {
    List<ResidualCorrelation> all =
        network.reconstruction().correlations().stream()
            .filter(each -> each.offChunk().isPresent())
            .toList();
    return marked(
        Figure.of(
                network.name() + ": correlation of the residuals, as P22 Fig. 4d-f",
                Axis.log2("chunk size w"),
                Axis.log10("mean |ρ|"))
            .with(Region.accepted(band, "band at 2·w*"))
            .with(form("off the chunk", all, c -> c.offChunk().orElseThrow().absolute().mean()))
            .with(form("all pairs, equation 2", all, c -> c.byPaper().mean()))
            .with(form("all pairs, authors' code", all, c -> c.byCode().mean()))
            .with(
                form(
                    "independent noise off the chunk",
                    all,
                    c -> c.offChunk().orElseThrow().noiseFloor())));
  }

  private static Series form(
      String name, List<ResidualCorrelation> all, ToDoubleFunction<ResidualCorrelation> value) {
    return Series.of(
        name,
        Series.Style.LINE_AND_POINTS,
        all.stream().mapToDouble(ResidualCorrelation::size).toArray(),
        all.stream().mapToDouble(value).toArray());
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
            .with(
                Series.of(
                    "the layer",
                    Series.Style.LINE_AND_POINTS,
                    scales.stream().mapToDouble(IntrinsicDimension::images).toArray(),
                    scales.stream().mapToDouble(scale -> scale.fitted().value()).toArray()));
    try {
      double critical = new CriticalSizeAlone(network).value();
      return figure.with(
          Region.accepted(
              Band.atMost(share * critical), "at most %s·w*".formatted(Decimal.text(share))));
    } catch (Unmeasurable e) {
      return figure.withNote("w* is not known: " + e.getMessage());
    }
  }

  private Figure marked(Figure figure) {
    try {
      return figure.with(new VerticalMarker(new CriticalSizeAlone(network).value(), "w*"));
    } catch (Unmeasurable e) {
      return figure.withNote("w* is not known: " + e.getMessage());
    }
  }

  private static double[] doubles(int[] sizes) {
    return Arrays.stream(sizes).asDoubleStream().toArray();
  }
}
