package mitosis.train;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import mitosis.data.Digits;
import mitosis.train.Worker.WorkerMessage;

/** A {@link Worker} in a process of its own, as the pool starts it, in the hands of a test. */
final class WorkerProcess implements AutoCloseable {

  private static final long PATIENCE_SECONDS = 120;
  private static final long HEAP_MEGABYTES = 512;

  private final Process process;
  private final PrintStream in;
  private final BufferedReader out;
  private final Path log;

  WorkerProcess(RunStore store, Class<?> worker, double checkpointSeconds) throws IOException {
    log = Files.createTempFile("worker-test", ".log");
    process =
        new TrainingPool(
                store,
                Digits.FIXTURES,
                DeviceSlot.cores(1),
                worker,
                checkpointSeconds,
                Budget.none(),
                new RecordedProgress())
            .start(DeviceSlot.cores(1).get(0), HEAP_MEGABYTES, log);
    in = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
    out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  void train(Recipe recipe) {
    in.println(Json.line(recipe));
  }

  /** Its next message; waits for it. */
  WorkerMessage next() throws IOException {
    String line = out.readLine();
    if (line == null) {
      throw new AssertionError("the worker ended: " + Files.readString(log));
    }
    return Json.read(line, WorkerMessage.class);
  }

  /** As if the process that started it had died. */
  void closeInput() {
    in.close();
  }

  /** As {@code kill -9} does; its exit code. */
  int kill() throws InterruptedException {
    process.destroyForcibly();
    return exitCode();
  }

  /** As {@code kill} does; its exit code. */
  int terminate() throws InterruptedException {
    process.destroy();
    return exitCode();
  }

  long pid() {
    return process.pid();
  }

  int exitCode() throws InterruptedException {
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      throw new AssertionError("the worker still runs after %d s".formatted(PATIENCE_SECONDS));
    }
    return process.exitValue();
  }

  @Override
  public void close() throws IOException {
    process.destroyForcibly();
    Files.deleteIfExists(log);
  }
}
