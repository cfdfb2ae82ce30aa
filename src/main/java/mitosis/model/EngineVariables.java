package mitosis.model;

import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Environment variables that put other native libraries, or another engine, in the place of those
 * on the class path, for which the suite's numbers hold. DJL 0.32.0 obeys each of them, as a
 * variable or else as a system property of that name, before it looks at the class path. Images of
 * containers set some: {@code PYTORCH_VERSION} stands in those of PyTorch and NVIDIA, {@code
 * PYTORCH_LIBRARY_PATH} in those of djl-serving.
 *
 * <p>Not among them are {@code DJL_CACHE_DIR} and {@code ENGINE_CACHE_DIR}, which say where the
 * class path's own libraries are unpacked, and {@code LD_LIBRARY_PATH}, in which NVIDIA's images
 * name a PyTorch of their own: DJL opens its libraries by their full path, and those that one needs
 * of another are then found among the opened ones. Drivers are found through it.
 */
public final class EngineVariables {

  /** The variables' names; the build takes the same away from the processes that it starts. */
  public static final List<String> NAMES =
      List.of(
          "PYTORCH_VERSION",
          "PYTORCH_FLAVOR",
          "PYTORCH_PRECXX11",
          "PYTORCH_LIBRARY_PATH",
          "PYTORCH_LIBRARY_EXCLUSION",
          "PYTORCH_EXTRA_LIBRARY_PATH",
          "LIBSTDCXX_LIBRARY_PATH",
          "DJL_DEFAULT_ENGINE");

  private EngineVariables() {}

  /**
   * Takes them out of the environment of a process that is yet to be started.
   *
   * @param environment its variables by name; changed in place
   */
  public static void removeFrom(Map<String, String> environment) {
    environment.keySet().removeAll(NAMES);
  }

  /**
   * Refuses to load an engine where one is set: a process cannot change its own environment.
   *
   * @param variable the value of an environment variable by its name, or null
   * @param property the value of a system property by its name, or null
   * @throws IllegalStateException if one is set; names it and says how to take it away
   */
  static void requireNone(UnaryOperator<String> variable, UnaryOperator<String> property) {
    for (String name : NAMES) {
      if (variable.apply(name) != null) {
        throw new IllegalStateException(
            "the environment variable %s is set (%s), by which DJL loads other native libraries than those that the suite is made for; take it away, as in: env -u %s mvn verify"
                .formatted(name, variable.apply(name), name));
      }
      if (property.apply(name) != null) {
        throw new IllegalStateException(
            "the system property %s is set (%s), by which DJL loads other native libraries than those that the suite is made for; leave out -D%s"
                .formatted(name, property.apply(name), name));
      }
    }
  }
}
