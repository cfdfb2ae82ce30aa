package mitosis.train;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import mitosis.model.FullyConnected;
import mitosis.train.Budget.BudgetSpent;
import mitosis.train.EngineProcess.HeapNeed;
import mitosis.train.Run.EpochRecord;
import mitosis.train.RunStore.RunStoreException;

/**
 * Trains recipes side by side in processes of their own, one for each core or GPU: the engine keeps
 * one gradient collector a process and may abort its process.
 */
public final class TrainingPool {

  private static final double CHECKPOINT_SECONDS = 30;

  /**
   * Number of training examples by which costs are compared: pMNIST's. Trainings that run together
   * share a dataset, so that its true size would not change their order.
   */
  private static final int EXAMPLES = 10_000;

  private final RunStore store;
  private final Path dataDir;
  private final List<DeviceSlot> places;
  private final Class<?> worker;
  private final double checkpointSeconds;
  private final Budget budget;
  private final Progress progress;
  private final Pace pace;

  /**
   * On the CPU, as long as it takes.
   *
   * @param store where runs are kept
   * @param dataDir the folder that holds the data
   * @param workers how many trainings at once
   * @param progress told how they get on
   */
  public TrainingPool(RunStore store, Path dataDir, int workers, Progress progress) {
    this(store, dataDir, DeviceSlot.cores(workers), Budget.none(), progress);
  }

  /**
   * @param store where runs are kept
   * @param dataDir the folder that holds the data
   * @param places where it is trained, a training at a time on each
   * @param budget how long
   * @param progress told how they get on
   */
  public TrainingPool(
      RunStore store, Path dataDir, List<DeviceSlot> places, Budget budget, Progress progress) {
    this(store, dataDir, places, Worker.class, CHECKPOINT_SECONDS, budget, progress);
  }

  TrainingPool(
      RunStore store,
      Path dataDir,
      List<DeviceSlot> places,
      Class<?> worker,
      double checkpointSeconds,
      Budget budget,
      Progress progress) {
    this.store = store;
    this.dataDir = dataDir;
    this.places = List.copyOf(places);
    this.worker = worker;
    this.checkpointSeconds = checkpointSeconds;
    this.budget = budget;
    this.pace = new Pace(progress);
    this.progress = pace;
  }

  /**
   * Sees to it that every recipe's run is stored, training those that are not; one caller after the
   * other.
   *
   * @return the runs, in the order of the recipes
   * @throws TrainingException if a training diverged or its process died; the others are finished
   *     first
   * @throws BudgetSpent if there was no time for some; what was trained of them is kept
   * @throws RunStoreException if a run cannot be stored
   */
  public synchronized List<Run> train(List<Recipe> recipes) {
    List<Recipe> missing = store.missing(recipes);
    if (!missing.isEmpty()) {
      trainMissing(missing);
      requireAll(recipes);
    }
    return recipes.stream()
        .map(
            recipe ->
                store
                    .find(recipe)
                    .orElseThrow(
                        () ->
                            new TrainingException(
                                "the run of %s vanished from %s"
                                    .formatted(recipe.summary(), store.root()))))
        .toList();
  }

  /** For how long it has trained so far. */
  public double seconds() {
    return pace.seconds();
  }

  private void requireAll(List<Recipe> recipes) {
    List<Recipe> missing = budget.isSpent() ? store.missing(recipes) : List.of();
    if (!missing.isEmpty()) {
      long asked = recipes.stream().distinct().count();
      throw new BudgetSpent(
          "the budget of %s was spent after %d of %d trainings"
              .formatted(budget, asked - missing.size(), asked),
          "run the same command again: it goes on where it stopped"
              + pace.time(missing.stream().mapToDouble(this::costLeft).sum())
                  .map(time -> " (about %s more, by the pace so far)".formatted(Budget.words(time)))
                  .orElse(""));
    }
  }

  private void trainMissing(List<Recipe> missing) {
    if (budget.isSpent()) {
      return;
    }
    budget.start();
    progress.begin(missing.size(), missing.stream().mapToDouble(TrainingPool::cost).sum());
    try {
      long heap = missing.stream().mapToLong(HeapNeed::megabytes).max().orElseThrow();
      new TrainingRound(ordered(missing), (place, log) -> start(place, heap, log), progress)
          .run(places, budget);
    } finally {
      progress.end();
    }
  }

