package mitosis.suite;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import mitosis.claim.ClaimId;
import mitosis.claim.Scale;
import mitosis.data.BaseFolder;
import mitosis.data.Datasets;
import mitosis.model.NativeEngine;
import mitosis.model.Precision;
import mitosis.suite.TestedSystem.SystemOnData;

/**
 * What a run of the suite is told by {@code -D} options.
 *
 * @param claims to be tested
 * @param systems to be tested, by name
 * @param scale how large
 * @param seeds how many seeds instead of the system's own number
 * @param widths those of the systems' widths that are trained; empty for all
 * @param runsDir where runs are kept
 * @param dataDir where the data lies
 * @param offline whether nothing may be downloaded
 * @param device {@code cpu} or {@code cuda}
 * @param devices the numbers of the GPUs to be used; empty for all
 * @param budget how long may be trained, or nothing for as long as it takes
 * @param precision in which networks are trained
 * @param subject a network that is audited instead of any system
 * @param subjectSystem the system whose images that network is shown, where it comes without a
 *     representation
 * @param requireRedundant whether the build fails unless that network is found redundant
 * @param measureAgain whether what earlier runs measured is measured again
 * @param prune what is done about runs that nobody asks for, before anything else
 * @param record of how many groups of other seeds baselines are recorded, 0 for findings alone;
 *     nothing is recorded if empty
 */
