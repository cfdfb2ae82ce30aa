package mitosis.suite;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import mitosis.claim.Scale;
import mitosis.data.Datasets;
import mitosis.data.ParityOfDigits;
import mitosis.model.FullyConnected;
import mitosis.train.Initialisation;
import mitosis.train.Loss;
import mitosis.train.Optimiser;
import mitosis.train.Recipe;
import mitosis.train.Recipe.Augmentation;
import mitosis.train.Recipe.Schedule;

/**
 * {@code pmnist-fc5}: the parity of MNIST digits from ten principal components, learned by a fully
 * connected network with BatchNorm and weight decay (P22 §2.1; P21 §2, "a second test").
 */
public final class PmnistFc5 implements SystemOnParityOfDigits {

  /** The system's name. */
  public static final String NAME = "pmnist-fc5";

  /** Hidden layers that the papers state. */
  static final int DEPTH = 4;

  private static final int BATCH = 256;
  private static final double MOMENTUM = 0.9;

  private static final Loss LOSS = Loss.SQUARED_HINGE;

  private static final Initialisation START =
      new Initialisation(Initialisation.Weight.ORTHOGONAL, Initialisation.Gamma.UNIFORM);

  /** Those of claim C16. */
  private static final List<Integer> DEPTHS = List.of(3, 4, 5, 6);

  /** Weight decays of claim C20, as multiples of the scale's own. */
  private static final List<Double> DECAYS = List.of(0.0, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0);

  /**
   * What a scale changes.
   *
   * @param snapshotsFrom the eighth of training from which on a snapshot is kept at each
   * @param doseWidths widths that are trained with several weight decays; the last of them in
   *     several depths too; none where there are no variants
   */
  private record Plan(
      List<Integer> widths,
      int seeds,
      double rate,
      double weightDecay,
      int epochs,
      int snapshotsFrom,
      List<Integer> doseWidths) {}

  private static Plan plan(Scale scale) {
    return switch (scale) {
      case SMOKE -> new Plan(widths(2, 4), 3, 0.02, 5e-3, 2, 4, widths(3, 4));
      case QUICK -> new Plan(widths(3, 8), 4, 0.02, 5e-3, 160, 4, List.of());
      case EXTENDED -> new Plan(widths(1, 9), 10, 0.02, 5e-3, 160, 1, widths(6, 8));
      case FULL -> new Plan(widths(1, 9), 20, 1e-3, 1e-2, 5_000, 1, widths(7, 9));
    };
  }

