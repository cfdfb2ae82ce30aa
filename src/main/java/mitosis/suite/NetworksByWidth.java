package mitosis.suite;

import java.util.Collection;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import mitosis.analysis.EnsembleError;
import mitosis.evidence.Ensembles;
import mitosis.evidence.ErrorCurve;
import mitosis.evidence.FullNetworks;
import mitosis.evidence.Layers;
import mitosis.evidence.Subject;
import mitosis.evidence.VariancePeak;
import mitosis.representation.Representation;
import mitosis.representation.Split;
import mitosis.representation.TrainedNetworks;
import mitosis.train.Recipe;

/** Full networks of every width with weight decay, measured whole at the end of training. */
public final class NetworksByWidth {

  private final Trainings trainings;
  private final Supplier<Subject> widest;
  private FullNetworks networks = FullNetworks.none();
  private ErrorCurve errors;
  private Ensembles ensembles;

  /**
   * @param trainings of the study
   * @param widest of the networks, with their err∞
   */
  NetworksByWidth(Trainings trainings, Supplier<Subject> widest) {
    this.trainings = trainings;
    this.widest = widest;
  }

  private Collection<Recipe> recipes() {
    return trainings.study().regularised().values();
  }

  /** Test errors, with the err∞ of the widest. */
  public ErrorCurve errors() {
    measure();
    return errors;
  }

  /** How they fit their training set and how much they differ, beside the widest in chunks. */
  public VariancePeak.Family family() {
    measure();
    return new VariancePeak.Family(widest.get(), networks);
  }

  private void measure() {
    if (errors != null) {
      return;
    }
    int seeds = trainings.study().widest().seeds().size();
    int[] labels = trainings.dataset().test().labels();
    FullNetworks all = FullNetworks.none();
    float[][][] mistakes = new float[seeds][recipes().size()][];
    int k = 0;
    for (Recipe recipe : recipes()) {
      TrainedNetworks trained = trainings.networks(recipe);
      double[] trainErrors = new double[seeds];
      double[][][] logits = new double[seeds][][];
      for (int seed = 0; seed < seeds; seed++) {
        Representation layer = trained.representation(seed, Layers.ALL, Layers.ALL);
        logits[seed] = layer.readout().logits(layer.test());
        mistakes[seed][k] = alone(logits[seed], layer.test()).mistakes()[0];
        trainErrors[seed] = alone(layer.readout().logits(layer.train()), layer.train()).of(1);
      }
      all = all.with(recipe.width(), trainErrors, logits, labels);
      k++;
    }
    networks = all;
    errors = ErrorCurve.of(all.widths(), mistakes, widest.get().errInf());
  }

  /** One network, as an ensemble of itself. */
  static EnsembleError alone(double[][] logits, Split split) {
    return EnsembleError.of(new double[][][] {logits}, split.labels());
  }

  /** Their logits on the test images. */
  public Ensembles ensembles() {
    if (ensembles == null) {
      int[] labels = trainings.dataset().test().labels();
      ensembles = new Ensembles(recipes().stream().map(this::testLogits).toList(), labels);
    }
    return ensembles;
  }

  private Ensembles.Family testLogits(Recipe recipe) {
    TrainedNetworks trained = trainings.networks(recipe);
    double[][][] logits =
        IntStream.range(0, trained.seeds())
            .parallel()
            .mapToObj(
                seed -> {
                  Representation layer = trained.representation(seed, Layers.ALL, 1);
                  return layer.readout().logits(layer.test());
                })
            .toArray(double[][][]::new);
    return new Ensembles.Family(recipe.width(), recipe.network().activations(), logits);
  }
}
