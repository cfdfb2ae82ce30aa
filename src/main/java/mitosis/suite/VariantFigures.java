package mitosis.suite;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.function.Function;
import mitosis.claim.Band;
import mitosis.claim.Decimal;
import mitosis.evidence.CriticalSize;
import mitosis.evidence.CurvePoint;
import mitosis.evidence.DoseResponse.Dose;
import mitosis.evidence.DoseResponse.WeightDecayWindow;
import mitosis.evidence.ErrorCurve;
import mitosis.evidence.ReconstructionMeasurements;
import mitosis.evidence.Subject;
import mitosis.report.Figure;
import mitosis.report.Figure.Axis;
import mitosis.report.Figure.Series;
import mitosis.suite.Figures.SystemFigure;
import mitosis.train.Recipe;

/** Networks that differ from the others of their system in one thing. */
public final class VariantFigures {

  private final SystemFigure sheet;
  private final LayerFigures layers;

  VariantFigures(SystemFigure sheet, LayerFigures layers) {
    this.sheet = sheet;
    this.layers = layers;
  }

  /** P22 Fig. S4b: test error against the width of the last layer alone. */
  public Figure lastLayer() {
    return errors(
        "last layer widened alone, as P22 Fig. S4b",
        Variant.LAST_LAYER_WIDENED,
        Axis.log2("width of the last layer"));
  }

  /** P21 §4: test error against depth. */
  public Figure depth() {
    return errors("test error against depth, P21 §4", Variant.DEPTH, Axis.linear("hidden layers"));
  }

  private Figure errors(String title, Variant variant, Axis x) {
    ErrorCurve curve = sheet.evidence().variants().errors(variant);
    return sheet
        .titled(title, x, Axis.linear("test error"))
        .withIntervals(SystemFigure.OVER_SEEDS_AND_IMAGES)
        .with(SystemFigure.curve("full networks", curve.sizes(), curve.errors()));
  }

  /**
   * P22 Fig. S4a: R² of a narrow last layer on a wide body.
   *
   * @param band that it is held against
   */
  public Figure bodyReconstruction(Band band) {
    return layers.reconstructions(
        "reconstruction, all but the last layer widened, as P22 Fig. S4a", band, body());
  }

  /** P22 Fig. S4a: correlation of the residuals of a narrow last layer on a wide body. */
  public Figure bodyCorrelation() {
    return layers.correlations(
        "correlation of the residuals, all but the last layer widened, as P22 Fig. S4a", body());
  }

  private Map<String, Subject> body() {
    Map<String, Subject> subjects = new LinkedHashMap<>();
    Subject body = sheet.evidence().variants().of(Variant.BODY_WIDENED).get(0);
    subjects.put("%d neurons on a wide body".formatted(body.width()), body);
    subjects.put("the widest network", sheet.evidence().widest());
    return subjects;
  }

  /** P22 §4: training error of chunks under two losses. */
  public Figure lossesTrainingErrors() {
    return layers.trainingErrors("training error of chunks under two losses, P22 §4", losses());
  }

  /**
   * P22 §4: R² under two losses.
   *
   * @param band that both are held against
   */
  public Figure lossesReconstruction(Band band) {
    return layers.reconstructions("reconstruction under two losses, P22 §4", band, losses());
  }

  /** P22 §4: correlation of the residuals under two losses. */
  public Figure lossesCorrelation() {
    return layers.correlations("correlation of the residuals under two losses, P22 §4", losses());
  }

  private Map<String, Subject> losses() {
    Map<String, Subject> subjects = new LinkedHashMap<>();
    subjects.put(loss(sheet.evidence().study().widest()), sheet.evidence().widest());
    Variants variants = sheet.evidence().variants();
    subjects.put(loss(variants.recipes(Variant.LOSS).get(0)), variants.of(Variant.LOSS).get(0));
    return subjects;
  }

