package mitosis.suite;

import ai.djl.engine.Engine;
import ai.djl.pytorch.engine.PtEngine;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import mitosis.claim.Expectation;
import mitosis.data.DurableFile;
import mitosis.suite.ClaimContext.KeptMeasurement;
import mitosis.train.Execution;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.commons.math3.stat.StatUtils;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.openblas.global.openblas;

/**
 * What was measured before, in the runs directory: {@code SYSTEM/measured/CLAIM-QUANTITY-CODE-KEY},
 * a file for each test and whatever its numbers depend on. CODE and KEY are the first digits of the
 * checksums of the measuring code and of all that a {@link MeasurementKey} has.
 *
 * <p>A file is there as a whole or not at all, and begins with a checksum of the rest, which is
 * JSON: the key, so that it can be seen why something was measured again, and what was measured.
 * Doubles are written so that they are read back to the bit. Several processes may share the
 * directory: what two of them measure at once is the same. What other code measured of a system,
 * which this code cannot use, is removed when something is kept in its place.
 */
final class KeptMeasurements {

  private static final String FOLDER = "measured";
  private static final int DIGITS = 16;

  /** Not one that is just being written. */
  private static final Pattern FILE = Pattern.compile(".*-[0-9a-f]{16}-[0-9a-f]{16}");

  private static final String SHA_256 = "sha256 ";

  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .addModule(new Jdk8Module())
          .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
          .disable(MapperFeature.AUTO_DETECT_IS_GETTERS)
          .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
          .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
          .enable(SerializationFeature.INDENT_OUTPUT)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private final Path root;
  private final boolean again;

  /**
   * @param root the runs directory
   * @param again whether nothing that was kept is to be used, though it is replaced
   */
  KeptMeasurements(Path root, boolean again) {
    this.root = root;
    this.again = again;
  }

  /**
   * What a file holds.
   *
   * @param kept when it was measured, as {@link Instant} writes it
   * @param key what it depends on
   * @param measured what was measured
   */
  private record Content(String kept, MeasurementKey key, Measured measured) {}

  /** The place of one measurement. */
  KeptMeasurement of(Expectation expectation, MeasurementKey key) {
    String sha256 = DigestUtils.sha256Hex(bytes(key));
    Path folder = root.resolve(expectation.system()).resolve(FOLDER);
    String name =
        "%s-%s%s%s"
            .formatted(
                expectation.claim(),
                expectation.quantity().name(),
                named(key.code()),
                sha256.substring(0, DIGITS));
    return new InFile(folder.resolve(name), key);
  }

  /** Whether anything that some code measured of a system is kept. */
  boolean has(String system, String code) {
    Path folder = root.resolve(system).resolve(FOLDER);
    if (!Files.isDirectory(folder)) {
      return false;
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.anyMatch(file -> file.getFileName().toString().contains(named(code)));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list " + folder, e);
    }
  }

  /** What the names of all files have that the same code wrote. */
  private static String named(String code) {
    return "-" + code.substring(0, DIGITS) + "-";
  }

  /** A value as JSON in which equal values have equal texts. */
  static byte[] bytes(Object value) {
    try {
      return JSON.writeValueAsBytes(value);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("cannot be written as JSON: " + value, e);
    }
  }

  private final class InFile implements KeptMeasurement {

    private final Path file;
    private final MeasurementKey key;

    InFile(Path file, MeasurementKey key) {
      this.file = file;
      this.key = key;
    }

    @Override
    public Path file() {
      return file;
    }

    @Override
    public Optional<Measured> read() {
      if (again) {
        return Optional.empty();
      }
      try {
        return Optional.of(content(Files.readAllBytes(file)).measured());
      } catch (NoSuchFileException e) {
        return Optional.empty();
      } catch (IOException | IllegalArgumentException e) {
        System.out.println(
            "WARNING: %s is damaged (%s); it is measured again".formatted(file, e.getMessage()));
        return Optional.empty();
      }
    }

