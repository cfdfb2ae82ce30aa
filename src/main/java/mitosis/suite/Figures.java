package mitosis.suite;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import mitosis.analysis.ChunkSizes;
import mitosis.analysis.ImageWeights;
import mitosis.analysis.Reconstruction;
import mitosis.analysis.ResidualCorrelation;
import mitosis.claim.Band;
import mitosis.claim.Expectation;
import mitosis.claim.Published;
import mitosis.evidence.Course;
import mitosis.evidence.CriticalSize;
import mitosis.evidence.Dimensions;
import mitosis.evidence.ErrorCurve;
import mitosis.evidence.FullNetworks;
import mitosis.evidence.Scaling;
import mitosis.evidence.Subject;
import mitosis.report.Axis;
import mitosis.report.Figure;
import mitosis.report.ReferenceLine;
import mitosis.report.Region;
import mitosis.report.Series;
import mitosis.report.VerticalMarker;

/**
 * The papers' own plots, drawn from what this run measured, with published points where there are
 * any.
 */
public final class Figures {

  /** The papers' law, and the edges of the band that its exponent is held against. */
  private static final Map<String, Double> LAW_AND_BAND =
      new TreeMap<>(Map.of("w^{−0.5}", -0.5, "band: w^{−0.35}", -0.35, "band: w^{−0.65}", -0.65));

  private final String system;
  private final Evidence evidence;

  /**
   * @param system name, for titles
   * @param evidence what is drawn
   */
  public Figures(String system, Evidence evidence) {
    this.system = system;
    this.evidence = evidence;
  }

  /** P22 Fig. 2: excess error of full networks against width. */
  public Figure widthScaling() {
    ErrorCurve curve = evidence.byWidth().errors();
    return marked(
        law(scaling("full networks, as P22 Fig. 2", "width W"), curve)
            .with(excess("full networks", curve)));
  }

  /** P22 Fig. 3: excess error of chunks of the widest network against size. */
  public Figure chunkScaling() {
    ErrorCurve curve = halvings(evidence.widest());
    return marked(
        law(scaling("chunks of the widest network, as P22 Fig. 3", "chunk size w"), curve)
            .with(excess("chunks", curve)));
  }

  /** P22 Fig. 1b: chunks and full networks together. */
  public Figure chunksAndNetworks() {
    ErrorCurve chunks = halvings(evidence.widest());
    return marked(
        law(
                scaling("chunks beside full networks, as P22 Fig. 1b", "chunk size w or width W"),
                chunks)
            .with(excess("chunks of the widest network", chunks))
            .with(excess("full networks", evidence.byWidth().errors())));
  }

  /** P22 Fig. 6a: chunks with and without weight decay. */
  public Figure chunksWithoutWeightDecay() {
    return marked(
        law(
                scaling("chunks with and without weight decay, as P22 Fig. 6a", "chunk size w"),
                halvings(evidence.widest()))
            .with(excess("with weight decay", halvings(evidence.widest())))
            .with(excess("without weight decay", halvings(evidence.withoutWeightDecay()))));
  }

  private Figure scaling(String title, String size) {
    return Figure.of(system + ": " + title, Axis.log2(size), Axis.log10("error − err_{∞}"));
  }

  private Figure law(Figure figure, ErrorCurve curve) {
    double critical = evidence.criticalWidth();
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
    Figure lines = figure;
    for (Map.Entry<String, Double> line : LAW_AND_BAND.entrySet()) {
      lines =
          lines.with(
              new ReferenceLine(
                  line.getKey(),
                  line.getValue(),
                  sizes[anchor],
                  excess[anchor],
                  sizes[anchor],
                  sizes[sizes.length - 1]));
    }
    return lines;
  }

  private ErrorCurve halvings(Subject subject) {
    return evidence.chunks().of(subject).at(ChunkSizes.halvings(subject.width()));
  }

