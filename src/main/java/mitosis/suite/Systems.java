package mitosis.suite;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import mitosis.claim.Scale;
import mitosis.data.StrictYaml;
import mitosis.suite.TestedSystem.SystemOnData;

/** The systems that the suite knows. */
public final class Systems {

  private static final String FOLDER = "mitosis/systems";
  private static final String ENDING = ".yaml";

  private static final List<TestedSystem> ALL = all();

  private Systems() {}

  /** Those of which a file lies beside the suite's classes, in a folder or in its jar. */
  private static List<TestedSystem> all() {
    Path place = MeasuringCode.placeOf(Systems.class);
    try {
      if (Files.isDirectory(place)) {
        return in(place.resolve(FOLDER));
      }
      try (FileSystem jar = FileSystems.newFileSystem(place)) {
        return in(jar.getPath(FOLDER));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the systems in " + place, e);
    }
  }

  /**
   * The systems of a folder.
   *
   * @throws IllegalArgumentException if a file is refused; names it, the line and the field
   */
  static List<TestedSystem> in(Path folder) throws IOException {
    List<TestedSystem> systems = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*" + ENDING)) {
      for (Path file : files) {
        systems.add(read("systems/" + file.getFileName(), Files.readString(file)));
      }
    }
    systems.sort(Comparator.comparingInt(TestedSystem::order).thenComparing(TestedSystem::name));
    return List.copyOf(systems);
  }

  private static TestedSystem read(String file, String text) {
    TestedSystem system = StrictYaml.read(file, text, TestedSystem.class);
    if (!file.equals("systems/" + system.name() + ENDING)) {
      throw new IllegalArgumentException(
          "%s, field system: is '%s', which the file's name must be too; make them agree"
              .formatted(file, system.name()));
    }
    return system;
  }

  /** All names. */
  public static List<String> names() {
    return ALL.stream().map(TestedSystem::name).toList();
  }

  /**
   * The names of those that are tested unless others are asked for: on a CPU the systems whose data
   * comes with the suite or that need none, and all of them in a smoke run and at full scale.
   */
  public static List<String> namesAt(Scale scale) {
    return scale == Scale.QUICK || scale == Scale.EXTENDED
        ? ALL.stream().filter(TestedSystem::comesWithTheSuite).map(TestedSystem::name).toList()
        : names();
  }

  /**
   * @throws IllegalArgumentException if there is no such system; lists those that there are
   */
  public static TestedSystem named(String name) {
    return named(name, ALL);
  }

  /** Those that learn a dataset. */
  public static List<SystemOnData> onData() {
    return ofKind(SystemOnData.class);
  }

  /**
   * @throws IllegalArgumentException if there is no such system that learns a dataset; lists those
   *     that there are
   */
  public static SystemOnData onData(String name) {
    return named(name, onData());
  }

  /** The students of a teacher. */
  static TeacherStudent students() {
    return ofKind(TeacherStudent.class).get(0);
  }

  /**
   * @throws IllegalArgumentException if there is no such system that is trained on a dataset; lists
   *     those that there are
   */
  static TrainedSystem trained(String name) {
    return named(name, ofKind(TrainedSystem.class));
  }

  private static <T extends TestedSystem> List<T> ofKind(Class<T> kind) {
    return ALL.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  /** Those whose images a network that is brought can be shown, each dataset once. */
  public static List<SystemOnData> showing() {
    return onData().stream().filter(system -> !system.isRecorded()).toList();
  }

  /**
   * @throws IllegalArgumentException if there is no such system whose images a network can be
   *     shown; lists those that there are
   */
  public static SystemOnData showing(String name) {
    return named(name, showing());
  }

  private static <T extends TestedSystem> T named(String name, List<T> systems) {
    return systems.stream()
        .filter(system -> system.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "unknown system '%s'; use one of %s"
                        .formatted(
                            name,
                            systems.stream()
                                .map(TestedSystem::name)
                                .collect(Collectors.joining(", ")))));
  }
}
