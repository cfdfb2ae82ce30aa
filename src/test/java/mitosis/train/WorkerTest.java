package mitosis.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import mitosis.data.Digits;
import mitosis.train.Worker.WorkerMessage;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkerTest {

  private static final int EPOCHS = 30;

  @Test
  void a_training_that_was_killed_ends_with_the_same_bits(@TempDir Path folder) throws Exception {
    expectTheSameBits(1, folder);
  }

  @Tag("process")
  @Test
  void a_training_that_was_killed_three_times_ends_with_the_same_bits(@TempDir Path folder)
      throws Exception {
    expectTheSameBits(3, folder);
  }

  /**
   * Workers with a checkpoint after every step are killed, each somewhere after its first epoch,
   * and another one finishes. The result is compared with a training in this process.
   */
  private static void expectTheSameBits(int kills, Path folder) throws Exception {
    Recipe recipe = Recipes.of(16, List.of(2, 5), 0.1, 1000, EPOCHS, List.of(0, 10, EPOCHS));
    RunStore undisturbed =
        RunStore.open(folder.resolve("undisturbed"), Execution.onCpu(), Digits.DATASETS);
    new RunTrainer(undisturbed, Duration.ofHours(1), warning -> {})
        .train(recipe, Recipes.dataset(WorkerOnMadeUpVectors.EXAMPLES), record -> {});
    Run expected = undisturbed.find(recipe).orElseThrow();

    RunStore disturbed =
        RunStore.open(folder.resolve("disturbed"), Execution.onCpu(), Digits.DATASETS);
    long seed = Long.getLong("kill.seed", System.nanoTime());
    System.out.printf("kills at random points; the same ones again with -Dkill.seed=%d%n", seed);
    Random random = new Random(seed);
    int reported = 0;
    for (int kill = 0; kill < kills; kill++) {
      try (WorkerProcess worker = new WorkerProcess(disturbed, WorkerOnMadeUpVectors.class, 0)) {
        worker.train(recipe);
        int epochs = 1 + random.nextInt(6);
        for (int k = 0; k < epochs; k++) {
          reported = expectNext(worker.next(), reported, k == 0);
        }
        Thread.sleep(random.nextInt(15));
        assertThat(worker.kill()).as("exit code after kill -9, seed %d", seed).isEqualTo(128 + 9);
      }
      assertThat(disturbed.find(recipe)).as("after kill %d of seed %d", kill, seed).isEmpty();
    }
    try (WorkerProcess worker = new WorkerProcess(disturbed, WorkerOnMadeUpVectors.class, 0)) {
      worker.train(recipe);
      WorkerMessage message = worker.next();
      for (boolean first = true; message.kind() == WorkerMessage.Kind.PROGRESS; first = false) {
        reported = expectNext(message, reported, first);
        message = worker.next();
      }
      assertThat(message).isEqualTo(WorkerMessage.done());
    }

    Run found = disturbed.find(recipe).orElseThrow();
    assertThat(reported).isEqualTo(EPOCHS);
    // Names and SHA-256 of recipe, history and all weights.
    assertThat(found.manifest().files())
        .as("files after kills of seed %d", seed)
        .containsKeys("history.json", "epoch-00000.safetensors", "epoch-00030.safetensors")
        .isEqualTo(expected.manifest().files());
    assertThat(found.folder().toFile().list()).hasSize(found.manifest().files().size() + 1);
  }

  /**
   * Epochs follow one another; a new worker begins after the last checkpoint, which is at most an
   * epoch before the last report that was read.
   */
  private static int expectNext(WorkerMessage message, int reported, boolean first) {
    assertThat(message.kind()).as(message.text()).isEqualTo(WorkerMessage.Kind.PROGRESS);
    int epoch = message.epoch().epoch();
    if (first) {
      assertThat(epoch).isBetween(Math.max(1, reported), EPOCHS);
    } else {
      assertThat(epoch).isEqualTo(reported + 1);
    }
    return epoch;
  }

  /** As by Ctrl-C in the shell that it was started from. */
  @Test
  void a_worker_that_is_told_to_end_leaves_no_crash_report(@TempDir Path folder)
      throws IOException, InterruptedException {
    RunStore store = RunStore.open(folder, Execution.onCpu(), Digits.DATASETS);
    try (WorkerProcess worker = new WorkerProcess(store, Worker.class, 30)) {
      worker.train(Recipes.of(16, List.of(1), 0.01, 1000, 1_000_000));
      assertThat(worker.next().kind()).isEqualTo(WorkerMessage.Kind.PROGRESS);
      assertThat(worker.terminate()).isEqualTo(128 + 15);
      assertThat(Path.of("hs_err_pid%d.log".formatted(worker.pid()))).doesNotExist();
    }
  }

  @Test
  void a_worker_ends_when_its_input_ends_even_in_mid_training(@TempDir Path folder)
      throws IOException, InterruptedException {
    RunStore store = RunStore.open(folder, Execution.onCpu(), Digits.DATASETS);
    Recipe endless = Recipes.of(16, List.of(1), 0.01, 1000, 1_000_000);
    try (WorkerProcess worker = new WorkerProcess(store, WorkerOnMadeUpVectors.class, 30)) {
      worker.train(endless);
      assertThat(worker.next().kind()).isEqualTo(WorkerMessage.Kind.PROGRESS);
      worker.closeInput();
      assertThat(worker.exitCode()).isEqualTo(1);
    }
    assertThat(store.find(endless)).isEmpty();
  }
}
