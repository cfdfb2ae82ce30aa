package mitosis.suite;

import java.util.List;
import java.util.stream.Collectors;
import mitosis.claim.Scale;

/** The systems that the suite knows. */
public final class Systems {

  private static final List<TestedSystem> ALL =
      List.of(
          new PmnistFc5(),
          new RecordedPmnistFc5(),
          new PmnistFc5Free(),
          WideResNetOnCifar.ofTen(),
          WideResNetOnCifar.ofHundred(),
          new DenseNetOnCifar10(),
          new ResNet50OnImageNet(),
          new TeacherStudent());

  private Systems() {}

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
        ? List.of(PmnistFc5.NAME, RecordedPmnistFc5.NAME, PmnistFc5Free.NAME, TeacherStudent.NAME)
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
    return ALL.stream()
        .filter(SystemOnData.class::isInstance)
        .map(SystemOnData.class::cast)
        .toList();
  }

  /**
   * @throws IllegalArgumentException if there is no such system that learns a dataset; lists those
   *     that there are
   */
  public static SystemOnData onData(String name) {
    return named(name, onData());
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
