package mitosis.train;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Trains recipes side by side in processes of their own, one for each core: the engine keeps one
 * gradient collector a process and may abort its process.
 */
public final class TrainingPool {

  private static final double CHECKPOINT_SECONDS = 30;
  private static final int LAST_WORDS = 15;

  /**
   * Every step asks the C library for the same large blocks. Left to itself it gives them back to
   * the system, and each page is found and zeroed anew in the next step, which takes a quarter of
   * the time of a Wide-ResNet-28-4. So it keeps them: one heap, no blocks of their own, never
   * trimmed, in huge pages where the system lends them.
   */
  private static final String KEEP_MEMORY =
      "glibc.malloc.arena_max=1:glibc.malloc.mmap_max=0:glibc.malloc.trim_threshold=1099511627776"
          + ":glibc.malloc.hugetlb=1";

  private final RunStore store;
  private final Path dataDir;
  private final int workers;
  private final double checkpointSeconds;
  private final Progress progress;

  /**
   * @param store where runs are kept
   * @param dataDir the folder that holds the data
   * @param workers how many trainings at once
   * @param progress told how they get on
   */
  public TrainingPool(RunStore store, Path dataDir, int workers, Progress progress) {
    this(store, dataDir, workers, CHECKPOINT_SECONDS, progress);
  }

  TrainingPool(
      RunStore store, Path dataDir, int workers, double checkpointSeconds, Progress progress) {
    this.store = store;
    this.dataDir = dataDir;
    this.workers = workers;
    this.checkpointSeconds = checkpointSeconds;
    this.progress = progress;
  }

  /**
   * Sees to it that every recipe's run is stored, training those that are not.
   *
   * @return the runs, in the order of the recipes
   * @throws TrainingException if a training diverged or its process died; the others are finished
   *     first
   * @throws RunStoreException if a run cannot be stored
   */
  public List<Run> train(List<Recipe> recipes) {
    List<Recipe> missing = recipes.stream().distinct().filter(recipe -> !stored(recipe)).toList();
    if (!missing.isEmpty()) {
      trainMissing(missing);
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

  private boolean stored(Recipe recipe) {
    try {
      return store.find(recipe).isPresent();
    } catch (RunStoreException.Damaged e) {
      return false;
    }
  }

  private void trainMissing(List<Recipe> missing) {
    // The longest first, or one long training is left for the end while the other cores idle.
    Queue<Recipe> queue =
        new ConcurrentLinkedQueue<>(
            missing.stream()
                .sorted(Comparator.comparingDouble(TrainingPool::cost).reversed())
                .toList());
    progress.begin(missing.size(), missing.stream().mapToDouble(TrainingPool::cost).sum());
    List<String> failures = java.util.Collections.synchronizedList(new ArrayList<>());
    List<Thread> threads = new ArrayList<>();
    for (int k = 0; k < Math.min(workers, missing.size()); k++) {
      Thread thread = new Thread(() -> attend(queue, failures), "training-" + k);
      thread.start();
      threads.add(thread);
    }
    try {
      for (Thread thread : threads) {
        thread.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TrainingException("interrupted while training", e);
    } finally {
      progress.end();
    }
    if (!failures.isEmpty()) {
      throw new TrainingException(String.join(System.lineSeparator(), failures));
    }
  }

  /** Multiply-adds of a whole training: a backward pass costs two forward ones. */
  public static double cost(Recipe recipe) {
    // Steps have a cost of their own, whatever the width: some hundred calls into the engine.
    double perStep = 2e7;
    return (double) recipe.epochs()
        * (3.0 * 10_000 * recipe.seeds().size() * recipe.network().multiplyAdds()
            + perStep * 10_000 / recipe.batch());
  }

  /** Feeds workers one after the other, a new one where one died, until nothing is left. */
  private void attend(Queue<Recipe> queue, List<String> failures) {
    try {
      for (Recipe recipe = queue.poll(); recipe != null; recipe = queue.poll()) {
        attend(recipe, queue, failures);
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
  private void attend(Recipe first, Queue<Recipe> queue, List<String> failures)
      throws IOException, InterruptedException {
    Path log = Files.createTempFile("mitosis-worker", ".log");
    try {
      Process process = start(log);
      try (PrintStream in =
              new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
          BufferedReader out =
              new BufferedReader(
                  new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
        for (Recipe recipe = first; recipe != null; recipe = queue.poll()) {
          in.println(Json.line(recipe));
          if (!follow(recipe, out, failures)) {
            failures.add(
                "the process training %s died with exit code %d; its last words:%n%s"
                    .formatted(recipe.summary(), process.waitFor(), lastWords(log)));
            return;
          }
        }
        in.println();
      } finally {
        process.destroy();
      }
    } finally {
      Files.deleteIfExists(log);
    }
  }

  /** Whether the training came to an end, good or bad; false if the process died. */
  private boolean follow(Recipe recipe, BufferedReader out, List<String> failures)
      throws IOException {
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
    return false;
  }

  /** Starts a worker, its complaints going to a file. */
  Process start(Path log) throws IOException {
    return process(
            store.execution().threads(),
            Worker.class,
            store.root().toAbsolutePath().toString(),
            dataDir.toAbsolutePath().toString(),
            Json.line(store.execution()),
            Double.toString(checkpointSeconds))
        .redirectError(log.toFile())
        .start();
  }

  /**
   * A process in which the engine can train.
   *
   * @param threads of the engine
   * @param main its class
   * @param arguments of that
   */
  static ProcessBuilder process(int threads, Class<?> main, String... arguments) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-Djava.awt.headless=true",
                "-Dai.djl.offline=true",
                "-Dai.djl.pytorch.num_threads=" + threads,
                "-Dai.djl.pytorch.num_interop_threads=1",
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=error",
                "-cp",
                classPath(),
                main.getName()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    String count = Integer.toString(threads);
    Map<String, String> environment = builder.environment();
    environment.put("OMP_NUM_THREADS", count);
    environment.put("MKL_NUM_THREADS", count);
    environment.put("OPT_OUT_TRACKING", "true");
    environment.putIfAbsent("GLIBC_TUNABLES", KEEP_MEMORY);
    return builder;
  }

  /** The class path of this process, seen through the jar that a test runner may wrap it in. */
  static String classPath() {
    String wrapped = System.getProperty("surefire.test.class.path");
    String path = wrapped == null ? System.getProperty("java.class.path") : wrapped;
    if (path.isEmpty()) {
      throw new TrainingException("this process has no class path to start a worker with");
    }
    return path.replace(File.pathSeparator + File.pathSeparator, File.pathSeparator);
  }

  private static String lastWords(Path log) throws IOException {
    List<String> lines = Files.readAllLines(log, StandardCharsets.UTF_8);
    return String.join(
        System.lineSeparator(),
        lines.subList(Math.max(0, lines.size() - LAST_WORDS), lines.size()));
  }
}