  static List<Integer> widths(int firstPower, int lastPower) {
    return IntStream.rangeClosed(firstPower, lastPower).mapToObj(power -> 1 << power).toList();
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public int seeds(Scale scale) {
    return plan(scale).seeds();
  }

  @Override
  public Study study(Scale scale, List<Integer> seeds, String dataset, Datasets datasets) {
    Plan plan = plan(scale);
    SortedMap<Integer, Recipe> regularised = new TreeMap<>();
    plan.widths()
        .forEach(width -> regularised.put(width, recipe(plan, width, plan.weightDecay(), seeds)));
    int widest = plan.widths().get(plan.widths().size() - 1);
    Recipe without = recipe(plan, widest, 0, seeds);
    return new Study(
        regularised,
        Optional.of(without),
        plan.doseWidths().isEmpty() ? Map.of() : variants(plan, widest, seeds),
        plan.epochs() / 10);
  }

  private static Map<Variant, List<Recipe>> variants(Plan plan, int widest, List<Integer> seeds) {
    double decay = plan.weightDecay();
    List<Integer> widths = plan.doseWidths();
    int width = widths.get(widths.size() - 1);
    return Map.of(
        Variant.DEPTH,
        DEPTHS.stream()
            .map(depth -> recipe(plan, network(depth, width), LOSS, decay, seeds))
            .toList(),
        Variant.LOSS,
        List.of(recipe(plan, network(DEPTH, widest), Loss.LOGISTIC, decay, seeds)),
        Variant.WEIGHT_DECAY,
        widths.stream()
            .flatMap(
                each -> DECAYS.stream().map(factor -> recipe(plan, each, factor * decay, seeds)))
            .toList());
  }

  private static FullyConnected network(int depth, int width) {
    return new FullyConnected(ParityOfDigits.COMPONENTS, depth, width, true);
  }

  private static Recipe recipe(Plan plan, int width, double weightDecay, List<Integer> seeds) {
    return recipe(plan, network(DEPTH, width), LOSS, weightDecay, seeds);
  }

  private static Recipe recipe(
      Plan plan, FullyConnected network, Loss loss, double weightDecay, List<Integer> seeds) {
    return recipe(plan, ParityOfDigits.NAME, network, START, loss, weightDecay, seeds);
  }

  private static Recipe recipe(
      Plan plan,
      String dataset,
      FullyConnected network,
      Initialisation initialisation,
      Loss loss,
      double weightDecay,
      List<Integer> seeds) {
    int epochs = plan.epochs();
    return new Recipe(
        NAME,
        dataset,
        network,
        seeds,
        initialisation,
        loss,
        new Optimiser.Sgd(MOMENTUM, weightDecay),
        new Schedule.Cosine(plan.rate(), 0),
        Augmentation.NONE,
        BATCH,
        epochs,
        snapshots(plan),
        false);
  }

  /** The papers' recipe, of a depth, width and weight decay. */
  static Recipe papers(int depth, int width, double weightDecay, List<Integer> seeds) {
    return recipe(plan(Scale.FULL), network(depth, width), LOSS, weightDecay, seeds);
  }

  /**
   * The papers' recipe as it is stated, and with one thing changed that might be meant otherwise or
   * that the papers leave open, by name.
   *
   * @param width W
   */
  static Map<String, Recipe> suspects(int width, List<Integer> seeds) {
    Plan papers = plan(Scale.FULL);
    double decay = papers.weightDecay();
    FullyConnected network = network(DEPTH, width);
    Map<String, Recipe> suspects = new LinkedHashMap<>();
    suspects.put("stated", recipe(papers, width, decay, seeds));
    suspects.put("depth-5", recipe(papers, network(DEPTH + 1, width), LOSS, decay, seeds));
    suspects.put(
        "whitened", recipe(papers, ParityOfDigits.WHITENED, network, START, LOSS, decay, seeds));
    suspects.put(
        "kaiming-weights",
        recipe(
            papers,
            ParityOfDigits.NAME,
            network,
            new Initialisation(Initialisation.Weight.KAIMING, START.gammas()),
            LOSS,
            decay,
            seeds));
    suspects.put(
        "unit-scales",
        recipe(
            papers,
            ParityOfDigits.NAME,
            network,
            new Initialisation(START.weights(), Initialisation.Gamma.ONE),
            LOSS,
            decay,
            seeds));
    return suspects;
  }

  /** Before training, after a tenth, and at every eighth from some on. */
  private static List<Integer> snapshots(Plan plan) {
    int epochs = plan.epochs();
    return IntStream.concat(
            IntStream.of(0, epochs / 10),
            IntStream.rangeClosed(plan.snapshotsFrom(), 8).map(eighth -> epochs * eighth / 8))
        .distinct()
        .boxed()
        .toList();
  }

  @Override
  public Optional<String> tooSlowAt(Scale scale) {
    return Optional.empty();
  }

  @Override
  public String departure(Scale scale) {
    Plan paper = plan(Scale.FULL);
    Plan here = plan(scale);
    return Departure.NONE
        .differing("epochs", here.epochs(), paper.epochs())
        .differing("learning rate", here.rate(), paper.rate())
        .differing("weight decay", here.weightDecay(), paper.weightDecay())
        .widths(here.widths(), paper.widths())
        .differing("seeds", here.seeds(), paper.seeds())
        .toString();
  }
}
