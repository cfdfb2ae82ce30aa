package mitosis.train;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Training steps of Wide-ResNet-28 here and in PyTorch's own Python: forward, loss, backward, SGD
 * with momentum and weight decay, on batches of 128 of images in memory.
 *
 * <pre>
 * mvn -q test-compile exec:exec -Dexec.executable=java -Dexec.classpathScope=test \
 *     -Dexec.args="-cp %classpath mitosis.train.StepSpeed python3 10 64,256 1,2"
 * </pre>
 *
 * <p>The arguments are a Python with PyTorch, the number of rounds, widths, and numbers of threads.
 * Each is a process of its own, and they take turns, so that what else the machine does slows both.
 * Printed are the median and the least milliseconds of a step, the same in processor time, each
 * process's peak of resident memory, and PyTorch's share of it: above 1, Java is faster or smaller.
 */
public final class StepSpeed {

  private static final int DEPTH = 28;
  private static final int BATCH = 128;
  private static final int IMAGES = 50 * BATCH;

  /** Steps of a turn at width 64; fewer of wider networks. */
  private static final int STEPS = 4;

  private StepSpeed() {}

  /** Prints a table. */
  public static void main(String[] args) throws IOException {
    int rounds = Integer.parseInt(args[1]);
    System.out.println(
        "W    threads             ms a step: median   least   processor   peak memory, MiB");
    for (String width : args[2].split(",")) {
      for (String threads : args[3].split(",")) {
        compare(args[0], rounds, Integer.parseInt(width), Integer.parseInt(threads));
      }
    }
  }

  private static void compare(String python, int rounds, int width, int threads)
      throws IOException {
    String[] size = {
      Integer.toString(DEPTH),
      Integer.toString(width),
      Integer.toString(BATCH),
      Integer.toString(IMAGES)
    };
    List<String> script = new ArrayList<>(List.of(python, "src/test/python/step_speed.py"));
    script.addAll(List.of(size));
    script.add(Integer.toString(threads));
    int steps = Math.max(1, STEPS * 64 / width);
    try (Side java = new Side(TrainingPool.process(threads, TimedSteps.class, size));
        Side torch = new Side(new ProcessBuilder(script))) {
      // The first turn loads, compiles and finds memory.
      java.turn(steps, false);
      torch.turn(steps, false);
      for (int round = 0; round < rounds; round++) {
        java.turn(steps, true);
        torch.turn(steps, true);
      }
      Result ours = java.result();
      Result theirs = torch.result();
      print(width, threads, "Java", ours);
      print(width, threads, "PyTorch", theirs);
      System.out.printf(
          Locale.ROOT,
          "%-4d %d       %-19s %10.2f %7.2f %11.2f %9.2f%n",
          width,
          threads,
          "PyTorch / Java",
          theirs.median() / ours.median(),
          theirs.least() / ours.least(),
          theirs.processor() / ours.processor(),
          theirs.peak() / ours.peak());
    }
  }

  private static void print(int width, int threads, String name, Result result) {
    System.out.printf(
        Locale.ROOT,
        "%-4d %d       %-19s %10.1f %7.1f %11.1f %9.0f%n",
        width,
        threads,
        name,
        result.median(),
        result.least(),
        result.processor(),
        result.peak());
  }

  /**
   * What a side took.
   *
   * @param median milliseconds of a step
   * @param least milliseconds of a step
   * @param processor milliseconds of a step that some core worked on, median over turns
   * @param peak MiB of resident memory
   */
  private record Result(double median, double least, double processor, double peak) {}

  /** One of both processes. */
  private static final class Side implements AutoCloseable {

    private final Process process;
    private final PrintStream in;
    private final BufferedReader out;
    private final List<Double> steps = new ArrayList<>();
    private final List<Double> processor = new ArrayList<>();

    Side(ProcessBuilder builder) throws IOException {
      process = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
      in = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
      out =
          new BufferedReader(
              new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /** Makes some steps. */
    void turn(int count, boolean counts) throws IOException {
      Duration before = worked();
      in.println(count);
      String line = out.readLine();
      if (line == null) {
        throw new IOException("a process ended: " + process.info().commandLine().orElse("?"));
      }
      if (counts) {
        Arrays.stream(line.split(" ")).map(Double::valueOf).forEach(steps::add);
        processor.add(worked().minus(before).toMillis() / (double) count);
      }
    }

    private Duration worked() {
      return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    Result result() throws IOException {
      double peak =
          Files.readAllLines(Path.of("/proc/%d/status".formatted(process.pid()))).stream()
              .filter(line -> line.startsWith("VmHWM:"))
              .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")) / 1024)
              .findFirst()
              .orElseThrow();
      return new Result(
          median(steps),
          steps.stream().mapToDouble(x -> x).min().orElseThrow(),
          median(processor),
          peak);
    }

    private static double median(List<Double> values) {
      double[] sorted = values.stream().mapToDouble(x -> x).sorted().toArray();
      return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
    }

    @Override
    public void close() {
      process.destroy();
    }
  }
}