  private static Series excess(String name, ErrorCurve curve) {
    return Series.of(
        name,
        Series.Style.LINE_AND_POINTS,
        Arrays.stream(curve.sizes()).asDoubleStream().toArray(),
        Scaling.meanExcess(curve));
  }

  /** With w*, if there is one. */
  private Figure marked(Figure figure) {
    double critical = evidence.criticalWidth();
    return Double.isFinite(critical)
        ? figure.with(new VerticalMarker(critical, "w*"))
        : figure.withNote("No w*: the widest network does not fit its training set.");
  }

  /**
   * P22 Fig. 4, top: training error of chunks and of full networks.
   *
   * @param published w* in the paper, if it has one
   */
  public Figure interpolation(OptionalDouble published) {
    Subject widest = evidence.widest();
    int[] all = IntStream.range(0, widest.seeds()).toArray();
    Figure figure =
        Figure.of(
                system + ": training error, as P22 Fig. 4, top",
                Axis.log2("chunk size w or width W"),
                Axis.log10("training error"))
            .with(
                Series.of(
                    "chunks of the widest network",
                    Series.Style.LINE_AND_POINTS,
                    Arrays.stream(widest.trainSizes()).asDoubleStream().toArray(),
                    widest.trainErrors(all)));
    if (published.isPresent()) {
      figure = figure.with(new VerticalMarker(published.getAsDouble(), "published w*"));
    }
    Map<Integer, Double> full = evidence.byWidth().trainErrors();
    return marked(figure)
        .with(
            Series.of(
                "full networks",
                Series.Style.LINE_AND_POINTS,
                full.keySet().stream().mapToDouble(Integer::doubleValue).toArray(),
                full.values().stream().mapToDouble(Double::doubleValue).toArray()));
  }

  /**
   * P22 Fig. 4, bottom, blue: R² of the reconstruction from chunks.
   *
   * @param chunk the size that is judged
   */
  public Figure reconstruction(Expectation expectation, int chunk) {
    Published published = expectation.quantity().published();
    Figure figure =
        Figure.of(
                system + ": reconstruction from chunks, as P22 Fig. 4, bottom",
                Axis.log2("chunk size w"),
                Axis.linear("R²"))
            .with(Region.accepted(expectation.band(), "band at w = " + chunk))
            .with(r2("held out", evidence.widest(), true))
            .with(r2("in sample", evidence.widest(), false))
            .with(r2("held out, without weight decay", evidence.withoutWeightDecay(), true));
    return published.value().isEmpty()
        ? figure
        : figure.with(
            Series.of(
                "published",
                Series.Style.PUBLISHED,
                new double[] {expectation.setting("chunk_size")},
                new double[] {published.value().getAsDouble()}));
  }

  /** R² while chunks are tiny, on linear axes (P22 §3, footnote 3). */
  public Figure smallChunks(int below) {
    List<Reconstruction> layers =
        evidence.widest().reconstructions(evidence.sizes().ofCorrelations());
    double[] sizes = IntStream.range(1, 2 * below).asDoubleStream().toArray();
    return Figure.of(
            system + ": reconstruction from tiny chunks",
            Axis.linear("chunk size w"),
            Axis.linear("R² in sample"))
        .with(
            Series.of(
                "the widest network",
                Series.Style.LINE_AND_POINTS,
                sizes,
                Arrays.stream(sizes).map(w -> mean(layers, l -> l.r2At((int) w).mean())).toArray()))
        .with(new VerticalMarker(below, "published end of the straight line"));
  }

  private Series r2(String name, Subject subject, boolean heldOut) {
    List<Reconstruction> layers = subject.reconstructions(evidence.sizes().ofCorrelations());
    int[] sizes = ChunkSizes.halvings(layers.get(0).width());
    return Series.of(
        name,
        Series.Style.LINE_AND_POINTS,
        Arrays.stream(sizes).asDoubleStream().toArray(),
        Arrays.stream(sizes)
            .mapToDouble(w -> mean(layers, l -> (heldOut ? l.heldOutR2At(w) : l.r2At(w)).mean()))
            .toArray());
  }