  /**
   * Without an end the longest first, or one long training is left for the last while the other
   * places idle. With one the shortest first: whenever it ends, most trainings are done, those that
   * were nearly done last time before all, and most claims find what they need.
   */
  private List<Recipe> ordered(List<Recipe> missing) {
    ToDoubleFunction<Recipe> first = budget.isLimited() ? this::costLeft : each -> -cost(each);
    return missing.stream().sorted(Comparator.comparingDouble(first)).toList();
  }

  /** Multiply-adds that a training still takes after its last checkpoint. */
  private double costLeft(Recipe recipe) {
    double done = new RunFolder(store.folder(recipe), recipe).epochsDone();
    return cost(recipe) * (1 - done / recipe.epochs());
  }

  /** The cost of a training with a training set of 10,000 examples, in multiply-adds. */
  public static double cost(Recipe recipe) {
    return cost(recipe, EXAMPLES);
  }

  /**
   * Multiply-adds of a whole training, and as many as would take the time that it takes besides: a
   * backward pass costs two forward ones. Of a network without convolutions what lies between the
   * products counts, passes over every activity; of one with them, the calls into the engine, some
   * hundred a step.
   *
   * @param examples in the training set
   */
  public static double cost(Recipe recipe, int examples) {
    int seeds = recipe.seeds().size();
    boolean isFullyConnected = recipe.network() instanceof FullyConnected;
    double perExample =
        3.0 * recipe.network().multiplyAdds()
            + (isFullyConnected ? 160.0 * recipe.network().activations() : 0);
    double perStep = isFullyConnected ? 1.5e5 * seeds : 2e7;
    return (double) recipe.epochs()
        * (examples * seeds * perExample + perStep * examples / recipe.batch());
  }

  /** Starts a worker, its complaints going to a file. */
  Process start(DeviceSlot place, long heapMegabytes, Path log) throws IOException {
    return EngineProcess.of(
            place,
            store.execution().threads(),
            heapMegabytes,
            worker,
            List.of(
                store.root().toAbsolutePath().toString(),
                dataDir.toAbsolutePath().toString(),
                Json.line(store.execution()),
                Double.toString(checkpointSeconds)))
        .redirectError(log.toFile())
        .start();
  }

  /** How fast trainings have gone so far, passed on to who else wants to know how they get on. */
  private static final class Pace implements Progress {

    private final Progress next;
    private double worked;
    private long nanos;
    private long begun;

    Pace(Progress next) {
      this.next = next;
    }

    /**
     * How long trainings may take.
     *
     * @param cost of them, in multiply-adds
     * @return nothing as long as no epoch was trained
     */
    synchronized Optional<Duration> time(double cost) {
      return worked == 0
          ? Optional.empty()
          : Optional.of(Duration.ofSeconds((long) (nanos / 1e9 * cost / worked)));
    }

    /** How long trainings took so far. */
    synchronized double seconds() {
      return nanos / 1e9;
    }

    @Override
    public synchronized void begin(int recipes, double cost) {
      begun = System.nanoTime();
      next.begin(recipes, cost);
    }

    @Override
    public synchronized void epoch(Recipe recipe, EpochRecord record) {
      worked += TrainingPool.cost(recipe) / recipe.epochs();
      next.epoch(recipe, record);
    }

    @Override
    public void warning(String text) {
      next.warning(text);
    }

    @Override
    public void done(Recipe recipe) {
      next.done(recipe);
    }

    @Override
    public synchronized void end() {
      nanos += System.nanoTime() - begun;
      next.end();
    }
  }

  /** Is told how trainings get on; may be called from several threads at once. */
  public interface Progress {

    /**
     * Trainings are about to begin.
     *
     * @param recipes how many
     * @param cost their cost in all, in multiply-adds
     */
    void begin(int recipes, double cost);

    /**
     * An epoch is done.
     *
     * @param recipe of the training
     * @param record of the epoch
     */
    void epoch(Recipe recipe, EpochRecord record);

    /** Something a person should know, such as a damaged run that is trained again. */
    void warning(String text);

    /** A training is done. */
    void done(Recipe recipe);

    /** All trainings are done, or were given up. */
    void end();
  }
}
