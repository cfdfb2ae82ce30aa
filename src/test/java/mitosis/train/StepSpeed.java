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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import mitosis.model.OpenBlas;

/**
 * Training steps here and in PyTorch's own Python: forward, loss, backward, SGD with momentum and
 * weight decay, on examples in memory.
 *
 * <pre>
 * env -u OPENBLAS_CORETYPE -u OPENBLAS_L2_SIZE \
 *     mvn -q test-compile exec:exec -Dexec.executable=java -Dexec.classpathScope=test \
 *     -Dexec.args="-cp %classpath mitosis.train.StepSpeed python3 10 wide-resnet 64,256 1,2"
 * </pre>
 *
 * <p>The arguments are a Python with PyTorch, the number of rounds, {@code wide-resnet} for
 * Wide-ResNet-28 on batches of 128 images or {@code fully-connected} for four seeds of {@code
 * pmnist-fc5} on batches of 256, widths, and numbers of threads. Each way is a process of its own,
 * and they take turns, so that what else the machine does slows all. Printed are the median and the
 * least milliseconds of a step, the same in processor time, each process's peak of resident memory,
 * and the last way's share of it: above 1, Java is faster or smaller. Of fully connected networks
 * the ways are the step on OpenBLAS, the engine's, the products of a step alone, and Python with
 * seeds fused and one by one. Debian's PyTorch must be given its OpenBLAS ({@code
 * libopenblas0-pthread}): linked to the reference BLAS it refuses to be compared.
 */
public final class StepSpeed {

  private static final int DEPTH = 28;
  private static final long HEAP_MEGABYTES = 512;
  private static final int BATCH = 128;
  private static final int IMAGES = 50 * BATCH;

  /** Steps of a turn at width 64; fewer of wider networks. */
  private static final int STEPS = 4;

  private static final int FULLY_CONNECTED_STEPS = 40;

  private StepSpeed() {}

  /** Prints a table. */
  public static void main(String[] args) throws IOException {
    int rounds = Integer.parseInt(args[1]);
    System.out.println(
        OpenBlas.description() + OpenBlas.environment().map(set -> ", " + set).orElse(""));
    System.out.println(
        "W    threads             ms a step: median   least   processor   peak memory, MiB");
    for (String width : args[3].split(",")) {
      for (String threads : args[4].split(",")) {
        Contest contest = new Contest(Integer.parseInt(width), Integer.parseInt(threads));
        if (args[2].equals("fully-connected")) {
          for (TimedSteps.Way way : TimedSteps.Way.values()) {
            contest.enter(way.toString(), List.of(args[2], width, way.name()));
          }
          for (String way : List.of("fused", "alone")) {
            contest.enterPython(args[0], "PyTorch " + way, List.of(args[2], width, way));
          }
          contest.hold(rounds, Math.max(1, FULLY_CONNECTED_STEPS * 64 / contest.width));
        } else {
          List<String> size =
              List.of(
                  args[2],
                  width,
                  Integer.toString(DEPTH),
                  Integer.toString(BATCH),
                  Integer.toString(IMAGES));
          contest.enter("Java", size);
          contest.enterPython(args[0], "PyTorch", size);
          contest.hold(rounds, Math.max(1, STEPS * 64 / contest.width));
        }
      }
    }
  }

  /** Ways to make the same steps, in the order in which they take their turns. */
  private record Contest(int width, int threads, Map<String, Side> sides) {

    Contest(int width, int threads) {
      this(width, threads, new LinkedHashMap<>());
    }

    void enter(String name, List<String> arguments) throws IOException {
      sides.put(
          name,
          new Side(
              EngineProcess.of(
                  DeviceSlot.cores(1).get(0),
                  threads,
                  HEAP_MEGABYTES,
                  TimedSteps.class,
                  arguments)));
    }

    void enterPython(String python, String name, List<String> arguments) throws IOException {
      List<String> command = new ArrayList<>(List.of(python, "src/test/python/step_speed.py"));
      command.add(Integer.toString(threads));
      command.addAll(arguments);
      ProcessBuilder builder = new ProcessBuilder(command);
      builder.environment().put("OPENBLAS_NUM_THREADS", Integer.toString(threads));
      sides.put(name, new Side(builder));
    }

    /** Prints its lines of the table, and ends the processes. */
    void hold(int rounds, int steps) throws IOException {
      try {
        // The first turn loads, compiles and finds memory.
        for (int round = 0; round <= rounds; round++) {
          for (Side side : sides.values()) {
            side.turn(steps, round > 0);
          }
        }
        Result first = null;
        for (Map.Entry<String, Side> side : sides.entrySet()) {
          Result result = side.getValue().result();
          print(side.getKey(), result, 1);
          first = first == null ? result : first;
          if (result != first) {
            print("  / the first", result.over(first), 2);
          }
        }
      } finally {
        sides.values().forEach(Side::close);
      }
    }

    private void print(String name, Result result, int decimals) {
      String number = "." + decimals + "f";
      System.out.printf(
          Locale.ROOT,
          "%-4d %d       %-19s %10" + number + " %7" + number + " %11" + number + " %9.1f%n",
          width,
          threads,
          name,
          result.median(),
          result.least(),
          result.processor(),
          result.peak());
    }
  }

  /**
   * What a side took.
   *
   * @param median milliseconds of a step
   * @param least milliseconds of a step
   * @param processor milliseconds of a step that some core worked on, median over turns
   * @param peak MiB of resident memory
   */
  private record Result(double median, double least, double processor, double peak) {

    Result over(Result other) {
      return new Result(
          median / other.median,
          least / other.least,
          processor / other.processor,
          peak / other.peak);
    }
  }

  /** One of the processes. */
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
