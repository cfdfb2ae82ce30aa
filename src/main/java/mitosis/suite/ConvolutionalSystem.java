package mitosis.suite;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import mitosis.claim.Scale;
import mitosis.data.Datasets;
import mitosis.model.Convolutional;
import mitosis.train.Recipe;

/** What the systems of convolutional networks have in common. */
abstract class ConvolutionalSystem implements SystemOnData {

  /** How the networks are trained at a scale. */
  abstract ConvolutionalPlan plan(Scale scale);

  /**
   * One network of the family.
   *
   * @param width W
   * @param classes K
   * @param side pixels along an edge of the images
   */
  abstract Convolutional network(Scale scale, int width, int classes, int side);

  @Override
  public int seeds(Scale scale) {
    return plan(scale).seeds();
  }

  @Override
  public Study study(Scale scale, List<Integer> seeds, String dataset, Datasets datasets) {
    ConvolutionalPlan plan = plan(scale);
    int classes = datasets.classes(dataset);
    int side = datasets.side(dataset);
    SortedMap<Integer, Recipe> regularised = new TreeMap<>();
    for (int width : plan.widths()) {
      Convolutional network = network(scale, width, classes, side);
      regularised.put(width, plan.recipe(name(), dataset, network, seeds, width == plan.widest()));
    }
    Convolutional widest = network(scale, plan.widest(), classes, side);
    Optional<Recipe> without =
        isTrainedWithoutWeightDecay()
            ? Optional.of(plan.withoutWeightDecay().recipe(name(), dataset, widest, seeds, true))
            : Optional.empty();
    return Study.of(regularised, without, plan.stoppedEarly());
  }

  /** Whether the papers look at its networks without weight decay too. */
  boolean isTrainedWithoutWeightDecay() {
    return true;
  }

  @Override
  public Optional<String> tooSlowAt(Scale scale) {
    return scale == Scale.QUICK || scale == Scale.EXTENDED
        ? Optional.of("days on a CPU, too slow for the %s scale".formatted(scale.word()))
        : Optional.empty();
  }

  @Override
  public String departure(Scale scale) {
    if (scale == Scale.FULL) {
      return "The papers' recipe.";
    }
    ConvolutionalPlan here = plan(scale);
    ConvolutionalPlan paper = plan(Scale.FULL);
    return Departure.NONE
        .differing("widths", words(here.widths()), words(paper.widths()))
        .differing("seeds", here.seeds(), paper.seeds())
        .and(smallerIn(scale))
        .differing("epochs", here.epochs(), paper.epochs())
        .differing("batch", here.batch(), paper.batch())
        .differing("learning rate", here.rate(), paper.rate())
        .differing("weight decay", here.weightDecay(), paper.weightDecay())
        .differing("augmentation", words(here.augmentation()), words(paper.augmentation()))
        .toString();
  }

  /** What else a scale makes smaller, in words. */
  abstract String smallerIn(Scale scale);

  private static String words(List<Integer> widths) {
    return widths.stream().map(String::valueOf).collect(Collectors.joining(", "));
  }

  private static String words(Enum<?> value) {
    return value.name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ');
  }
}
