package mitosis.train;

import ai.djl.Device;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import mitosis.data.Dataset;
import mitosis.train.Run.EpochRecord;
import mitosis.train.RunStore.RunStoreException;
import mitosis.train.Training.TrainingState;
import mitosis.train.TrainingException.DivergedException;
import mitosis.train.TrainingException.MemoryExhausted;

/** Trains a recipe to its end, from its last checkpoint if there is one, and stores the run. */
final class RunTrainer {

  private final RunStore store;
  private final Duration checkpointEvery;
  private final Consumer<String> warning;

  /**
   * @param store where runs are kept
   * @param checkpointEvery at most this much training is lost when the process dies, plus a step
   * @param warning told of stored runs that could not be used
   */
  RunTrainer(RunStore store, Duration checkpointEvery, Consumer<String> warning) {
    this.store = store;
    this.checkpointEvery = checkpointEvery;
    this.warning = warning;
  }

  /**
   * Trains unless the run is stored already.
   *
   * @param progress told of every epoch
   * @throws DivergedException if the loss or a weight is no longer a finite number; nothing is
   *     stored then
   * @throws MemoryExhausted if the device's memory was not enough; checkpoints stay
   * @throws RunStoreException if the run cannot be written
   * @throws IllegalArgumentException if such a recipe is not trained in the store's precision
   */
  void train(Recipe recipe, Dataset dataset, Consumer<EpochRecord> progress) {
    store.execution().requireTrainable(recipe);
    RunFolder folder = new RunFolder(store.folder(recipe), recipe);
    try (Closeable lock = store.lock(recipe)) {
      if (usable(recipe)) {
        return;
      }
      folder.create();
      try {
        train(recipe, dataset, folder, progress);
      } catch (DivergedException e) {
        folder.delete();
        throw e;
      } catch (UncheckedIOException e) {
        throw e.getCause();
      } catch (OutOfMemoryError e) {
        throw MemoryExhausted.of(e, "training", recipe, recipe.batch(), store.execution(recipe));
      } catch (RuntimeException e) {
        throw MemoryExhausted.or(e, "training", recipe, recipe.batch(), store.execution(recipe));
      }
    } catch (IOException e) {
      throw new RunStoreException(
          "cannot store the run of %s in %s: %s; make room, or name another folder with -Druns.dir"
              .formatted(recipe.summary(), store.root().toAbsolutePath(), e.getMessage()),
          e);
    }
  }

  private boolean usable(Recipe recipe) {
    try {
      return store.find(recipe).isPresent();
    } catch (RunStoreException.Damaged e) {
      warning.accept(
          "%s; it is set aside as %s and trained again"
              .formatted(e.getMessage(), store.setAside(recipe).getFileName()));
      return false;
    }
  }

  private void train(
      Recipe recipe, Dataset dataset, RunFolder folder, Consumer<EpochRecord> progress)
      throws IOException {
    Optional<RunFolder.Resumable> resumable = folder.resumable();
    List<EpochRecord> history =
        new ArrayList<>(resumable.map(r -> r.checkpoint().history()).orElse(List.of()));
    Map<String, String> snapshots =
        new TreeMap<>(resumable.map(r -> r.checkpoint().snapshots()).orElse(Map.of()));
    double before = resumable.map(r -> r.checkpoint().seconds()).orElse(0.0);
    long start = System.nanoTime();
    Device device = store.execution().place();
    try (Training training =
        new Training(
            recipe,
            dataset.train(),
            device,
            TrainingStep.in(store.execution().precision()),
            resumable.map(RunFolder.Resumable::state).orElseGet(() -> TrainingState.before(recipe)),
            warning)) {
      Checkpoints checkpoints =
          new Checkpoints(
              checkpointEvery,
              () ->
                  folder.checkpoint(
                      training.state(),
                      history,
                      snapshots,
                      before + (System.nanoTime() - start) / 1e9));
      if (resumable.isEmpty() && recipe.snapshots().contains(0)) {
        keep(folder.snapshot(0, training.snapshot()), snapshots);
      }
      boolean finished = false;
      while (!finished) {
        EpochRecord record = training.next(checkpoints::keepIfDue);
        history.add(record);
        progress.accept(record);
        finished =
            training.epoch() == recipe.epochs()
                || recipe.stopAtZeroLoss() && allZero(record.loss());
        if (finished || recipe.snapshots().contains(training.epoch())) {
          keep(folder.snapshot(training.epoch(), training.snapshot()), snapshots);
        }
        if (!finished) {
          checkpoints.keepIfDue();
        }
      }
    }
    folder.complete(
        store.hash(recipe),
        dataset.fingerprint(),
        store.execution(recipe),
        history,
        snapshots,
        before + (System.nanoTime() - start) / 1e9);
  }

  private static boolean allZero(double[] losses) {
    for (double loss : losses) {
      if (loss != 0) {
        return false;
      }
    }
    return true;
  }

  private static void keep(Map.Entry<String, String> file, Map<String, String> snapshots) {
    snapshots.put(file.getKey(), file.getValue());
  }

  /** Keeps the state of a training from time to time. */
  private static final class Checkpoints {

    /** Writes a state down. */
    interface Keeper {
      void keep() throws IOException;
    }

    private final Duration every;
    private final Keeper keeper;
    private long last = System.nanoTime();

    /**
     * @param every the time from one to the next
     * @param keeper writes the state down
     */
    Checkpoints(Duration every, Keeper keeper) {
      this.every = every;
      this.keeper = keeper;
    }

    /**
     * Keeps the state if the last one is too old.
     *
     * @throws UncheckedIOException if it cannot be written
     */
    void keepIfDue() {
      if (System.nanoTime() - last < every.toNanos()) {
        return;
      }
      try {
        keeper.keep();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      last = System.nanoTime();
    }
  }
}
