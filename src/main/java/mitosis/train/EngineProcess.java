package mitosis.train;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import mitosis.model.FullyConnected;
import mitosis.model.NativeEngine;
import mitosis.model.NativeEngine.EngineVariables;
import mitosis.model.Parameter;
import mitosis.model.Parameter.RunningStatistic;

/** A Java process with this one's class path and, where it needs one, an engine of its own. */
final class EngineProcess {

  /**
   * Every step asks the C library for the same large blocks. Left to itself it gives them back to
   * the system, and each page is found and zeroed anew in the next step, which takes a quarter of
   * the time of a Wide-ResNet-28-4. So it keeps them: one heap, no blocks of their own, never
   * trimmed, in huge pages where the system lends them.
   */
  private static final String KEEP_MEMORY =
      "glibc.malloc.arena_max=1:glibc.malloc.mmap_max=0:glibc.malloc.trim_threshold=1099511627776"
          + ":glibc.malloc.hugetlb=1";

  private static final int LAST_WORDS = 15;

  private EngineProcess() {}

  /**
   * How to start it.
   *
   * @param place where it computes
   * @param threads of the engine on the CPU
   * @param heapMegabytes the most memory for Java's objects
   * @param main its class
   * @param arguments its arguments
   */
  static ProcessBuilder of(
      DeviceSlot place, int threads, long heapMegabytes, Class<?> main, List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-Xmx" + heapMegabytes + "m",
            // Whose arrays lie side by side, which the loops over them pass in 2 % less time than
            // the default's.
            "-XX:+UseParallelGC",
            // Signals end it at once: Java would tear the engine down under the step that is
            // being computed, which then crashes and leaves a report of that behind.
            "-Xrs",
            "-Djava.awt.headless=true",
            // As the processes that Maven starts write and read: words.of.java in pom.xml.
            "-Duser.language=en",
            "-Duser.country=US",
            "-Duser.language.format=en",
            "-Duser.country.format=US",
            "-Duser.extensions=",
            "-Duser.extensions.format=",
            "-Dfile.encoding=UTF-8",
            "-Dstdout.encoding=UTF-8",
            "-Dstderr.encoding=UTF-8",
            "-Dai.djl.offline=true",
            "-Dai.djl.pytorch.num_threads=" + threads,
            "-Dai.djl.pytorch.num_interop_threads=1",
            "-Dorg.slf4j.simpleLogger.defaultLogLevel=error"));
    Optional.ofNullable(System.getProperty(NativeEngine.ONEDNN))
        .ifPresent(value -> command.add("-D%s=%s".formatted(NativeEngine.ONEDNN, value)));
    command.addAll(place.options());
    command.addAll(List.of("-cp", classPath(), main.getName()));
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command);
    EngineVariables.removeFrom(builder.environment());
    String number = Integer.toString(threads);
    builder
        .environment()
        .putAll(
            Map.of(
                "OMP_NUM_THREADS", number, "MKL_NUM_THREADS", number, "OPT_OUT_TRACKING", "true"));
    // Not those of this process, which has others where it measures.
    builder.environment().put("GLIBC_TUNABLES", KEEP_MEMORY);
    builder.environment().putAll(place.environment());
    return builder;
  }

  /**
   * The class path of this process, seen through the jar that a test runner may wrap it in, or the
   * class loader that a build tool runs it with.
   */
  static String classPath() {
    if (EngineProcess.class.getClassLoader() instanceof URLClassLoader loader) {
      return Arrays.stream(loader.getURLs())
          .map(EngineProcess::file)
          .collect(Collectors.joining(File.pathSeparator));
    }
    String wrapped = System.getProperty("surefire.test.class.path");
    String path = wrapped == null ? System.getProperty("java.class.path") : wrapped;
    if (path.isEmpty()) {
      throw new TrainingException("this process has no class path to start another with");
    }
    return path.replace(File.pathSeparator + File.pathSeparator, File.pathSeparator);
  }

  /** The last lines of what a process complained of. */
  static String lastWords(Path log) throws IOException {
    List<String> lines = Files.readAllLines(log, StandardCharsets.UTF_8);
    return String.join(
        System.lineSeparator(),
        lines.subList(Math.max(0, lines.size() - LAST_WORDS), lines.size()));
  }

  private static String file(URL url) {
    try {
      return Path.of(url.toURI()).toString();
    } catch (URISyntaxException e) {
      throw new TrainingException(
          "cannot start a process with %s in its class path".formatted(url));
    }
  }

  /**
   * How much memory for Java's objects a training takes. It is a limit: a process takes what it
   * needs.
   */
  static final class HeapNeed {

    private static final long MEBI = 1 << 20;

    /** Classes, messages, an epoch's order; a small task such as pMNIST fits as well. */
    private static final long BASIS = 512 * MEBI;

    /**
     * CIFAR's 60,000 images, 184 MB as bytes, as they are read and as they are kept; or a prefetch.
     */
    private static final long IMAGES = 1024 * MEBI;

    private static final int FLOAT = 4;

    /**
     * A checkpoint exists as numbers, as the text of a file that grows by doubling, and once more
     * as what is written.
     */
    private static final int COPIES = 4;

    private HeapNeed() {}

    /** The most memory for Java's objects that a training needs, in MiB. */
    static long megabytes(Recipe recipe) {
      long parameters =
          recipe.network().parameters().stream().mapToLong(Parameter::size).sum()
              * (1 + recipe.optimiser().memory().size());
      long statistics =
          recipe.network().runningStatistics().stream().mapToLong(RunningStatistic::size).sum();
      long checkpoint = FLOAT * recipe.seeds().size() * (parameters + statistics);
      // A fully connected network's activities lie on the heap, those of others in the engine.
      long data =
          recipe.network() instanceof FullyConnected
              ? FLOAT * recipe.network().activations() * recipe.batch()
              : IMAGES;
      return (BASIS + data + COPIES * checkpoint) / MEBI;
    }
  }
}
