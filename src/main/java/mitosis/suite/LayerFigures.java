package mitosis.suite;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import mitosis.analysis.ChunkSizes;
import mitosis.analysis.Reconstruction;
import mitosis.analysis.ResidualCorrelation;
import mitosis.claim.Band;
import mitosis.claim.Expectation;
import mitosis.claim.Published;
import mitosis.claim.Published.PublishedCurve;
import mitosis.evidence.ReconstructionMeasurements;
import mitosis.evidence.Subject;
import mitosis.report.Figure;
import mitosis.report.Figure.Axis;
import mitosis.report.Figure.Region;
import mitosis.report.Figure.Series;
import mitosis.report.Figure.VerticalMarker;
import mitosis.suite.Figures.SystemFigure;

/** What chunks of a layer make of the layer: its reconstruction, and what is left of it. */
public final class LayerFigures {

  private final SystemFigure sheet;

  LayerFigures(SystemFigure sheet) {
    this.sheet = sheet;
  }

  /**
   * P22 Fig. 4, bottom, blue: R² of the reconstruction from chunks.
   *
   * @param chunk the size that is judged
   */
  public Figure reconstruction(Expectation expectation, int chunk) {
    Evidence evidence = sheet.evidence();
    Figure figure =
        sheet
            .titled(
                "reconstruction from chunks, as P22 Fig. 4, bottom",
                Axis.log2("chunk size w"),
                Axis.linear("R²"))
            .with(Region.accepted(expectation.band(), "band at w = " + chunk))
            .with(heldOut("held out", evidence.widest()))
            .with(inSample("in sample", evidence.widest()))
            .with(heldOut("held out, without weight decay", evidence.withoutWeightDecay()));
    Published published = expectation.quantity().published();
    boolean oneNumber =
        published.value().isPresent()
            && sheet.expectations().points(PublishedCurve.RECONSTRUCTION).isEmpty();
    return oneNumber
        ? figure.with(
            Series.of(
                "published, in sample",
                Series.Style.PUBLISHED,
                new double[] {expectation.setting("chunk_size")},
                new double[] {published.value().getAsDouble()}))
        : published(figure);
  }

  private Figure published(Figure figure) {
    return sheet.published(figure, PublishedCurve.RECONSTRUCTION, "published, in sample");
  }

  /** R² while chunks are tiny, on linear axes (P22 §3, footnote 3). */
  public Figure smallChunks(int below) {
    List<Reconstruction> layers = reconstructions(sheet.evidence().widest());
    int most = Math.min(2 * below - 1, sheet.evidence().study().widest().width());
    int[] sizes = IntStream.rangeClosed(1, most).toArray();
    return sheet
        .titled(
            "reconstruction from tiny chunks",
            Axis.linear("chunk size w"),
            Axis.linear("R² in sample"))
        .with(
            SystemFigure.curve(
                "the widest network",
                sizes,
                w -> ReconstructionMeasurements.mean(layers, l -> l.r2At(w).mean())))
        .with(new VerticalMarker(below, "published end of the straight line"));
  }

  /** Held-out R² of several layers, beside one another and the band that they are held against. */
  Figure reconstructions(String title, Band band, Map<String, Subject> subjects) {
    Figure figure =
        sheet
            .titled(title, Axis.log2("chunk size w"), Axis.linear("R² held out"))
            .with(Region.accepted(band, "band"));
    for (Map.Entry<String, Subject> each : subjects.entrySet()) {
      figure = figure.with(heldOut(each.getKey(), each.getValue()));
    }
    return figure;
  }

  /**
   * P22 Fig. 7: held-out R² of a layer beside those of others, by their names.
   *
   * @param band that the first is held against
   */
  public Figure reconstructions(String title, Band band, Subject... subjects) {
    return reconstructions(title, band, named(subjects));
  }

  private List<Reconstruction> reconstructions(Subject subject) {
    return subject.reconstructions(sizes(subject));
  }

  /** Those at which claims look at layers as wide as the widest, or W/2, W/4, … */
  private int[] sizes(Subject subject) {
    return subject.width() == sheet.evidence().study().widest().width()
        ? sheet.evidence().sizes().ofCorrelations()
        : Arrays.stream(ChunkSizes.halvings(subject.width()))
            .filter(size -> size < subject.width())
            .toArray();
  }

  private Series heldOut(String name, Subject subject) {
    List<Reconstruction> layers = reconstructions(subject);
    int most = layers.get(0).heldOutR2().size();
    int[] sizes =
        Arrays.stream(ChunkSizes.halvings(subject.width())).filter(w -> w <= most).toArray();
    return SystemFigure.curve(
        name, sizes, w -> ReconstructionMeasurements.mean(layers, l -> l.heldOutR2At(w).mean()));
  }

