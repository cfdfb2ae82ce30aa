package mitosis.suite;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import mitosis.claim.ClaimResult;
import mitosis.data.DurableFile;
import mitosis.train.KernelSpeed;

/**
 * Where the seconds of a run go. The process of the claims' tests leaves what it knows in a file,
 * and Maven's process prints it at the end of the run.
 *
 * @param started when the tests' process began, in milliseconds since 1970
 * @param ended when its last test was done
 * @param training seconds for which networks were trained, students apart, whatever else was done
 *     meanwhile
 * @param waiting seconds for which tests waited for networks
 * @param measuring seconds of the tests of each system but for that; reading what was measured
 *     before, and drawing, are among them
 * @param results number of results
 * @param loaded how many of them were measured by an earlier run
 * @param kernels what it costs that the environment chooses the kernels of OpenBLAS; empty where it
 *     does not
 */
public record Times(
    long started,
    long ended,
    double training,
    double waiting,
    Map<String, Double> measuring,
    long results,
    long loaded,
    Optional<String> kernels) {

  private static final ObjectMapper JSON = new ObjectMapper().registerModule(new Jdk8Module());

  private static final String FILE = "times.json";

  /** Keeps a copy, sorted by name. */
  public Times {
    measuring = new TreeMap<>(measuring);
  }

  /**
   * @throws UncheckedIOException if it cannot be written
   */
  void write(Path folder) {
    try {
      Files.createDirectories(folder);
      DurableFile.write(folder.resolve(FILE), JSON.writeValueAsBytes(this));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + folder.resolve(FILE), e);
    }
  }

  /**
   * Prints the times of the run, of which this is Maven's process.
   *
   * @param args the folder of the reports
   */
  public static void main(String[] args) {
    Path folder = Path.of(args[0]);
    long begun = ManagementFactory.getRuntimeMXBean().getStartTime();
    lines(folder, begun, System.currentTimeMillis()).forEach(System.out::println);
  }

  /**
   * The times of a run in five lines, and a sixth where the environment chooses kernels; in one if
   * the tests' process left nothing.
   *
   * @param folder where that left it
   * @param begun when Maven's process began
   * @param now when all is done
   */
  static List<String> lines(Path folder, long begun, long now) {
    List<String> lines = new ArrayList<>();
    String all = line(seconds(begun, now), "in all");
    Path file = folder.resolve(FILE);
    if (Files.exists(file)) {
      Times times;
      try {
        times = JSON.readValue(file.toFile(), Times.class);
      } catch (IOException e) {
        throw new UncheckedIOException("cannot read " + file, e);
      }
      lines.add(line(seconds(begun, times.started), "checks, compilation, unit tests"));
      lines.add(
          line(
              times.training,
              "training, of which tests waited for %s".formatted(words(times.waiting))));
      lines.add(line(times.measured(), "measuring and drawing: " + times.bySystem()));
      lines.add(line(seconds(times.ended, now), "pages and claim report"));
      lines.add(all);
      times.kernels.ifPresent(lines::add);
    } else {
      lines.add(all);
    }
    return lines;
  }

  private double measured() {
    return measuring.values().stream().mapToDouble(Double::doubleValue).sum();
  }

  private String bySystem() {
    return measuring.entrySet().stream()
            .map(system -> "%s %s".formatted(system.getKey(), words(system.getValue())))
            .collect(Collectors.joining(", "))
        + "; %d of %d results loaded".formatted(loaded, results);
  }

  private static double seconds(long from, long to) {
    return (to - from) / 1e3;
  }

  private static String line(double seconds, String what) {
    return "TIME %8s  %s".formatted(words(seconds), what);
  }

  private static String words(double seconds) {
    return String.format(Locale.ROOT, "%.0f s", seconds);
  }

  /** Takes the times of the process that tests claims, one test after the other. */
  static final class Stopwatch {

    private static final double NANOS = 1e9;

    private final Map<String, Double> measuring = new HashMap<>();
    private long last = System.nanoTime();
    private long waiting;
    private long results;
    private long loaded;

    /** What a test waits for is not counted as measuring. */
    void waitedSince(long start) {
      long nanos = System.nanoTime() - start;
      waiting += nanos;
      last += nanos;
    }

    /** All since the last result went into this one. */
    void result(ClaimResult result) {
      long now = System.nanoTime();
      measuring.merge(result.system(), (now - last) / NANOS, Double::sum);
      last = now;
      results++;
      loaded += result.isLoaded() ? 1 : 0;
    }

    /**
     * The times up to now.
     *
     * @param training seconds for which networks were trained
     */
    Times times(double training) {
      return new Times(
          ManagementFactory.getRuntimeMXBean().getStartTime(),
          System.currentTimeMillis(),
          training,
          waiting / NANOS,
          measuring,
          results,
          loaded,
          KernelSpeed.costOfEnvironment());
    }
  }
}