  private static String loss(Recipe recipe) {
    return recipe.loss().name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  /**
   * R² of chunks against weight decay, by width, and the errors of the widest networks.
   *
   * @param byWidth in increasing order
   * @param rule by which clones are told
   */
  public Figure redundancyByWeightDecay(
      SortedMap<Integer, List<Dose>> byWidth, WeightDecayWindow.Rule rule) {
    Figure figure =
        dosed("redundancy by weight decay", Axis.linear("share"))
            .withIntervals(SystemFigure.OVER_SEEDS + ", of the test error over images too");
    for (List<Dose> doses : byWidth.values()) {
      int chunk = doses.get(0).chunk(rule.chunk());
      int[] sizes = {chunk};
      figure =
          figure.with(
              dosed(
                  "R² held out, chunks of %d of %d".formatted(chunk, width(doses)),
                  doses,
                  networks ->
                      ReconstructionMeasurements.mean(
                          networks.reconstructions(sizes), l -> l.heldOutR2At(chunk).mean())));
    }
    List<Dose> widest = byWidth.get(byWidth.lastKey());
    int[] sizes = {widest.get(0).chunk(rule.chunk())};
    return figure
        .with(
            dosed(
                "test error of chunks of %d of %d".formatted(sizes[0], width(widest)),
                widest,
                networks -> networks.chunkCurve(sizes).errors().get(0)))
        .with(
            dosed(
                "training error, W = %d".formatted(width(widest)),
                widest,
                Subject::fullTrainError));
  }

  private static int width(List<Dose> doses) {
    return doses.get(0).subject().width();
  }

  /** w* against weight decay, by width, as far as networks interpolate. */
  public Figure criticalWidthByWeightDecay(SortedMap<Integer, List<Dose>> byWidth) {
    CriticalSize rule = sheet.evidence().criticalSize();
    Figure figure = dosed("critical size by weight decay", Axis.log2("w*"));
    List<String> without = new ArrayList<>();
    for (List<Dose> doses : byWidth.values()) {
      List<Dose> fitting =
          doses.stream().filter(dose -> Double.isFinite(rule.of(dose.subject()))).toList();
      figure = figure.with(dosed("W = %d".formatted(width(doses)), fitting, rule::point));
      doses.stream()
          .filter(dose -> !fitting.contains(dose))
          .map(dose -> "W = %d with %s".formatted(width(doses), Decimal.text(dose.weightDecay())))
          .forEach(without::add);
    }
    return without.isEmpty()
        ? figure
        : figure.withNote(
            "None where the network does not fit its training set: %s."
                .formatted(String.join(", ", without)));
  }

  /**
   * The least weight decay that gives clones, and the most with which networks still fit their
   * training set, against their width.
   *
   * @param windows one a width, increasing
   */
  public Figure clonesByWeightDecay(List<WeightDecayWindow> windows) {
    return sheet
        .titled(
            "weight decay that gives clones",
            Axis.log2("width W"),
            Axis.log10AndZero("weight decay"))
        .with(
            bounds(
                "smallest that fits and rebuilds the layer",
                windows,
                WeightDecayWindow::rebuiltFrom))
        .with(
            bounds(
                "smallest that also leaves uncorrelated noise",
                windows,
                WeightDecayWindow::clonesFrom))
        // Around the others, as the two may be the same.
        .with(
            bounds("largest that fits the training set", windows, WeightDecayWindow::fitsUpTo)
                .as(Series.Style.RINGS))
        .withNote(
            "Read off means over seeds, among the weight decays tried, so without an interval. Where a line has no point at a width, none of them does that.");
  }

  private static Series bounds(
      String name,
      List<WeightDecayWindow> windows,
      Function<WeightDecayWindow, OptionalDouble> bound) {
    List<WeightDecayWindow> bounded =
        windows.stream().filter(window -> bound.apply(window).isPresent()).toList();
    return Series.of(
        name,
        Series.Style.LINE_AND_POINTS,
        bounded.stream().mapToDouble(WeightDecayWindow::width).toArray(),
        bounded.stream().mapToDouble(window -> bound.apply(window).orElseThrow()).toArray());
  }

  private Figure dosed(String title, Axis y) {
    return sheet.titled(title, Axis.log10AndZero("weight decay"), y);
  }

  private static Series dosed(
      String name, List<Dose> doses, Function<Subject, CurvePoint> quantity) {
    return SystemFigure.curve(
        name,
        doses.stream().mapToDouble(Dose::weightDecay).toArray(),
        doses.stream().map(dose -> quantity.apply(dose.subject())).toList());
  }
}