  private Series inSample(String name, Subject subject) {
    List<Reconstruction> layers = reconstructions(subject);
    int[] sizes = ChunkSizes.halvings(subject.width());
    return SystemFigure.curve(
        name, sizes, w -> ReconstructionMeasurements.mean(layers, l -> l.r2At(w).mean()));
  }

  /**
   * P22 Fig. 4, bottom, green: correlation of the residuals, in all three forms.
   *
   * @param band of the correlation off chunks of 2·w*
   */
  public Figure correlation(Band band) {
    List<Reconstruction> layers = reconstructions(sheet.evidence().widest());
    return sheet.marked(
        sheet.published(
            sheet
                .titled(
                    "correlation of the residuals, as P22 Fig. 4, bottom",
                    Axis.log2("chunk size w"),
                    Axis.log10("mean |ρ|"))
                .with(Region.accepted(band, "band at 2·w*"))
                .with(form("off the chunk", layers, LayerFigures::offChunk))
                .with(form("all pairs, equation 2", layers, c -> c.byPaper().mean()))
                .with(form("all pairs, authors' code", layers, c -> c.byCode().mean()))
                .with(noise(layers)),
            PublishedCurve.CORRELATION_OF_ALL_PAIRS,
            "published, equation 2"));
  }

  private static double offChunk(ResidualCorrelation correlation) {
    return correlation.offChunk().orElseThrow().absolute().mean();
  }

  /** Correlation of the residuals of several layers, beside one another. */
  Figure correlations(String title, Map<String, Subject> subjects) {
    Figure figure =
        sheet.titled(title, Axis.log2("chunk size w"), Axis.log10("mean |ρ| off the chunk"));
    for (Map.Entry<String, Subject> each : subjects.entrySet()) {
      figure =
          figure.with(
              form(each.getKey(), reconstructions(each.getValue()), LayerFigures::offChunk));
    }
    return figure;
  }

  /** The same of layers by their names. */
  public Figure correlations(String title, Subject... subjects) {
    return correlations(title, named(subjects));
  }

  /** At the sizes of which two neurons at least are left outside. */
  private static Series form(
      String name, List<Reconstruction> layers, ToDoubleFunction<ResidualCorrelation> form) {
    int[] kept = withNeuronsOutside(layers);
    List<ResidualCorrelation> first = layers.get(0).correlations();
    return SystemFigure.curve(
        name,
        Arrays.stream(kept).map(k -> first.get(k).size()).toArray(),
        Arrays.stream(kept)
            .mapToObj(
                k ->
                    ReconstructionMeasurements.mean(
                        layers, l -> form.applyAsDouble(l.correlations().get(k))))
            .toList());
  }

  /** What independent residuals show, which depends on the numbers of images and neurons alone. */
  private static Series noise(List<Reconstruction> layers) {
    List<ResidualCorrelation> first = layers.get(0).correlations();
    int[] kept = withNeuronsOutside(layers);
    return Series.of(
        "independent noise off the chunk",
        Series.Style.LINE_AND_POINTS,
        Arrays.stream(kept).mapToDouble(k -> first.get(k).size()).toArray(),
        Arrays.stream(kept)
            .mapToDouble(k -> first.get(k).offChunk().orElseThrow().noiseFloor())
            .toArray());
  }

  private static int[] withNeuronsOutside(List<Reconstruction> layers) {
    List<ResidualCorrelation> first = layers.get(0).correlations();
    return IntStream.range(0, first.size())
        .filter(k -> first.get(k).offChunk().isPresent())
        .toArray();
  }

  /** Training errors of chunks of several layers, beside one another. */
  Figure trainingErrors(String title, Map<String, Subject> subjects) {
    Figure figure =
        sheet.titled(title, Axis.log2("chunk size w"), Axis.log10AndZero("training error"));
    for (Map.Entry<String, Subject> each : subjects.entrySet()) {
      Subject subject = each.getValue();
      figure =
          figure.with(
              SystemFigure.curve(each.getKey(), subject.trainSizes(), subject.trainErrors()));
    }
    return figure;
  }

  /** The same of layers by their names; P22 Fig. 7a where they are of a ResNet50. */
  public Figure trainingErrors(String title, Subject... subjects) {
    return sheet.published(
        trainingErrors(title, named(subjects)),
        PublishedCurve.FULL_TRAINING_ERROR,
        "published, full networks");
  }

  private static Map<String, Subject> named(Subject... subjects) {
    Map<String, Subject> named = new LinkedHashMap<>();
    for (Subject subject : subjects) {
      named.put(subject.name(), subject);
    }
    return named;
  }
}
