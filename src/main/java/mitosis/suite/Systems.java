package mitosis.suite;

import java.util.List;

/** The systems that the suite knows. */
public final class Systems {

  private static final List<TestedSystem> ALL = List.of(new PmnistFc5(), new PmnistFc5Free());

  private Systems() {}

  /** All names. */
  public static List<String> names() {
    return ALL.stream().map(TestedSystem::name).toList();
  }

  /**
   * @throws IllegalArgumentException if there is no such system; lists those that there are
   */
  public static TestedSystem named(String name) {
    return ALL.stream()
        .filter(system -> system.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "unknown system '%s'; use one of %s"
                        .formatted(name, String.join(", ", names()))));
  }
}
