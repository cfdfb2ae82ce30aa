package mitosis.train;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import mitosis.train.TrainingPool.Progress;
import mitosis.train.Worker.WorkerMessage;

/**
 * Recipes that are trained side by side, each slot taking the next when it is done with one, until
 * none is left or the time is over. What is under way then goes on next time from its last
 * checkpoint.
 */
final class TrainingRound {

  private static final long LOOK_EVERY_MILLIS = 100;
  private static final int KILLED = 128 + 9;

  /** Starts a worker, its complaints going to a file. */
  interface Starter {
    Process start(DeviceSlot place, Path log) throws IOException;
  }

  private final Starter starter;
  private final Progress progress;
  private final Queue<Recipe> queue;
  private final List<String> failures = Collections.synchronizedList(new ArrayList<>());
  private final Set<Process> running = ConcurrentHashMap.newKeySet();
  private volatile boolean over;

  /**
   * @param recipes in the order in which they are begun
   * @param starter of workers
   * @param progress told how they get on
   */
  TrainingRound(List<Recipe> recipes, Starter starter, Progress progress) {
    this.queue = new ConcurrentLinkedQueue<>(recipes);
    this.starter = starter;
    this.progress = progress;
  }

  /**
   * Trains.
   *
   * @param places where
   * @param budget how long at most
   * @throws TrainingException if a training diverged or its process died; the others are finished
   *     first
   */
  void run(List<DeviceSlot> places, Budget budget) {
    List<Thread> threads = new ArrayList<>();
    for (DeviceSlot place : places.subList(0, Math.min(places.size(), queue.size()))) {
      threads.add(new Thread(() -> attend(place), "training on " + place));
    }
    ScheduledExecutorService clock =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "budget");
              thread.setDaemon(true);
              return thread;
            });
    try {
      clock.scheduleWithFixedDelay(
          () -> stopIfSpent(budget), 0, LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS);
      threads.forEach(Thread::start);
      for (Thread thread : threads) {
        thread.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TrainingException("interrupted while training", e);
    } finally {
      clock.shutdownNow();
    }
    if (!failures.isEmpty()) {
      throw new TrainingException(String.join(System.lineSeparator(), failures));
    }
  }

  /** A worker that is killed loses what it did since its last checkpoint, and no more. */
  private void stopIfSpent(Budget budget) {
    if (budget.isSpent()) {
      over = true;
      queue.clear();
      running.forEach(Process::destroyForcibly);
    }
  }

  /** Feeds workers one after the other, a new one where one died, until nothing is left. */
  private void attend(DeviceSlot place) {
    try {
      for (Recipe recipe = queue.poll(); recipe != null; recipe = queue.poll()) {
        attend(place, recipe);
      }
    } catch (IOException e) {
      failures.add("cannot start a training process: " + e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      failures.add("interrupted while training");
    } catch (RuntimeException | Error e) {
      // Nobody waits for what this thread throws.
      failures.add("cannot follow a training process: " + e);
    }
  }

  /** Feeds one worker until nothing is left or it dies. */
  private void attend(DeviceSlot place, Recipe first) throws IOException, InterruptedException {
    Path log = Files.createTempFile("mitosis-worker", ".log");
    try {
      Process process = starter.start(place, log);
      running.add(process);
      try (PrintStream in =
              new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
          BufferedReader out =
              new BufferedReader(
                  new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
        for (Recipe recipe = first; recipe != null && !over; recipe = queue.poll()) {
          in.println(Json.line(recipe));
          if (!follow(recipe, out)) {
            if (!over) {
              failures.add(death(recipe, place, process.waitFor(), log));
            }
            return;
          }
        }
        in.println();
      } finally {
        process.destroy();
        running.remove(process);
      }
    } finally {
      Files.deleteIfExists(log);
    }
  }

  /** Whether the training came to an end, good or bad; false if the process died. */
  private boolean follow(Recipe recipe, BufferedReader out) throws IOException {
    try {
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        WorkerMessage message = Json.read(line, WorkerMessage.class);
        switch (message.kind()) {
          case PROGRESS -> progress.epoch(recipe, message.epoch());
          case WARNING -> progress.warning(message.text());
          case DONE -> {
            progress.done(recipe);
            return true;
          }
          case FAILED -> {
            failures.add(message.text());
            return true;
          }
        }
      }
    } catch (IOException | IllegalArgumentException e) {
      // A message that was cut off by the end of the time is no failure.
      if (!over) {
        throw e;
      }
    }
    return false;
  }

  private static String death(Recipe recipe, DeviceSlot place, int exit, Path log)
      throws IOException {
    return "the process training %s on %s died with exit code %d%s; its last words:%n%s"
        .formatted(recipe.summary(), place, exit, meaningOf(exit), EngineProcess.lastWords(log));
  }

  /** What killed a process, in words, if its exit code tells it. */
  private static String meaningOf(int exit) {
    return exit == KILLED
        ? " (killed by signal 9: most likely the machine's memory ran out; -Dwidths leaves out the widest networks)"
        : "";
  }
}
