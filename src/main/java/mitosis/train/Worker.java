package mitosis.train;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Function;
import java.util.function.Supplier;
import mitosis.data.Dataset;
import mitosis.data.Datasets;
import mitosis.train.Run.EpochRecord;
import mitosis.train.RunStore.RunStoreException;
import mitosis.train.TrainingException.DivergedException;
import mitosis.train.TrainingException.MemoryExhausted;

/**
 * A process that trains. It reads one recipe a line from its input and writes one {@link
 * WorkerMessage} a line to its output. When its input ends, because the process that started it is
 * done or dead, it ends at once: the last checkpoint is enough to go on from.
 */
public final class Worker {

  private static final String END = "";

  private Worker() {}

  /**
   * @param args runs directory, data directory, execution as JSON, seconds between checkpoints
   */
  public static void main(String[] args) throws InterruptedException {
    serve(args, new Datasets(Path.of(args[1]))::load);
  }

  /**
   * Trains what it reads until its input ends.
   *
   * @param args those of {@link #main}
   * @param load gives the dataset that a recipe names
   */
  static void serve(String[] args, Function<String, Dataset> load) throws InterruptedException {
    Path runs = Path.of(args[0]);
    Datasets data = new Datasets(Path.of(args[1]));
    Execution execution = Json.read(args[2], Execution.class);
    Duration checkpointEvery = Duration.ofMillis((long) (Double.parseDouble(args[3]) * 1000));
    PrintStream out = System.out;
    // Whatever a library prints must not end up among the messages.
    System.setOut(System.err);
    BlockingQueue<String> recipes = new LinkedBlockingQueue<>();
    Thread reader = new Thread(() -> read(recipes), "recipes");
    reader.setDaemon(true);
    reader.start();
    // Opened for each training: a folder that can no longer be written to is told as its failure.
    Supplier<RunTrainer> trainer =
        () ->
            new RunTrainer(
                RunStore.open(runs, execution, data),
                checkpointEvery,
                warning -> send(out, WorkerMessage.warning(warning)));
    Map<String, Dataset> datasets = new HashMap<>();
    for (String line = recipes.take(); !line.equals(END); line = recipes.take()) {
      send(out, train(Json.read(line, Recipe.class), trainer, datasets, load, out));
    }
  }

  private static void read(BlockingQueue<String> recipes) {
    try (BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        recipes.add(line);
        if (line.equals(END)) {
          return;
        }
      }
    } catch (IOException e) {
      // The other end is gone, which is what ends this process.
      Runtime.getRuntime().halt(1);
    }
    Runtime.getRuntime().halt(1);
  }

  private static WorkerMessage train(
      Recipe recipe,
      Supplier<RunTrainer> trainer,
      Map<String, Dataset> datasets,
      Function<String, Dataset> load,
      PrintStream out) {
    try {
      RunTrainer opened = trainer.get();
      Dataset dataset = datasets.computeIfAbsent(recipe.dataset(), load);
      opened.train(recipe, dataset, record -> send(out, WorkerMessage.progress(record)));
      return WorkerMessage.done();
    } catch (DivergedException | RunStoreException | MemoryExhausted e) {
      return WorkerMessage.failed(e.getMessage());
    } catch (RuntimeException e) {
      e.printStackTrace();
      return WorkerMessage.failed(recipe.summary() + ": " + e);
    }
  }

  private static void send(PrintStream out, WorkerMessage message) {
    out.println(Json.line(message));
    out.flush();
  }

  /**
   * What a {@link Worker} says, as one line of JSON.
   *
   * @param kind what it is about
   * @param text for a person; null with progress and done
   * @param epoch the record of the epoch just done; null otherwise
   */
  record WorkerMessage(Kind kind, String text, EpochRecord epoch) {

    /** What a message is about. */
    enum Kind {
      PROGRESS,
      WARNING,
      DONE,
      FAILED
    }

    static WorkerMessage progress(EpochRecord epoch) {
      return new WorkerMessage(Kind.PROGRESS, null, epoch);
    }

    static WorkerMessage warning(String text) {
      return new WorkerMessage(Kind.WARNING, text, null);
    }

    static WorkerMessage done() {
      return new WorkerMessage(Kind.DONE, null, null);
    }

    static WorkerMessage failed(String text) {
      return new WorkerMessage(Kind.FAILED, text, null);
    }
  }
}
