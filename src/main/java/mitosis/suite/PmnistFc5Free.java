package mitosis.suite;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
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
 * {@code pmnist-fc5-free}: the same task and network without BatchNorm and without any regulariser,
 * trained by Adam on the whole training set at once until the loss is zero (P21 §2, after Geiger et
 * al. 2020).
 */
public final class PmnistFc5Free implements SystemOnParityOfDigits {

  /** The system's name. */
  public static final String NAME = "pmnist-fc5-free";

  private static final int DEPTH = 4;
  private static final int TRAINING_DIGITS = 10_000;

  /** Long enough for the loss to reach zero; a training that has not by then is reported so. */
  private static final int MOST_EPOCHS = 100_000;

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public int seeds(Scale scale) {
    return scale == Scale.FULL ? 20 : 4;
  }

  @Override
  public Study study(Scale scale, List<Integer> seeds, String dataset, Datasets datasets) {
    int epochs = scale == Scale.SMOKE ? 2 : MOST_EPOCHS;
    SortedMap<Integer, Recipe> byWidth = new TreeMap<>();
    widths(scale).forEach(width -> byWidth.put(width, recipe(width, epochs, seeds)));
    return Study.of(byWidth, Optional.empty(), 0);
  }

  private static List<Integer> widths(Scale scale) {
    return switch (scale) {
      case SMOKE -> PmnistFc5.widths(3, 4);
      case QUICK, EXTENDED -> PmnistFc5.widths(4, 7);
      case FULL -> PmnistFc5.widths(1, 9);
    };
  }

  private static Recipe recipe(int width, int epochs, List<Integer> seeds) {
    // Lower for wide networks, so that one step moves each network's output about as far.
    double rate = Math.min(1e-4, 0.1 * Math.pow(width, -1.5));
    return new Recipe(
        NAME,
        ParityOfDigits.NAME,
        new FullyConnected(ParityOfDigits.COMPONENTS, DEPTH, width, false),
        seeds,
        new Initialisation(Initialisation.Weight.ORTHOGONAL, Initialisation.Gamma.ONE),
        Loss.SQUARED_HINGE,
        new Optimiser.Adam(0.9, 0.999, 1e-8),
        new Schedule.Constant(rate),
        Augmentation.NONE,
        TRAINING_DIGITS,
        epochs,
        List.of(0, epochs),
        true);
  }

  @Override
  public Optional<String> tooSlowAt(Scale scale) {
    return scale == Scale.QUICK
        ? Optional.of(
            "tens of thousands of full-batch steps until the loss is zero, too slow for the quick"
                + " scale")
        : Optional.empty();
  }

  @Override
  public String departure(Scale scale) {
    Departure departure =
        Departure.NONE
            .widths(widths(scale), widths(Scale.FULL))
            .differing("seeds", seeds(scale), seeds(Scale.FULL));
    return (scale == Scale.SMOKE ? departure.and("two epochs of training") : departure).toString();
  }
}
