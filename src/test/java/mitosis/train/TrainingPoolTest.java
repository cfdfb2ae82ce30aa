package mitosis.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import mitosis.data.Digits;
import mitosis.train.Budget.BudgetSpent;
import mitosis.train.TrainingPool.Progress;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingPoolTest {

  @TempDir private Path runs;

  private RunStore store;

  @BeforeEach
  void open() {
    store = RunStore.open(runs, Execution.onCpu(), Digits.DATASETS);
  }

  @Test
  void stored_runs_are_returned_in_the_order_asked_for_without_starting_anything() {
    Recipe one = Recipes.of(4, List.of(1), 0.1, 32, 2);
    Recipe two = Recipes.of(4, List.of(2), 0.1, 32, 3);
    trainHere(one);
    trainHere(two);
    RecordedProgress progress = new RecordedProgress();
    List<Run> found = pool(progress).train(List.of(two, one, two));
    assertThat(found).extracting(Run::recipe).containsExactly(two, one, two);
    assertThat(progress.events()).isEmpty();
  }

  /** Each of the pools starts a process of its own. One trains, the other waits and finds it. */
  @Test
  void two_pools_given_the_same_recipe_and_folder_get_the_same_run() throws Exception {
    Recipe recipe = Recipes.of(16, List.of(1), 0.1, 1000, 20);
    RecordedProgress progress = new RecordedProgress();
    CompletableFuture<List<Run>> other =
        CompletableFuture.supplyAsync(
            () -> pool(new RecordedProgress()).train(List.of(recipe)),
            command -> new Thread(command, "the other pool").start());

    Run here = pool(progress).train(List.of(recipe)).get(0);
    Run there = other.get().get(0);

    // Two trainings would differ in the seconds that they took.
    assertThat(here.manifest()).isEqualTo(there.manifest());
    assertThat(here.history()).hasSize(20);
    assertThat(here.finalWeights()).usingRecursiveComparison().isEqualTo(there.finalWeights());
    assertThat(progress.warnings()).isEmpty();
    assertThat(progress.events()).containsExactly("begin 1", "done " + recipe.summary(), "end");
    assertThat(store.folder(recipe).getParent().toFile().list())
        .containsExactlyInAnyOrder(store.hash(recipe), store.hash(recipe) + ".lock");
  }

  /**
   * One worker, four trainings, the longest first: one diverges, the process of the second is
   * killed, the stored run of the third is damaged. A new process finishes what is left.
   */
  @Test
  void a_training_that_fails_keeps_no_other_from_its_end() throws IOException {
    Recipe diverging = Recipes.of(16, List.of(9), 1e8, 1000, 90);
    Recipe killed = Recipes.of(16, List.of(8), 0.1, 1000, 80);
    Recipe damaged = Recipes.of(16, List.of(7), 0.1, 1000, 3);
    Recipe good = Recipes.of(16, List.of(6), 0.1, 1000, 2);
    trainHere(damaged);
    Files.write(store.folder(damaged).resolve("history.json"), new byte[5]);
    AtomicBoolean kill = new AtomicBoolean(true);
    RecordedProgress progress =
        new RecordedProgress(
            recipe -> {
              if (recipe.equals(killed) && kill.getAndSet(false)) {
                killWorker();
              }
            });

    assertThatThrownBy(() -> pool(progress).train(List.of(good, damaged, killed, diverging)))
        .isInstanceOf(TrainingException.class)
        .hasMessageContainingAll(
            "pmnist-fc5, width 16, seed 9 diverged in epoch ", "nothing was stored")
        .hasMessageContainingAll(
            "the process training " + killed.summary() + " on CPU",
            "exit code 137 (killed by signal 9: most likely the machine's memory ran out");

    assertThat(progress.events())
        .containsExactly("begin 4", "done " + damaged.summary(), "done " + good.summary(), "end");
    assertThat(progress.warnings()).hasSize(1);
    assertThat(progress.warnings().get(0)).contains("history.json", "set aside", "trained again");
    assertThat(store.find(good)).isPresent();
    assertThat(store.find(damaged)).isPresent();
    assertThat(store.find(killed)).isEmpty();
    assertThat(store.find(diverging)).isEmpty();
    Path aside = runs.resolve("pmnist-fc5").resolve(store.hash(damaged) + ".damaged-1");
    assertThat(aside.resolve("history.json")).hasSize(5);
  }

  /** As when the disk has filled up since the folder was opened: no worker can open it. */
  @Test
  void a_folder_that_can_no_longer_be_used_is_told_for_each_training() throws IOException {
    Recipe one = Recipes.of(4, List.of(1), 0.1, 1000, 2);
    Recipe two = Recipes.of(4, List.of(2), 0.1, 1000, 2);
    Path folder = runs.resolve("folder");
    store = RunStore.open(folder, Execution.onCpu(), Digits.DATASETS);
    Files.delete(folder);
    Files.createFile(folder);

    assertThatThrownBy(() -> pool(new RecordedProgress()).train(List.of(one, two)))
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining("runs.dir " + folder + " is a file, expected a folder")
        .hasMessageNotContaining("last words");
  }

  @Test
  void an_error_beside_a_training_is_told() {
    RecordedProgress progress =
        new RecordedProgress(
            recipe -> {
              throw new IllegalStateException("no room on the screen");
            });

    assertThatThrownBy(
            () -> pool(progress).train(List.of(Recipes.of(16, List.of(5), 0.1, 1000, 2))))
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining("no room on the screen");
  }

  /** The clock jumps to the budget's end at the third epoch of the long training. */
  @Test
  void when_the_time_is_over_what_is_under_way_is_kept_and_nothing_new_begins() {
    Recipe endless = Recipes.of(16, List.of(1), 0.01, 1000, 100_000);
    Recipe quick = Recipes.of(16, List.of(2), 0.01, 1000, 2);
    AtomicLong clock = new AtomicLong();
    AtomicInteger epochs = new AtomicInteger();
    RecordedProgress progress =
        new RecordedProgress(
            recipe -> {
              if (recipe.equals(endless) && epochs.incrementAndGet() == 3) {
                clock.set(Duration.ofHours(7).toNanos());
              }
            });
    Budget budget = Budget.of(Duration.ofHours(7), clock::get);
    TrainingPool pool = pool(0, budget, progress);

    assertThatThrownBy(() -> pool.train(List.of(endless, quick)))
        .isInstanceOf(BudgetSpent.class)
        .hasMessage("the budget of 7 h was spent after 1 of 2 trainings")
        .extracting(e -> ((BudgetSpent) e).remedy())
        .asString()
        .matches("run the same command again: .* stopped \\(about .* more, by the pace so far\\)");

    assertThat(progress.events())
        .as("the shortest first")
        .containsExactly("begin 2", "done " + quick.summary(), "end");
    // The third epoch is told after the second one's checkpoint.
    assertThat(new RunFolder(store.folder(endless), endless).epochsDone()).isBetween(2, 99_999);
    assertThat(store.missing(List.of(quick, endless, endless))).containsExactly(endless);
    assertThat(pool.train(List.of(quick))).hasSize(1);
    assertThatThrownBy(() -> pool.train(List.of(Recipes.of(8, List.of(4), 0.01, 1000, 2))))
        .isInstanceOf(BudgetSpent.class)
        .hasMessageContaining("after 0 of 1 trainings");
    assertThat(progress.events()).hasSize(3);
  }

  @Test
  void the_cost_of_a_training_grows_with_everything_that_takes_time() {
    double cost = TrainingPool.cost(Recipes.of(64, List.of(1), 0.1, 256, 10));
    assertThat(TrainingPool.cost(Recipes.of(128, List.of(1), 0.1, 256, 10))).isGreaterThan(cost);
    assertThat(TrainingPool.cost(Recipes.of(64, List.of(1, 2), 0.1, 256, 10))).isGreaterThan(cost);
    assertThat(TrainingPool.cost(Recipes.of(64, List.of(1), 0.1, 128, 10))).isGreaterThan(cost);
    assertThat(TrainingPool.cost(Recipes.of(64, List.of(1), 0.1, 256, 20))).isEqualTo(2 * cost);
    assertThat(TrainingPool.cost(Recipes.of(64, List.of(1), 0.1, 256, 10), 50_000))
        .isEqualTo(5 * cost);
  }

  private static void killWorker() {
    List<ProcessHandle> workers =
        ProcessHandle.current()
            .children()
            .filter(ProcessHandle::isAlive)
            // Not by its command line: the system cuts off long ones, and the class path is long.
            .filter(child -> child.info().command().filter(c -> c.endsWith("java")).isPresent())
            .toList();
    assertThat(workers).hasSize(1);
    workers.get(0).destroyForcibly();
  }

  private TrainingPool pool(Progress progress) {
    return pool(30, Budget.none(), progress);
  }

  private TrainingPool pool(double checkpointSeconds, Budget budget, Progress progress) {
    return new TrainingPool(
        store,
        Digits.FIXTURES,
        DeviceSlot.cores(1),
        WorkerOnMadeUpVectors.class,
        checkpointSeconds,
        budget,
        progress);
  }

  /** A run under the recipe's name, of a few examples only. */
  private void trainHere(Recipe recipe) {
    new RunTrainer(store, Duration.ofHours(1), warning -> {})
        .train(recipe, Recipes.dataset(64), record -> {});
  }
}
