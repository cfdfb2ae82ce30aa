package mitosis.suite;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import mitosis.data.Download;
import mitosis.train.Recipe;
import mitosis.train.Run.EpochRecord;
import mitosis.train.TrainingPool;
import mitosis.train.TrainingPool.Progress;

/**
 * Shows how trainings get on: on a terminal as one line that is written over, elsewhere as a plain
 * line now and then.
 */
final class ProgressLine implements Progress {

  private static final Duration ON_TERMINAL = Duration.ofMillis(250);
  private static final Duration ELSEWHERE = Duration.ofSeconds(20);
  private static final Path TERMINAL = Path.of("/dev/tty");
  private static final int COLUMNS = 118;

  private final PrintStream out;
  private final boolean overwriting;
  private final Map<Recipe, EpochRecord> current = new HashMap<>();
  private double cost;
  private double done;
  private double doneThisTime;
  private int recipes;
  private int finished;
  private long start;
  private long shown;

  /**
   * @param out where lines go
   * @param overwriting whether a line may be written over
   */
  ProgressLine(PrintStream out, boolean overwriting) {
    this.out = out;
    this.overwriting = overwriting;
  }

  /** On the terminal if there is one and this is not a CI run, else on standard output. */
  static ProgressLine ofThisProcess() {
    if (System.getenv("CI") == null && Files.isWritable(TERMINAL)) {
      try {
        OutputStream terminal = new FileOutputStream(TERMINAL.toFile());
        return new ProgressLine(new PrintStream(terminal, true, StandardCharsets.UTF_8), true);
      } catch (IOException e) {
        // A terminal device that cannot be opened belongs to no terminal.
        return new ProgressLine(System.out, false);
      }
    }
    return new ProgressLine(System.out, false);
  }

  @Override
  public synchronized void begin(int recipes, double cost) {
    this.recipes = recipes;
    this.cost = cost;
    this.done = 0;
    this.doneThisTime = 0;
    this.finished = 0;
    this.start = System.nanoTime();
    this.shown = start;
    current.clear();
    if (!overwriting) {
      out.printf("training %d networks%n", recipes);
    }
  }

  @Override
  public synchronized void epoch(Recipe recipe, EpochRecord record) {
    double perEpoch = TrainingPool.cost(recipe) / recipe.epochs();
    EpochRecord before = current.put(recipe, record);
    // A training that goes on from a checkpoint begins with epochs that took no time just now.
    done += perEpoch * (record.epoch() - (before == null ? 0 : before.epoch()));
    doneThisTime += perEpoch;
    long now = System.nanoTime();
    if (now - shown >= (overwriting ? ON_TERMINAL : ELSEWHERE).toNanos()) {
      shown = now;
      show(recipe, record);
    }
  }

  private void show(Recipe recipe, EpochRecord record) {
    String line =
        String.format(
            Locale.ROOT,
            "[%d/%d done] %s W=%d %d seeds  epoch %d/%d  training error %.4f  %s left",
            finished,
            recipes,
            recipe.system(),
            recipe.width(),
            recipe.seeds().size(),
            record.epoch(),
            recipe.epochs(),
            Arrays.stream(record.trainingError()).average().orElseThrow(),
            left());
    if (overwriting) {
      out.printf("\r%-" + COLUMNS + "s", line);
    } else {
      out.println(line);
    }
  }

  private String left() {
    double elapsed = (System.nanoTime() - start) / 1e9;
    double seconds = elapsed * (cost - done) / doneThisTime;
    return seconds < 60
        ? "%.0f s".formatted(seconds)
        : "%.0f min".formatted(Math.ceil(seconds / 60));
  }

  @Override
  public synchronized void warning(String text) {
    if (overwriting) {
      out.println();
    }
    System.out.println("WARNING: " + text);
  }

  @Override
  public synchronized void done(Recipe recipe) {
    finished++;
  }

  @Override
  public synchronized void end() {
    String line =
        "trained %d of %d networks in %.0f s"
            .formatted(finished, recipes, (System.nanoTime() - start) / 1e9);
    if (overwriting) {
      out.printf("\r%-" + COLUMNS + "s%n", line);
    } else {
      out.println(line);
    }
  }

  /** Shows how a download gets on: a plain line now and then, a bar with what has come. */
  static final class DownloadLine implements Download.Progress {

    private static final long EVERY = Duration.ofSeconds(2).toNanos();
    private static final double MEGABYTE = 1e6;
    private static final int CELLS = 30;

    private final String name;
    private final PrintStream out;
    private long shown = System.nanoTime() - EVERY;

    DownloadLine(String name, PrintStream out) {
      this.name = name;
      this.out = out;
    }

    @Override
    public void received(long bytes, long total) {
      long now = System.nanoTime();
      if (now - shown < EVERY && bytes != total) {
        return;
      }
      shown = now;
      if (total < 0) {
        out.printf(Locale.ROOT, "%s: %.1f MB%n", name, bytes / MEGABYTE);
        return;
      }
      int filled = (int) (CELLS * bytes / Math.max(1, total));
      out.printf(
          Locale.ROOT,
          "%s [%s%s] %.1f of %.1f MB%n",
          name,
          "#".repeat(filled),
          ".".repeat(CELLS - filled),
          bytes / MEGABYTE,
          total / MEGABYTE);
    }
  }
}