  /** P22 Fig. 4, bottom, green: correlation of the residuals, in all three forms. */
  public Figure residualCorrelation(Band band, int[] sizes) {
    List<Reconstruction> layers = evidence.widest().reconstructions(sizes);
    return marked(
        Figure.of(
                system + ": correlation of the residuals, as P22 Fig. 4, bottom",
                Axis.log2("chunk size w"),
                Axis.log10("mean |ρ|"))
            .with(Region.accepted(band, "band at 2·w*"))
            .with(
                correlation(
                    "off the chunk", layers, c -> c.offChunk().orElseThrow().absolute().mean()))
            .with(correlation("all pairs, equation 2", layers, c -> c.byPaper().mean()))
            .with(correlation("all pairs, authors' code", layers, c -> c.byCode().mean()))
            .with(
                correlation(
                    "independent noise off the chunk",
                    layers,
                    c -> c.offChunk().orElseThrow().noiseFloor())));
  }

  private static Series correlation(
      String name, List<Reconstruction> layers, ToDoubleFunction<ResidualCorrelation> form) {
    List<ResidualCorrelation> first = layers.get(0).correlations();
    return Series.of(
        name,
        Series.Style.LINE_AND_POINTS,
        first.stream().mapToDouble(ResidualCorrelation::size).toArray(),
        IntStream.range(0, first.size())
            .mapToDouble(k -> mean(layers, l -> form.applyAsDouble(l.correlations().get(k))))
            .toArray());
  }

  /** P22 Fig. 6b: correlation of the residuals through training, with and without weight decay. */
  public Figure correlationInTraining(int size, int[] sizes) {
    return Figure.of(
            system + ": correlation of the residuals in training, as P22 Fig. 6b",
            Axis.linear("epoch"),
            Axis.linear("mean |ρ| off the chunk at w = " + size))
        .with(inTraining("with weight decay", evidence.training().secondHalf(), size, sizes))
        .with(
            inTraining(
                "without weight decay",
                evidence.trainingWithoutWeightDecay().secondHalf(),
                size,
                sizes));
  }

  /** P22 Fig. S5: variance of the predictions of full networks against width. */
  public Figure variance() {
    FullNetworks networks = evidence.byWidth().family().networks();
    int[] seeds = IntStream.range(0, evidence.seeds()).toArray();
    return marked(
        Figure.of(
                system + ": variance over seeds, as P22 Fig. S5",
                Axis.log2("width W"),
                Axis.linear("variance"))
            .with(
                Series.of(
                    "full networks",
                    Series.Style.LINE_AND_POINTS,
                    Arrays.stream(networks.widths()).asDoubleStream().toArray(),
                    networks.variances(seeds, ImageWeights.equal(networks.blocks())))));
  }

  /** P22 Fig. 5a: correlation of the residuals through training. */
  public Figure phasesOfCorrelation(int size) {
    List<Course.Moment> moments = evidence.training().phases().moments();
    int[] sizes = {size};
    return Figure.of(
            system + ": correlation of the residuals in training, as P22 Fig. 5a",
            Axis.linear("epoch"),
            Axis.linear("mean |ρ| off the chunk at w = " + size))
        .with(
            course(
                "the widest network",
                moments,
                networks -> mean(networks.reconstructions(sizes), layer -> offChunk(layer, size))));
  }

