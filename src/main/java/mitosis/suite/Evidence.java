package mitosis.suite;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import mitosis.analysis.CriticalWidths.CloneThresholds;
import mitosis.claim.ClaimId;
import mitosis.data.Dataset;
import mitosis.evidence.CriticalSize;
import mitosis.evidence.Subject;
import mitosis.evidence.Unmeasurable;
import mitosis.suite.Sizes.ChunkCurves;
import mitosis.train.Recipe;
import mitosis.train.Run;

/**
 * The networks of one system at one scale, and what is measured on them. Nothing is trained or
 * measured before it is asked for, and nothing twice.
 */
public final class Evidence {

  private final Trainings trainings;
  private final NetworksByWidth byWidth;
  private final CloneThresholds thresholds;
  private final boolean smoke;

  /**
   * @param study what is trained
   * @param claims those that will ask; they decide what is trained at once
   * @param trainer sees to it that runs are there, training them if need be
   * @param dataset of the study
   * @param thresholds by which clones are told in the networks
   * @param smoke whether nothing is to be decided, and all to be tried
   */
  public Evidence(
      Study study,
      Set<ClaimId> claims,
      Function<List<Recipe>, List<Run>> trainer,
      Supplier<Dataset> dataset,
      CloneThresholds thresholds,
      boolean smoke) {
    this.trainings = new Trainings(study, claims, trainer, dataset);
    this.byWidth = new NetworksByWidth(trainings, this::widest);
    this.thresholds = thresholds;
    this.smoke = smoke;
  }

  /** What it was trained on, loaded when first asked for. */
  public Dataset dataset() {
    return trainings.dataset();
  }

  /** What was trained. */
  public Study study() {
    return trainings.study();
  }

  /**
   * What a claim's numbers are measured on, to the byte.
   *
   * @throws mitosis.evidence.Unmeasurable.NotTrained if the widest networks are not there
   */
  List<String> fingerprint(ClaimId claim) {
    return trainings.fingerprint(claim);
  }

  /**
   * Sees to it that what the claims of this run ask for is trained.
   *
   * @throws mitosis.evidence.Unmeasurable.NotTrained if the widest networks are not there
   */
  void train() {
    trainings.train();
  }

  /** Number of seeds S. */
  public int seeds() {
    return study().widest().seeds().size();
  }

  /** The widest network with weight decay, at the end of training. */
  public Subject widest() {
    return training().end();
  }

  /** Whether the widest networks are there before the end of their training too. */
  public boolean showsTraining() {
    return study().widest().snapshots().size() > 1;
  }

  /** Whether the widest networks have more neurons in their last hidden layer than a number. */
  public boolean isWiderThan(double neurons) {
    return study().widest().width() > neurons;
  }

  /** The widest network before training. */
  public Subject atInitialisation() {
    return training().at(0);
  }

  /** The widest network early in training. */
  public Subject stoppedEarly() {
    return training().at(study().stoppedEarly());
  }

  /** The widest network without weight decay, at the end of training. */
  public Subject withoutWeightDecay() {
    return trainingWithoutWeightDecay().end();
  }

  /** The widest network with weight decay, through its training. */
  public TrainingCourse training() {
    return new TrainingCourse(trainings, study().widest(), "the widest network", thresholds, smoke);
  }

  /** The widest network without weight decay, through its training. */
  public TrainingCourse trainingWithoutWeightDecay() {
    return new TrainingCourse(
        trainings,
        study().withoutWeightDecay().orElseThrow(),
        "the widest network without weight decay",
        thresholds,
        smoke);
  }

  /** Full networks of every width with weight decay, at the end of training, the widest last. */
  public List<Subject> networks() {
    return study().regularised().keySet().stream().map(this::networksOfWidth).toList();
  }

  /** Those of widths from w* on, without the widest. */
  public List<Subject> networksBeyondCritical() {
    return Arrays.stream(sizes().widthsBeyondCritical(false))
        .mapToObj(this::networksOfWidth)
        .toList();
  }

  private Subject networksOfWidth(int width) {
    Recipe recipe = study().regularised().get(width);
    return recipe.equals(study().widest())
        ? widest()
        : trainings.subject("full networks of width " + width, recipe);
  }

  /** The same, measured whole beside one another. */
  public NetworksByWidth byWidth() {
    return byWidth;
  }

  /** Networks that differ in one thing from those. */
  public Variants variants() {
    return new Variants(trainings);
  }

  /** The numbers by which clones are told in the networks. */
  public CloneThresholds thresholds() {
    return thresholds;
  }

  /** How w* is found on training errors. */
  public CriticalSize criticalSize() {
    return new CriticalSize(thresholds.trainingError());
  }

  /**
   * w*, measured on the training errors of chunks of the widest network; infinite if it does not
   * fit its training set, but for a smoke run, which goes on with W/4 then.
   */
  public double criticalWidth() {
    double measured = criticalSize().of(widest());
    return smoke && Double.isInfinite(measured) ? study().widest().width() / 4.0 : measured;
  }

  /**
   * w*.
   *
   * @throws Unmeasurable if there is none
   */
  public double requiredCriticalWidth() {
    double critical = criticalWidth();
    if (Double.isInfinite(critical)) {
      throw new Unmeasurable(
          "a critical size w*, as the widest network does not fit its training set",
          "train it longer, with -Dscale=extended or -Dscale=full");
    }
    return critical;
  }

  /** The sizes that claims look at. */
  public Sizes sizes() {
    return new Sizes(this);
  }

  /** Test errors of chunks at those sizes. */
  public ChunkCurves chunks() {
    return new ChunkCurves(this);
  }
}
