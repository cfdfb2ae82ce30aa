package mitosis.train;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import mitosis.model.NativeEngine;
import mitosis.train.Gpu.DeviceProbe;

/**
 * Looks through the running system: the driver's files and {@code nvidia-smi}, or its files alone
 * where that is missing, as it is in some containers. Loads no library, so that no memory of a GPU
 * stays taken.
 */
public final class SystemProbe implements DeviceProbe {

  private static final String DRIVER = "proc/driver/nvidia/version";
  private static final String DEVICES = "proc/driver/nvidia/gpus";
  private static final String LIBRARY = "libcuda.so.1";
  private static final String VISIBLE = "CUDA_VISIBLE_DEVICES";
  private static final String QUERY =
      "--query-gpu=index,uuid,compute_cap,memory.total,memory.free,driver_version,name";
  private static final Pattern DRIVER_VERSION = Pattern.compile("\\b\\d{3,}\\.\\d+(\\.\\d+)?\\b");
  private static final Pattern CUDA_VERSION = Pattern.compile("CUDA Version\\s*:\\s*(\\d+\\.\\d+)");
  private static final Pattern MODEL = Pattern.compile("Model:\\s*(.+)");
  private static final Pattern UUID = Pattern.compile("GPU UUID:\\s*(GPU-\\S+)");
  private static final int FIELDS = 7;
  private static final long MEBI = 1 << 20;
  private static final long PATIENCE_SECONDS = 30;

  private final Path root;
  private final String tool;
  private final Map<String, String> environment;

  /** A look at this machine. */
  public SystemProbe() {
    this(Path.of("/"), "nvidia-smi", System.getenv());
  }

  /**
   * @param root where the file system begins
   * @param tool the program that lists devices
   * @param environment of this process
   */
  SystemProbe(Path root, String tool, Map<String, String> environment) {
    this.root = root;
    this.tool = tool;
    this.environment = environment;
  }

  /** What a program said. */
  private record Answer(boolean good, String text) {}

  @Override
  public Sighting look() {
    Optional<Answer> listed = ask(QUERY, "--format=csv,noheader,nounits");
    List<String[]> rows = listed.filter(Answer::good).map(SystemProbe::rows).orElse(List.of());
    List<Gpu> gpus = rows.isEmpty() ? fromFiles() : rows.stream().map(SystemProbe::gpu).toList();
    Optional<String> driver =
        rows.isEmpty() ? driverFromFile() : Optional.of(rows.get(0)[5]).map(String::strip);
    return new Sighting(
        driver,
        libraryFound(),
        listed.flatMap(answer -> ask()).flatMap(answer -> first(CUDA_VERSION, answer.text(), 1)),
        visible(gpus),
        NativeEngine.cudaFlavor(),
        listed.filter(answer -> rows.isEmpty()).map(answer -> answer.text().strip()));
  }

  /** Lines of as many fields as were asked for; the name is last, since it may hold a comma. */
  private static List<String[]> rows(Answer answer) {
    return answer
        .text()
        .lines()
        .map(line -> line.split(",", FIELDS))
        .filter(fields -> fields.length == FIELDS && fields[0].strip().matches("\\d+"))
        .toList();
  }

  private static Gpu gpu(String[] fields) {
    return new Gpu(
        Integer.parseInt(fields[0].strip()),
        fields[1].strip(),
        fields[6].strip(),
        Gpu.Capability.parse(fields[2].strip()),
        bytes(fields[3]),
        bytes(fields[4]));
  }

  private static OptionalLong bytes(String mebibytes) {
    String number = mebibytes.strip();
    return number.matches("\\d{1,12}")
        ? OptionalLong.of(Long.parseLong(number) * MEBI)
        : OptionalLong.empty();
  }

  /** One folder a device, named after its place on the bus, by which they are numbered. */
  private List<Gpu> fromFiles() {
    List<Gpu> gpus = new ArrayList<>();
    try (Stream<Path> folders = Files.list(root.resolve(DEVICES))) {
      for (Path folder : folders.sorted().toList()) {
        String text = text(folder.resolve("information")).orElse("");
        gpus.add(
            new Gpu(
                gpus.size(),
                first(UUID, text, 1).orElse(""),
                first(MODEL, text, 1).map(String::strip).orElse("unknown"),
                Optional.empty(),
                OptionalLong.empty(),
                OptionalLong.empty()));
      }
    } catch (IOException e) {
      return List.of();
    }
    return gpus;
  }

  private Optional<String> driverFromFile() {
    return text(root.resolve(DRIVER)).flatMap(text -> first(DRIVER_VERSION, text, 0));
  }

  private boolean libraryFound() {
    // What the dynamic linker looks through: the path of the environment, its cache, its folders.
    Stream<Path> folders =
        Stream.concat(
            Arrays.stream(environment.getOrDefault("LD_LIBRARY_PATH", "").split(":"))
                .filter(folder -> !folder.isBlank())
                .map(Path::of),
            Stream.of("lib/x86_64-linux-gnu", "usr/lib/x86_64-linux-gnu", "usr/lib64", "usr/lib")
                .map(root::resolve));
    return folders.anyMatch(folder -> Files.exists(folder.resolve(LIBRARY)))
        || text(root.resolve("etc/ld.so.cache")).filter(t -> t.contains(LIBRARY)).isPresent();
  }

  /** The devices that the environment does not hide from this process. */
  private List<Gpu> visible(List<Gpu> gpus) {
    String names = environment.get(VISIBLE);
    if (names == null) {
      return gpus;
    }
    List<Gpu> seen = new ArrayList<>();
    for (String name : names.split(",")) {
      String wanted = name.strip();
      gpus.stream()
          .filter(
              gpu ->
                  wanted.equals(Integer.toString(gpu.index()))
                      || wanted.startsWith("GPU-") && gpu.uuid().startsWith(wanted))
          .forEach(seen::add);
    }
    return seen;
  }

  private Optional<Answer> ask(String... arguments) {
    List<String> command = new ArrayList<>(List.of(tool));
    command.addAll(List.of(arguments));
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      process.getOutputStream().close();
      String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      boolean ended = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
      process.destroyForcibly();
      return Optional.of(new Answer(ended && process.exitValue() == 0, text));
    } catch (IOException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  private static Optional<String> text(Path file) {
    try {
      return Optional.of(Files.readString(file, StandardCharsets.ISO_8859_1));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static Optional<String> first(Pattern pattern, String text, int group) {
    Matcher matcher = pattern.matcher(text);
    return matcher.find() ? Optional.of(matcher.group(group)) : Optional.empty();
  }
}
