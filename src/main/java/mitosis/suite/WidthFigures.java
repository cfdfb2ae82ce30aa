package mitosis.suite;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.stream.IntStream;
import mitosis.analysis.ImageWeights;
import mitosis.analysis.WideOrEnsemble.Comparison;
import mitosis.claim.Band;
import mitosis.claim.Published.PublishedCurve;
import mitosis.evidence.CloneCount;
import mitosis.evidence.CriticalSize;
import mitosis.evidence.CurvePoint;
import mitosis.evidence.Dimensions;
import mitosis.evidence.Ensembles;
import mitosis.evidence.FullNetworks;
import mitosis.evidence.Subject;
import mitosis.evidence.Unmeasurable;
import mitosis.report.Figure;
import mitosis.report.Figure.Axis;
import mitosis.report.Figure.ReferenceLine;
import mitosis.report.Figure.Region;
import mitosis.report.Figure.Series;
import mitosis.report.Figure.VerticalMarker;
import mitosis.suite.Figures.SystemFigure;

/** Full networks of every width, some beside chunks of the widest. */
public final class WidthFigures {

  private final SystemFigure sheet;

  WidthFigures(SystemFigure sheet) {
    this.sheet = sheet;
  }

  /**
   * P22 Fig. 4, top: training error of chunks and of full networks.
   *
   * @param published w* in the paper, if it has one
   */
  public Figure interpolation(OptionalDouble published) {
    Subject widest = sheet.evidence().widest();
    Figure figure =
        sheet
            .titled(
                "training error, as P22 Fig. 4, top",
                Axis.log2("chunk size w or width W"),
                Axis.log10AndZero("training error"))
            .with(
                SystemFigure.curve(
                    "chunks of the widest network", widest.trainSizes(), widest.trainErrors()));
    if (published.isPresent()) {
      figure = figure.with(new VerticalMarker(published.getAsDouble(), "published w*"));
    }
    FullNetworks full = sheet.evidence().byWidth().family().networks();
    return sheet.published(
        sheet
            .marked(figure)
            .with(SystemFigure.curve("full networks", full.widths(), full.trainErrors())),
        PublishedCurve.CHUNK_TRAINING_ERROR,
        "published chunks");
  }

  /** P22 Fig. S5: bias² and variance of the predictions of full networks against width. */
  public Figure biasAndVariance() {
    FullNetworks networks = sheet.evidence().byWidth().family().networks();
    int[] widths = networks.widths();
    Figure figure =
        sheet
            .titled(
                "bias² and variance over seeds, as P22 Fig. S5",
                Axis.log2("width W"),
                Axis.linear("mean over images"))
            .withIntervals(SystemFigure.OVER_SEEDS_AND_IMAGES)
            .withNote("Both take several seeds, so that single ones have neither.")
            .with(SystemFigure.curve("bias²", widths, networks.squaredBiases()))
            .with(SystemFigure.curve("variance", widths, networks.variances()));
    return sheet.marked(
        sheet.published(
            sheet.published(figure, PublishedCurve.BIAS_SQUARED, "published bias²"),
            PublishedCurve.VARIANCE,
            "published variance"));
  }

  /**
   * P21 Fig. 2: intrinsic dimension of full networks of every width and of chunks of those sizes,
   * on fewer images than the layer's own dimension, so that they can be compared.
   *
   * @param band of the layer's dimension
   */
  public Figure dimensions(Band band) {
    return sheet.marked(dimensions(sheet.evidence().widest(), sheet.evidence().networks(), band));
  }

  Figure dimensions(Subject widest, List<Subject> networks, Band band) {
    Map<Integer, CurvePoint> ofNetworks = new TreeMap<>();
    Map<Integer, CurvePoint> ofChunks = new TreeMap<>();
    for (Subject full : networks) {
      try {
        CurvePoint dimension = Dimensions.ofNetworks(full);
        ofChunks.put(full.width(), Dimensions.ofChunks(widest, full.width()));
        ofNetworks.put(full.width(), dimension);
      } catch (Unmeasurable e) {
        // Such as that of a layer so narrow that most images look alike in it.
      }
    }
    return sheet
        .titled(
            "intrinsic dimension, as P21 Fig. 2",
            Axis.log2("chunk size w or width W"),
            Axis.linear("dimension (TwoNN)"))
        .withIntervals(SystemFigure.OVER_SEEDS_AND_IMAGES)
        .with(Region.accepted(band, "band at W"))
        .with(curve("full networks", ofNetworks))
        .with(curve("chunks of the widest network", ofChunks));
  }

  private static Series curve(String name, Map<Integer, CurvePoint> byWidth) {
    return SystemFigure.curve(
        name,
        byWidth.keySet().stream().mapToInt(Integer::intValue).toArray(),
        List.copyOf(byWidth.values()));
  }

  /** P22 §3: the number of clones W/w* against width, with w* of the networks of each width. */
  public Figure cloneCount() {
    return cloneCount(sheet.evidence().networks());
  }

  Figure cloneCount(List<Subject> all) {
    CriticalSize rule = sheet.evidence().criticalSize();
    List<Subject> networks = all.stream().filter(each -> Double.isFinite(rule.of(each))).toList();
    int[] widths = networks.stream().mapToInt(Subject::width).toArray();
    List<CurvePoint> counts = networks.stream().map(each -> CloneCount.of(each, rule)).toList();
    Figure figure =
        sheet
            .titled(
                "number of clones, W/w*",
                Axis.log2("width W"),
                Axis.log2("W/w* with w* of the networks of that width"))
            .with(SystemFigure.curve("full networks", widths, counts));
    int last = widths.length - 1;
    return last < 1
        ? figure.withNote("No line in proportion to W: no two widths fit their training set.")
        : figure.with(
            new ReferenceLine(
                "in proportion to W",
                1,
                widths[last],
                counts.get(last).value(),
                widths[0],
                widths[last]));
  }

  /**
   * P21 Fig. 5: accuracy of ensembles against the number of their networks, for each width, and
   * those that take as much memory as one of the widest.
   */
  public Figure ensembles() {
    return of(sheet.evidence().byWidth().ensembles());
  }

  Figure of(Ensembles ensembles) {
    Figure figure =
        sheet
            .titled(
                "ensembles of full networks, as P21 Fig. 5",
                Axis.log2("number of networks n"),
                Axis.linear("test accuracy"))
            .withIntervals(SystemFigure.OVER_SEEDS_AND_IMAGES)
            .withNote(
                "Single seeds are ensembles of one. The largest ensemble takes all, so that it has no interval.");
    int[] numbers = IntStream.rangeClosed(1, ensembles.seeds()).toArray();
    for (int width : ensembles.widths()) {
      figure =
          figure.with(
              SystemFigure.curve("W = " + width, numbers, n -> ensembles.accuracy(width, n)));
    }
    return sheet.published(
        figure.with(ofWidestsMemory(ensembles)),
        PublishedCurve.ENSEMBLE_ACCURACY,
        "published, equal memory");
  }

  private static Series ofWidestsMemory(Ensembles ensembles) {
    int widest = Arrays.stream(ensembles.widths()).max().orElseThrow();
    List<Comparison> equal =
        ensembles.compared().ofSameMemory(ImageWeights.equal(ensembles.blocks())).stream()
            .filter(each -> each.wide() == widest)
            .toList();
    return Series.of(
        "as many activations as one of W = " + widest,
        Series.Style.RINGS,
        equal.stream().mapToDouble(Comparison::networks).toArray(),
        equal.stream().mapToDouble(Comparison::ensembleAccuracy).toArray());
  }
}
