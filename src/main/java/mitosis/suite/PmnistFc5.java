package mitosis.suite;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import mitosis.claim.Scale;
import mitosis.data.Datasets;
import mitosis.data.ParityOfDigits;
import mitosis.model.FullyConnected;
import mitosis.train.Augmentation;
import mitosis.train.Initialisation;
import mitosis.train.Loss;
import mitosis.train.Optimiser;
import mitosis.train.Recipe;
import mitosis.train.Schedule;

/**
 * {@code pmnist-fc5}: the parity of MNIST digits from ten principal components, learned by a fully
 * connected network with BatchNorm and weight decay (P22 §2.1; P21 §2, "a second test").
 */
public final class PmnistFc5 implements SystemOnData {

  /** The system's name. */
  public static final String NAME = "pmnist-fc5";

  private static final int DEPTH = 4;
  private static final int BATCH = 256;
  private static final double MOMENTUM = 0.9;

  /** What a scale changes. */
  private record Plan(
      List<Integer> widths, int seeds, double rate, double weightDecay, int epochs) {}

  private static Plan plan(Scale scale) {
    return switch (scale) {
      case SMOKE -> new Plan(widths(2, 4), 3, 0.02, 5e-3, 2);
      case QUICK -> new Plan(widths(3, 8), 4, 0.02, 5e-3, 160);
      case EXTENDED -> new Plan(widths(1, 9), 10, 0.02, 5e-3, 160);
      case FULL -> new Plan(widths(1, 9), 20, 1e-3, 1e-2, 5_000);
    };
  }

  private static List<Integer> widths(int firstPower, int lastPower) {
    return IntStream.rangeClosed(firstPower, lastPower).mapToObj(power -> 1 << power).toList();
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String dataset(Scale scale) {
    return ParityOfDigits.NAME;
  }

  @Override
  public int classes() {
    return 2;
  }

  @Override
  public String standIn() {
    return ParityOfDigits.NAME;
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
    return Study.of(regularised, Optional.of(recipe(plan, widest, 0, seeds)), plan.epochs() / 10);
  }

  private static Recipe recipe(Plan plan, int width, double weightDecay, List<Integer> seeds) {
    int epochs = plan.epochs();
    return new Recipe(
        NAME,
        ParityOfDigits.NAME,
        new FullyConnected(ParityOfDigits.COMPONENTS, DEPTH, width, true),
        seeds,
        new Initialisation(Initialisation.Weight.ORTHOGONAL, Initialisation.Gamma.UNIFORM),
        Loss.SQUARED_HINGE,
        new Optimiser.Sgd(MOMENTUM, weightDecay),
        new Schedule.Cosine(plan.rate(), 0),
        Augmentation.NONE,
        BATCH,
        epochs,
        snapshots(epochs),
        false);
  }

  /** Before training, after a tenth, and at every eighth of the second half. */
  private static List<Integer> snapshots(int epochs) {
    return IntStream.concat(
            IntStream.of(0, epochs / 10),
            IntStream.rangeClosed(4, 8).map(eighth -> epochs * eighth / 8))
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
    if (scale == Scale.FULL) {
      return "The papers' recipe.";
    }
    return ("%d epochs instead of %,d, learning rate %s instead of %s, weight decay %s instead of %s,"
            + " widths %s instead of 2 to 512, %d seeds instead of 20; all else as in the papers.")
        .formatted(
            here.epochs(),
            paper.epochs(),
            here.rate(),
            paper.rate(),
            here.weightDecay(),
            paper.weightDecay(),
            here.widths().get(0) + " to " + here.widths().get(here.widths().size() - 1),
            here.seeds());
  }
}