    private Content content(byte[] bytes) throws IOException {
      String text = new String(bytes, StandardCharsets.UTF_8);
      int end = text.indexOf('\n') + 1;
      byte[] json = text.substring(end).getBytes(StandardCharsets.UTF_8);
      if (!text.startsWith(SHA_256 + DigestUtils.sha256Hex(json) + "\n")) {
        throw new IllegalArgumentException(
            "its %d bytes are not the ones that were stored".formatted(bytes.length));
      }
      Content content = JSON.readValue(json, Content.class);
      if (!content.key().equals(key)) {
        throw new IllegalArgumentException("it belongs to another measurement");
      }
      return content;
    }

    @Override
    public void write(Measured measured) {
      String now = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
      byte[] json = bytes(new Content(now, key, measured));
      String head = SHA_256 + DigestUtils.sha256Hex(json) + "\n";
      try {
        Files.createDirectories(file.getParent());
        DurableFile.write(
            file,
            (head + new String(json, StandardCharsets.UTF_8)).getBytes(StandardCharsets.UTF_8));
        removeThoseOfOtherCode();
      } catch (IOException e) {
        throw new UncheckedIOException(
            "cannot keep what was measured in %s; make room, or name another folder with -Druns.dir"
                .formatted(file),
            e);
      }
    }

    private void removeThoseOfOtherCode() throws IOException {
      List<Path> others;
      try (Stream<Path> files = Files.list(file.getParent())) {
        others =
            files
                .filter(other -> FILE.matcher(other.getFileName().toString()).matches())
                .filter(other -> !other.getFileName().toString().contains(named(key.code())))
                .toList();
      }
      for (Path other : others) {
        Files.deleteIfExists(other);
      }
    }
  }

  /**
   * All that what a test measures depends on. Two measurements with equal keys are the same to the
   * bit.
   *
   * @param format of the file; changes when a kept measurement is written otherwise
   * @param test as {@code class#method}
   * @param scale of the run, as in {@code -Dscale}
   * @param networks what is measured: the runs with the checksums of their files and of their data,
   *     or how students are trained, which says their bits
   * @param expected checksum of the bands, settings and published points that measurements and
   *     figures look at
   * @param code checksum of the code that measures
   * @param platform with what it is computed
   */
  record MeasurementKey(
      int format,
      String test,
      String scale,
      List<String> networks,
      String expected,
      String code,
      ComputingPlatform platform) {

    /** Of files as {@link KeptMeasurements} writes them now. */
    static final int FORMAT = 1;

    /** Keeps a copy. */
    MeasurementKey {
      networks = List.copyOf(networks);
    }
  }

  /**
   * With what numbers are computed, as far as their last bits depend on it: Java, whose compiler
   * has its own forms of {@code exp} and {@code log}, the processor, the numeric libraries, and the
   * environment variables that they read.
   *
   * <p>OpenBLAS, MKL and oneDNN each choose their kernels by processor, version and environment.
   * Those three stand here in place of the kernels' names: to ask the libraries themselves would
   * load them, for seconds and hundreds of megabytes, where nothing is to be computed.
   *
   * @param java version of the runtime
   * @param processor its model and features
   * @param libraries versions of PyTorch's natives and of their interface, and names of files,
   *     which have their versions
   * @param environment variables that choose kernels and threads, by name
   */
  record ComputingPlatform(
      String java, String processor, List<String> libraries, Map<String, String> environment) {

    private static final Path PROCESSOR = Path.of("/proc/cpuinfo");

    /**
     * The lines that are the same for all of its cores at all times, unlike those of frequencies.
     */
    private static final Pattern OF_MODEL = Pattern.compile("(vendor_id|model name|flags)\\s*:.*");

    private static final List<String> PREFIXES =
        List.of(
            "ATEN_", "DNNL_", "GOTO_", "KMP_", "MKL_", "OMP_", "ONEDNN_", "OPENBLAS_", "TORCH_");

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
                          StatUtils.class,
                          openblas.class,
                          Loader.class,
                          Engine.class,
                          PtEngine.class)
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
}