public record Options(
    Set<ClaimId> claims,
    Set<String> systems,
    Scale scale,
    OptionalInt seeds,
    Set<Integer> widths,
    Path runsDir,
    Path dataDir,
    boolean offline,
    String device,
    Set<Integer> devices,
    Optional<Duration> budget,
    Precision precision,
    Optional<Path> subject,
    Optional<String> subjectSystem,
    boolean requireRedundant,
    boolean measureAgain,
    Prune prune,
    OptionalInt record) {

  /** The name under which a network that a user brings stands in claims, files and tags. */
  public static final String SUBJECT = "subject";

  /** The fewest seeds from which err∞ and an interval can be had. */
  public static final int LEAST_SEEDS = 3;

  private static final int MOST_SEEDS = 1_000;

  /** As many groups of other seeds a baseline is recorded from, unless it is told. */
  static final int BASELINE_GROUPS = 10;

  private static final String CUDA = "cuda";

  private static final List<String> DEVICES = List.of("cpu", CUDA);

  /** A night. */
  private static final Duration ON_CUDA = Duration.ofHours(7);

  private static final Path RUNS = BaseFolder.SUITE.resolve("runs");
  private static final Path DATA = BaseFolder.SUITE.resolve("data");

  /** Options that say what is trained, or how it is recorded. */
  private static final List<String> OF_TRAININGS =
      List.of("systems", "seeds", "budget", "precision", "expected.record");

  private static final Pattern PLAIN_WORD = Pattern.compile("[\\p{L}\\p{N}_./:=@,+-]+");

  private static final Pattern TIME =
      Pattern.compile("(?:(\\d{1,4})h)?(?:(\\d{1,5})m)?(?:(\\d{1,6})s)?");

  /** What is done about runs that nobody asks for. */
  public enum Prune {
    /** They stay. */
    NOTHING,
    /** They are listed. */
    LIST,
    /** They are listed, and then removed. */
    REMOVE
  }

  /** The options of this process. */
  public static Options ofSystemProperties() {
    return of(System::getProperty);
  }

  /**
   * @param property the value of an option by its name, or null where it was not given
   * @throws IllegalArgumentException if a value is not allowed; names the option, the value and the
   *     allowed ones
   */
  public static Options of(UnaryOperator<String> property) {
    Optional<Path> subject =
        given("subject", property) == null
            ? Optional.empty()
            : Optional.of(parsed("subject", property, value -> existing(value, property)));
    boolean require = given("subject.require", property) != null;
    if (require) {
      parsed("subject.require", property, Options::redundant);
    }
    if (subject.isEmpty() && property.apply("subject") != null) {
      throw new IllegalArgumentException("-Dsubject names no path; give -Dsubject=PATH");
    }
    if (subject.isEmpty() && require) {
      throw new IllegalArgumentException("-Dsubject.require=redundant asks for -Dsubject=PATH too");
    }
    Optional<String> subjectSystem =
        given("subject.system", property) == null
            ? Optional.empty()
            : Optional.of(parsed("subject.system", property, name -> Systems.showing(name).name()));
    if (subject.isEmpty() && subjectSystem.isPresent()) {
      throw new IllegalArgumentException(
          "-Dsubject.system=%s asks for -Dsubject=PATH too: the network that is shown the system's data"
              .formatted(subjectSystem.get()));
    }
    if (subject.isPresent()) {
      requireNoneOf(OF_TRAININGS, property);
    }
    String oneDnn = property.apply(NativeEngine.ONEDNN);
    if (oneDnn != null && !List.of("on", "off").contains(oneDnn)) {
      throw new IllegalArgumentException(
          "-D%s=%s: expected on or off".formatted(NativeEngine.ONEDNN, oneDnn));
    }
    String device =
        given("device", property) == null
            ? DEVICES.get(0)
            : parsed("device", property, Options::device);
    Scale scale =
        given("scale", property) == null ? Scale.QUICK : parsed("scale", property, Scale::parse);
    Precision precision =
        given("precision", property) == null
            ? Precision.FLOAT32
            : parsed("precision", property, Options::precision);
    if (precision != Precision.FLOAT32 && property.apply("expected.record") != null) {
      throw new IllegalArgumentException(
          "-Dexpected.record records what networks trained in float32 show; leave out -Dprecision=%s"
              .formatted(precision.word()));
    }
    Set<String> systems =
        subject.isPresent()
            ? Set.of(SUBJECT)
            : list("systems", property, Systems.namesAt(scale), name -> Systems.named(name).name());
    Path dataDir =
        subject.isPresent() && subjectSystem.isEmpty()
            ? BaseFolder.SUITE.resolve("fixtures")
            : path("data.dir", property, DATA);
    Set<Integer> widths = list("widths", property, List.of(), Options::number);
    if (!widths.isEmpty()) {
      requireWidths(widths, systems, scale, new Datasets(dataDir));
    }
    Set<Integer> devices = list("devices", property, List.of(), Options::number);
    if (!devices.isEmpty() && !device.equals(CUDA)) {
      throw new IllegalArgumentException(
          "-Ddevices=%s chooses GPUs, but the device is %s; give -Pgpu too, or leave it out"
              .formatted(given("devices", property), device));
    }
    Options options =
        new Options(
            list("claims", property, Arrays.asList(ClaimId.values()), ClaimId::parse),
            systems,
            scale,
            given("seeds", property) == null
                ? OptionalInt.empty()
                : OptionalInt.of(parsed("seeds", property, Options::seeds)),
            widths,
            path("runs.dir", property, RUNS),
            dataDir,
            isOn("offline", property),
            device,
            devices,
            given("budget", property) != null
                ? Optional.of(parsed("budget", property, Options::time))
                : device.equals(CUDA) ? Optional.of(ON_CUDA) : Optional.empty(),
            precision,
            subject,
            subjectSystem,
            require,
            isOn("measure.again", property),
            property.apply("runs.prune") == null
                ? Prune.NOTHING
                : given("runs.prune", property) == null
                    ? Prune.REMOVE
                    : parsed("runs.prune", property, Options::prune),
            property.apply("expected.record") == null
                ? OptionalInt.empty()
                : OptionalInt.of(
                    given("expected.record", property) == null
                        ? BASELINE_GROUPS
                        : parsed("expected.record", property, Options::groups)));
    if (subject.isEmpty() && options.record().isPresent()) {
      options.requireRecordable();
    }
    return options;
  }

  /** Findings and baselines are those of the default number of seeds and widths. */
  private void requireRecordable() {
    if (scale == Scale.SMOKE) {
      throw new IllegalArgumentException(
          "-Dexpected.record with -Dscale=smoke: a smoke run decides nothing that could be recorded; leave one out");
    }
    for (String name : systems) {
      TestedSystem system = Systems.named(name);
      if (!isOfRecordedSize(system)) {
        throw new IllegalArgumentException(
            "-Dexpected.record records what the %d seeds and all widths of %s show at %s scale; leave out -Dseeds and -Dwidths"
                .formatted(system.seeds(scale), name, scale.word()));
      }
    }
  }

  private static String given(String option, UnaryOperator<String> property) {
    String value = property.apply(option);
    return value == null || value.isBlank() ? null : value.strip();
  }

  /** Whether an option is given that takes no value, or not {@code false}. */
  private static boolean isOn(String option, UnaryOperator<String> property) {
    return property.apply(option) != null && !"false".equals(given(option, property));
  }

  private static <T> T parsed(
      String option, UnaryOperator<String> property, Function<String, T> parser) {
    String value = given(option, property);
    try {
      return parser.apply(value);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("-D%s=%s: %s".formatted(option, value, e.getMessage()), e);
    }
  }

  private static <T> Set<T> list(
      String option, UnaryOperator<String> property, List<T> all, Function<String, T> parser) {
    if (given(option, property) == null) {
      return new LinkedHashSet<>(all);
    }
    return parsed(
        option,
        property,
        value ->
            Arrays.stream(value.split(","))
                .map(String::strip)
                .map(parser)
                .collect(Collectors.toCollection(LinkedHashSet::new)));
  }

  private static int seeds(String value) {
    try {
      int seeds = Integer.parseInt(value);
      if (seeds >= LEAST_SEEDS && seeds <= MOST_SEEDS) {
        return seeds;
      }
    } catch (NumberFormatException e) {
      // Refused below, like a number out of range.
    }
    throw new IllegalArgumentException(
        "expected a whole number from %d (fewer give no interval) to %d"
            .formatted(LEAST_SEEDS, MOST_SEEDS));
  }

  private static int number(String value) {
    if (!value.matches("\\d{1,6}")) {
      throw new IllegalArgumentException("expected whole numbers, as in 0,1");
    }
    return Integer.parseInt(value);
  }

  /**
   * Reads a time such as {@code 8h}, {@code 30m}, {@code 90s} or {@code 1h30m}.
   *
   * @throws IllegalArgumentException if it is none, or 0
   */
  public static Duration time(String value) {
    Matcher parts = TIME.matcher(value);
    Duration time = Duration.ZERO;
    if (parts.matches()) {
      time =
          Duration.ofHours(part(parts.group(1)))
              .plusMinutes(part(parts.group(2)))
              .plusSeconds(part(parts.group(3)));
    }
    if (time.isZero()) {
      throw new IllegalArgumentException("expected a time above 0, as in 8h, 30m, 90s or 1h30m");
    }
    return time;
  }

  private static long part(String number) {
    return number == null ? 0 : Long.parseLong(number);
  }

  /** A system that is too slow at the scale is not trained at any width. */
  private static void requireWidths(
      Set<Integer> widths, Set<String> systems, Scale scale, Datasets datasets) {
    for (String name : systems) {
      if (name.equals(SUBJECT)) {
        throw new IllegalArgumentException(
            "-Dwidths and -Dsubject exclude each other: a network is audited as it is; leave one out");
      }
      TestedSystem system = Systems.named(name);
      Set<Integer> all = system.widths(scale, datasets);
      if (!system.isRecorded() && system.tooSlowAt(scale).isEmpty() && !all.containsAll(widths)) {
        throw new IllegalArgumentException(
            "-Dwidths=%s: at %s scale %s has the widths %s; choose among them, or other systems with -Dsystems"
                .formatted(joined(widths), scale.word(), name, joined(all)));
      }
    }
  }

  static String joined(Set<Integer> numbers) {
    return numbers.stream().map(String::valueOf).collect(Collectors.joining(","));
  }

  private static int groups(String value) {
    if (value.equals("true")) {
      return BASELINE_GROUPS;
    }
    try {
      int groups = Integer.parseInt(value);
      // One group says nothing of how far another may be from it.
      if (groups == 0 || groups >= 2) {
        return groups;
      }
    } catch (NumberFormatException e) {
      // Refused below, like a number out of range.
    }
    throw new IllegalArgumentException(
        "expected the number of groups of seeds, at least 2, or 0 for findings alone");
  }

  private static String device(String value) {
    if (!DEVICES.contains(value)) {
      throw new IllegalArgumentException(
          "unknown device; use one of " + String.join(", ", DEVICES));
    }
    return value;
  }

  private static Prune prune(String value) {
    return switch (value) {
      case "true" -> Prune.REMOVE;
      case "list" -> Prune.LIST;
      default ->
          throw new IllegalArgumentException(
              "expected no value, or list, which lists what would be removed and removes nothing");
    };
  }

  private static Precision precision(String value) {
    return Arrays.stream(Precision.values())
        .filter(precision -> precision.word().equals(value))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "unknown precision; use one of "
                        + Arrays.stream(Precision.values())
                            .map(Precision::word)
                            .collect(Collectors.joining(", "))));
  }

  private static Path existing(String value, UnaryOperator<String> property) {
    Path path = BaseFolder.CALLER.resolve(value, property);
    if (!Files.exists(path)) {
      throw new IllegalArgumentException(
          "%s does not exist; name a folder of .npy or .pt files, a .npz or a .safetensors file, or a TorchScript program"
              .formatted(path.toAbsolutePath()));
    }
    return path;
  }

  private static String redundant(String value) {
    if (!value.equals("redundant")) {
      throw new IllegalArgumentException("unknown requirement; the only one is redundant");
    }
    return value;
  }

  private static void requireNoneOf(List<String> options, UnaryOperator<String> property) {
    options.stream()
        .filter(option -> property.apply(option) != null)
        .findFirst()
        .ifPresent(
            option -> {
              throw new IllegalArgumentException(
                  "-Dsubject and -D%s exclude each other: a network is audited by itself, nothing is trained; leave one out"
                      .formatted(option));
            });
  }

  private static Path path(String option, UnaryOperator<String> property, Path preset) {
    if (given(option, property) == null) {
      return preset;
    }
    Path path = parsed(option, property, value -> BaseFolder.CALLER.resolve(value, property));
    if (option.equals("data.dir") && !Files.isDirectory(path)) {
      throw new IllegalArgumentException(
          "-D%s: %s is not a folder; make it, or name one that holds the data, see the README"
              .formatted(option, path.toAbsolutePath()));
    }
    return path;
  }

  /** Whether it is trained on GPUs. */
  public boolean usesCuda() {
    return device.equals(CUDA);
  }

  /** What of a system's study is trained: the widths that were chosen, or all of them. */
  public Study chosen(SystemOnData system, Study whole) {
    Study asked = whole.askedBy(claims);
    return widths.isEmpty() || system.isRecorded() || system.tooSlowAt(scale).isPresent()
        ? asked
        : asked.ofWidths(widths);
  }

  /**
   * Whether a system is tested with as many seeds and widths as its findings were recorded with.
   */
  public boolean isOfRecordedSize(TestedSystem system) {
    return system.isRecorded() || seedsOf(system) == system.seeds(scale) && widths.isEmpty();
  }

  /** The options that say where runs and data lie, if elsewhere than by default; for a rerun. */
  public String folders() {
    return (runsDir.equals(RUNS) ? "" : " -Druns.dir=" + quoted(runsDir))
        + (dataDir.equals(DATA) ? "" : " -Ddata.dir=" + quoted(dataDir));
  }

  /** A path as a shell takes it for one word. */
  static String quoted(Path path) {
    String word = path.toString();
    return PLAIN_WORD.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
  }

  /** Seeds of a system: those asked for, or its own number; of a recorded one always that. */
  public int seedsOf(TestedSystem system) {
    return system.isRecorded() ? system.seeds(scale) : seeds.orElse(system.seeds(scale));
  }
}
