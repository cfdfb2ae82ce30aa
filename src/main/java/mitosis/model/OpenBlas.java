package mitosis.model;

import java.util.List;
import java.util.Optional;
import org.bytedeco.openblas.global.openblas_full;

/**
 * OpenBLAS, on one thread a call: work is spread over seeds, networks or blocks instead, which
 * gives the same bits on any number of threads.
 *
 * <p>Its library holds the kernels of many processors, and takes those of the one that it finds
 * itself on when it is loaded, unless {@code OPENBLAS_CORETYPE} names others. The variables of the
 * environment are the user's: older builds compute wrongly on some machines without them. Only the
 * interface {@code openblas_full} of JavaCPP tells the kernels' name; it stands on the same library
 * as {@code openblas}.
 */
public final class OpenBlas {

  private static final String CORE_TYPE = "OPENBLAS_CORETYPE";

  /** Of the second cache, by which it cuts products into blocks. */
  private static final String L2_SIZE = "OPENBLAS_L2_SIZE";

  /** The variables of the environment that choose kernels. */
  public static final List<String> VARIABLES = List.of(CORE_TYPE, L2_SIZE);

  static {
    openblas_full.blas_set_num_threads(1);
  }

  private static final Optional<String> FAULT = OpenBlasTrial.fault((operation, found) -> found);

  private OpenBlas() {}

  /**
   * Loads and tries it, which the first call of a process does.
   *
   * @throws IllegalStateException if it computes wrongly on this processor; says what to do
   */
  public static void load() {
    refuse(FAULT);
  }

  static void refuse(Optional<String> fault) {
    fault.ifPresent(
        wrong -> {
          throw new IllegalStateException(
              "%s computes wrongly on this processor (%s): %s; have it take kernels of another one, as in: OPENBLAS_CORETYPE=Haswell mvn verify"
                  .formatted(description(), NativeEngine.processor(), wrong));
        });
  }

  /** The kernels that it took, such as {@code Zen} or {@code SkylakeX}. */
  public static String kernel() {
    return openblas_full.openblas_get_corename().getString();
  }

  /** Name and version, as in {@code OpenBLAS 0.3.31}. */
  public static String version() {
    String[] words = openblas_full.openblas_get_config().getString().split(" ");
    return words[0] + " " + words[1];
  }

  /** All that the bits of a product depend on, as in {@code OpenBLAS 0.3.31 Zen}. */
  public static String description() {
    String blocks = System.getenv(L2_SIZE);
    return "%s %s%s"
        .formatted(version(), kernel(), blocks == null ? "" : ", " + L2_SIZE + "=" + blocks);
  }

  /** What the environment says about the kernels, as in {@code OPENBLAS_CORETYPE=Haswell}. */
  public static Optional<String> environment() {
    List<String> set =
        VARIABLES.stream()
            .filter(name -> System.getenv(name) != null)
            .map(name -> name + "=" + System.getenv(name))
            .toList();
    return set.isEmpty() ? Optional.empty() : Optional.of(String.join(" ", set));
  }
}
