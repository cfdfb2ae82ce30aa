package mitosis.suite;

import ai.djl.engine.Engine;
import ai.djl.pytorch.engine.PtEngine;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import mitosis.train.Execution;
import org.apache.commons.math3.stat.StatUtils;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.openblas.global.openblas;

/**
 * With what numbers are computed, as far as their last bits depend on it: Java, whose compiler has
 * its own forms of {@code exp} and {@code log}, the processor, the numeric libraries, and the
 * environment variables that they read.
 *
 * <p>OpenBLAS, MKL and oneDNN each choose their kernels by processor, version and environment.
 * Those three stand here in place of the kernels' names: to ask the libraries themselves would load
 * them, for seconds and hundreds of megabytes, where nothing is to be computed.
 *
 * @param java version of the runtime
 * @param processor its model and features
 * @param libraries versions of PyTorch's natives and of their interface, and names of files, which
 *     have their versions
 * @param environment variables that choose kernels and threads, by name
 */
record ComputingPlatform(
    String java, String processor, List<String> libraries, Map<String, String> environment) {

  private static final Path PROCESSOR = Path.of("/proc/cpuinfo");

  /** The lines that are the same for all of its cores at all times, unlike those of frequencies. */
  private static final Pattern OF_MODEL = Pattern.compile("(vendor_id|model name|flags)\\s*:.*");

  private static final List<String> PREFIXES =
      List.of("ATEN_", "DNNL_", "GOTO_", "KMP_", "MKL_", "OMP_", "ONEDNN_", "OPENBLAS_", "TORCH_");

  /** Says how much is logged, and changes no number. */
  private static final String LOGGING = "TORCH_CPP_LOG_LEVEL";

  /** Of this process. */
  static ComputingPlatform current() {
    return new ComputingPlatform(
        System.getProperty("java.runtime.version") + " " + System.getProperty("os.arch"),
        describedProcessor(),
        Stream.concat(
                Stream.of(Execution.onCpu().engine()),
                Stream.of(
                        StatUtils.class, openblas.class, Loader.class, Engine.class, PtEngine.class)
                    .map(ComputingPlatform::fileOf))
            .toList(),
        choosing(System.getenv()));
  }

  private static String describedProcessor() {
    try (Stream<String> lines = Files.lines(PROCESSOR, StandardCharsets.ISO_8859_1)) {
      return lines
          .filter(OF_MODEL.asMatchPredicate())
          .map(line -> line.replaceAll("\\s+", " "))
          .distinct()
          .collect(Collectors.joining("; "));
    } catch (IOException e) {
      // Then what was measured on one machine is taken for what another one of its kind measures.
      return "unknown";
    }
  }

  private static String fileOf(Class<?> type) {
    try {
      URI place = type.getProtectionDomain().getCodeSource().getLocation().toURI();
      return Path.of(place).getFileName().toString();
    } catch (URISyntaxException e) {
      throw new IllegalStateException("no path to " + type, e);
    }
  }

  /** The environment variables by which a numeric library chooses kernels or threads, by name. */
  static Map<String, String> choosing(Map<String, String> environment) {
    Predicate<String> chooses =
        name -> PREFIXES.stream().anyMatch(name::startsWith) && !name.equals(LOGGING);
    Map<String, String> choosing = new TreeMap<>(environment);
    choosing.keySet().removeIf(chooses.negate());
    return choosing;
  }
}
