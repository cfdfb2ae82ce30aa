package mitosis.suite;

import java.util.List;
import java.util.stream.IntStream;
import mitosis.analysis.ChunkSizes;
import mitosis.analysis.CriticalWidths.CloneThresholds;
import mitosis.analysis.Dynamics;
import mitosis.analysis.EnsembleError;
import mitosis.analysis.LayerSummary;
import mitosis.evidence.Layers;
import mitosis.evidence.Subject;
import mitosis.evidence.TrainingTrajectory;
import mitosis.evidence.Unmeasurable;
import mitosis.representation.Representation;
import mitosis.representation.TrainedNetworks;
import mitosis.train.Recipe;

/** The widest network through its training, snapshot by snapshot. */
public final class TrainingCourse {

  /** Fewer than at the end, as a whole layer is summed up at every snapshot. */
  private static final Subject.Chunks CHUNKS = new Subject.Chunks(100, 20);

  /** Fewer than elsewhere: the time that dimensions take goes with the square of their number. */
  private static final int IMAGES = 4_000;

  private static final long CHUNK_SEED = 1;

  private final Trainings trainings;
  private final Recipe recipe;
  private final String name;
  private final CloneThresholds thresholds;
  private final boolean smoke;

  /**
   * @param trainings of the study
   * @param recipe of the widest network
   * @param name what it is at the end of training
   * @param thresholds by which clones are told
   * @param smoke whether all is to be tried, though nothing can be seen
   */
  TrainingCourse(
      Trainings trainings, Recipe recipe, String name, CloneThresholds thresholds, boolean smoke) {
    this.trainings = trainings;
    this.recipe = recipe;
    this.name = name;
    this.thresholds = thresholds;
    this.smoke = smoke;
  }

  /** At the end of training. */
  public Subject end() {
    return trainings.subject(name, recipe);
  }

  /** At an epoch of which there is a snapshot; 0 is before training. */
  Subject at(int epoch) {
    if (epoch == trainings.lastEpoch(recipe)) {
      return end();
    }
    return trainings.subject(
        name + (epoch == 0 ? " at initialisation" : " at epoch " + epoch), recipe, epoch);
  }

  /** The snapshots from the middle of training on. */
  public List<Subject> secondHalf() {
    return secondHalfEpochs()
        .mapToObj(epoch -> epoch == recipe.epochs() ? end() : at(epoch))
        .toList();
  }

  /** The epochs of those. */
  public IntStream secondHalfEpochs() {
    return recipe.snapshots().stream()
        .mapToInt(Integer::intValue)
        .filter(epoch -> 2 * epoch >= recipe.epochs());
  }

  /** All snapshots. */
  public TrainingTrajectory snapshots() {
    return new TrainingTrajectory(
        IntStream.of(trainings.snapshots(recipe))
            .mapToObj(epoch -> new TrainingTrajectory.Moment(epoch, at(epoch)))
            .toList());
  }

  /**
   * All snapshots, if what happens once the network interpolates can be seen in them.
   *
   * @param widestGap the longest time between snapshots from there on, as a share of training
   * @throws Unmeasurable if the network does not interpolate before the last, or snapshots are
   *     further apart from there on; a smoke run goes on
   */
  public TrainingTrajectory phases(double widestGap) {
    TrainingTrajectory course = snapshots();
    return smoke ? course : course.showing(thresholds.trainingError(), widestGap);
  }

  /**
   * The first seed's layer summed up at all snapshots, on the first 4,000 test images, with the
   * err∞ that all seeds have there at the same epoch.
   */
  public Dynamics dynamics() {
    return new Dynamics(
        IntStream.of(trainings.snapshots(recipe))
            .mapToObj(epoch -> new Dynamics.Snapshot(epoch, summary(epoch)))
            .toList());
  }

  private LayerSummary summary(int epoch) {
    TrainedNetworks networks = trainings.networks(recipe, epoch);
    List<Representation> layers =
        IntStream.range(0, networks.seeds())
            .parallel()
            .mapToObj(seed -> networks.representation(seed, IMAGES, seed == 0 ? Layers.ALL : 1))
            .toList();
    double errInf =
        EnsembleError.of(
                layers.stream()
                    .map(layer -> layer.readout().logits(layer.test()))
                    .toArray(double[][][]::new),
                layers.get(0).test().labels())
            .limit(1);
    return LayerSummary.measure(
        layers.get(0),
        ChunkSizes.halvings(recipe.width()),
        CHUNKS.errors(),
        CHUNKS.reconstructions(),
        errInf,
        thresholds,
        CHUNK_SEED);
  }
}