  /** P22 Fig. 5b and c: training and test error through training. */
  public Figure phases() {
    List<Course.Moment> moments = evidence.training().phases().moments();
    Subject widest = evidence.widest();
    int[] seeds = IntStream.range(0, widest.seeds()).toArray();
    int[] sizes = widest.trainSizes();
    int chunk =
        IntStream.range(0, sizes.length)
            .filter(k -> sizes[k] >= evidence.sizes().ofClone())
            .findFirst()
            .orElseThrow();
    return Figure.of(
            system + ": errors in training, as P22 Fig. 5b and c",
            Axis.linear("epoch"),
            Axis.log10("error"))
        .with(course("training error", moments, networks -> networks.fullTrainError(seeds)))
        .with(
            course(
                "training error of chunks of " + sizes[chunk],
                moments,
                networks -> networks.trainErrors(seeds)[chunk]))
        .with(
            course(
                "test error",
                moments,
                networks ->
                    networks.fullTestError(seeds, ImageWeights.equal(networks.testBlocks()))));
  }

  private static Series course(
      String name, List<Course.Moment> moments, ToDoubleFunction<Subject> quantity) {
    return Series.of(
        name,
        Series.Style.LINE_AND_POINTS,
        moments.stream().mapToDouble(Course.Moment::epoch).toArray(),
        moments.stream()
            .mapToDouble(moment -> quantity.applyAsDouble(moment.networks()))
            .toArray());
  }

  private Series inTraining(String name, List<Subject> snapshots, int size, int[] sizes) {
    int epochs = evidence.study().widest().epochs();
    double[] x =
        evidence.study().widest().snapshots().stream()
            .filter(epoch -> 2 * epoch >= epochs)
            .mapToDouble(Integer::doubleValue)
            .toArray();
    double[] y =
        snapshots.stream()
            .mapToDouble(
                snapshot -> mean(snapshot.reconstructions(sizes), layer -> offChunk(layer, size)))
            .toArray();
    return Series.of(name, Series.Style.LINE_AND_POINTS, x, y);
  }

  /** P21 Fig. 2: intrinsic dimension of full networks and of chunks, where they are compared. */
  public Figure dimensions() {
    List<Subject> networks = evidence.networksBeyondCritical();
    double[] widths = networks.stream().mapToDouble(Subject::width).toArray();
    return marked(
        Figure.of(
                system + ": intrinsic dimension, as P21 Fig. 2",
                Axis.log2("chunk size w or width W"),
                Axis.linear("dimension (TwoNN)"))
            .with(
                Series.of(
                    "full networks",
                    Series.Style.LINE_AND_POINTS,
                    widths,
                    networks.stream().mapToDouble(Dimensions::ofNetworks).toArray()))
            .with(
                Series.of(
                    "chunks of the widest network",
                    Series.Style.LINE_AND_POINTS,
                    widths,
                    networks.stream()
                        .mapToDouble(each -> Dimensions.ofChunks(evidence.widest(), each.width()))
                        .toArray())));
  }

  /** P22 §3: the number of clones W/w* against width, with w* of the networks of each width. */
  public Figure cloneCount() {
    List<Subject> networks =
        evidence.networks().stream()
            .filter(each -> Double.isFinite(CriticalSize.standard().of(each)))
            .toList();
    double[] widths = networks.stream().mapToDouble(Subject::width).toArray();
    double[] counts =
        networks.stream()
            .mapToDouble(each -> each.width() / CriticalSize.standard().of(each))
            .toArray();
    int last = widths.length - 1;
    return Figure.of(
            system + ": number of clones, W/w*",
            Axis.log2("width W"),
            Axis.log2("W/w* with w* of the networks of that width"))
        .with(
            new ReferenceLine(
                "in proportion to W", 1, widths[last], counts[last], widths[0], widths[last]))
        .with(Series.of("full networks", Series.Style.LINE_AND_POINTS, widths, counts));
  }

  private static double offChunk(Reconstruction layer, int size) {
    return layer.offChunkAt(size).orElseThrow().absolute().mean();
  }

  private static double mean(List<Reconstruction> layers, ToDoubleFunction<Reconstruction> value) {
    return layers.stream().mapToDouble(value).average().orElseThrow();
  }
}
