package mitosis.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A GPU of the machine.
 *
 * @param index as {@code nvidia-smi} numbers it
 * @param uuid by which it can be named too, such as {@code GPU-8a56…}; empty if not known
 * @param name such as {@code NVIDIA A100-SXM4-40GB}
 * @param capability its compute capability; nothing if it was not told
 * @param totalBytes memory in all, if known
 * @param freeBytes memory that nobody uses, if known
 */
public record Gpu(
    int index,
    String uuid,
    String name,
    Optional<Capability> capability,
    OptionalLong totalBytes,
    OptionalLong freeBytes) {

  private static final double GIBI = 1 << 30;

  /** The generation of a chip, which decides what code it can run. */
  public record Capability(int major, int minor) implements Comparable<Capability> {

    /**
     * Reads, for example, {@code 9.0}.
     *
     * @return nothing if it is none
     */
    static Optional<Capability> parse(String text) {
      if (!text.matches("\\d{1,3}\\.\\d{1,3}")) {
        return Optional.empty();
      }
      String[] parts = text.split("\\.");
      return Optional.of(new Capability(Integer.parseInt(parts[0]), Integer.parseInt(parts[1])));
    }

    @Override
    public int compareTo(Capability other) {
      return major != other.major
          ? Integer.compare(major, other.major)
          : Integer.compare(minor, other.minor);
    }

    @Override
    public String toString() {
      return major + "." + minor;
    }
  }

  /**
   * As in {@code device 0: NVIDIA A100-SXM4-40GB, compute capability 8.0, 39.4 of 39.6 GiB free}.
   */
  @Override
  public String toString() {
    String memory =
        totalBytes.isPresent() && freeBytes.isPresent()
            ? ", %.1f of %.1f GiB free"
                .formatted(freeBytes.getAsLong() / GIBI, totalBytes.getAsLong() / GIBI)
            : "";
    return "device %d: %s%s%s"
        .formatted(
            index, name, capability.map(c -> ", compute capability " + c).orElse(""), memory);
  }

  /** Looks for what training on a GPU needs. */
  public interface DeviceProbe {

    /** Looks, and says what there is now. */
    Sighting look();

    /**
     * What was found.
     *
     * @param driver the graphics driver's version
     * @param driverLibrary whether the driver's library can be found by a process
     * @param cuda the newest CUDA that the driver supports, if it was told
     * @param gpus those that this process may use
     * @param natives the flavor of PyTorch's CUDA libraries on the class path, such as {@code
     *     cu124}
     * @param complaint what the driver's tool said instead of listing devices
     */
    record Sighting(
        Optional<String> driver,
        boolean driverLibrary,
        Optional<String> cuda,
        List<Gpu> gpus,
        Optional<String> natives,
        Optional<String> complaint) {

      /** Keeps a copy. */
      public Sighting {
        gpus = List.copyOf(gpus);
      }
    }
  }

  /**
   * Which of a machine's GPUs trainings can use, with the CUDA libraries that belong to PyTorch.
   */
  public static final class Cuda {

    /**
     * The oldest driver for CUDA 12.4, by the minor-version compatibility of all of CUDA 12
     * (NVIDIA, CUDA Toolkit Release Notes, table of minimum driver versions).
     */
    private static final String OLDEST_DRIVER = "525.60.13";

    /** The oldest chip that PyTorch 2.5.1 for CUDA 12.4 was built for: Maxwell. */
    private static final Gpu.Capability OLDEST = new Gpu.Capability(5, 0);

    /** The newest: Hopper. */
    private static final Gpu.Capability NEWEST = new Gpu.Capability(9, 0);

    private Cuda() {}

    /**
     * The GPUs to be used.
     *
     * @param seen what the machine has
     * @param chosen their numbers; empty for all
     * @return at least one, all of the same name
     * @throws IllegalStateException if they cannot be used; says what was looked for and found
     */
    public static List<Gpu> usable(DeviceProbe.Sighting seen, Set<Integer> chosen) {
      List<String> missing = missing(seen);
      if (!missing.isEmpty()) {
        throw new IllegalStateException(
            "device=cuda asks for a CUDA device, but this machine has none that can be used: %s. Run on a machine with an NVIDIA GPU and its driver, or leave out -Pgpu to run on the CPU."
                .formatted(String.join("; ", missing)));
      }
      List<Gpu> gpus =
          seen.gpus().stream()
              .filter(gpu -> chosen.isEmpty() || chosen.contains(gpu.index()))
              .toList();
      if (gpus.size() < chosen.size()) {
        throw new IllegalStateException(
            "-Ddevices=%s: this process sees %s"
                .formatted(
                    chosen.stream().map(String::valueOf).collect(Collectors.joining(",")),
                    seen.gpus().stream().map(Gpu::toString).collect(Collectors.joining("; "))));
      }
      gpus.forEach(Cuda::requireCodeFor);
      if (gpus.stream().map(Gpu::name).distinct().count() > 1) {
        throw new IllegalStateException(
            "the devices differ, and a run belongs to a kind of device: %s; choose some of one kind with -Ddevices"
                .formatted(gpus.stream().map(Gpu::toString).collect(Collectors.joining("; "))));
      }
      return gpus;
    }

    private static List<String> missing(DeviceProbe.Sighting seen) {
      List<String> missing = new ArrayList<>();
      if (seen.driver().isEmpty()) {
        missing.add(
            "no NVIDIA driver (/proc/driver/nvidia/version is not there, and nvidia-smi %s)"
                .formatted(
                    seen.complaint().map(words -> "said: " + words).orElse("is not there either")));
      } else if (older(seen.driver().get(), OLDEST_DRIVER)) {
        missing.add(
            "the driver is too old (found %s%s; CUDA 12.4 needs %s or newer)"
                .formatted(
                    seen.driver().get(),
                    seen.cuda().map(version -> ", for CUDA up to " + version).orElse(""),
                    OLDEST_DRIVER));
      }
      if (!seen.driverLibrary()) {
        missing.add(
            "no driver library (libcuda.so.1 is neither in LD_LIBRARY_PATH nor in /etc/ld.so.cache; a container must be started with its GPUs)");
      }
      if (seen.gpus().isEmpty()) {
        missing.add(
            "no NVIDIA device (%s; CUDA_VISIBLE_DEVICES is %s)"
                .formatted(
                    seen.driver().isPresent() && seen.complaint().isPresent()
                        ? "nvidia-smi said: " + seen.complaint().get()
                        : "neither nvidia-smi nor /proc/driver/nvidia/gpus lists one",
                    Optional.ofNullable(System.getenv("CUDA_VISIBLE_DEVICES")).orElse("not set")));
      }
      if (seen.natives().isEmpty()) {
        missing.add(
            "no PyTorch natives for CUDA on the class path (the profile gpu adds them: -Pgpu)");
      }
      return missing;
    }

    /**
     * Refuses a chip that PyTorch has no code for.
     *
     * @throws IllegalStateException says which, and what it would take
     */
    static void requireCodeFor(Gpu gpu) {
      Optional<Gpu.Capability> capability = gpu.capability();
      if (capability.filter(c -> c.compareTo(NEWEST) > 0).isPresent()) {
        throw new IllegalStateException(
            "%s is newer than Hopper: PyTorch 2.5.1 for CUDA 12.4, the newest on Maven Central, has code for compute capabilities %s to %s only. Use another GPU (-Ddevices), or leave out -Pgpu to run on the CPU."
                .formatted(gpu, OLDEST, NEWEST));
      }
      if (capability.filter(c -> c.compareTo(OLDEST) < 0).isPresent()) {
        throw new IllegalStateException(
            "%s is too old: PyTorch 2.5.1 for CUDA 12.4 has code for compute capabilities %s to %s only. Use another GPU (-Ddevices), or leave out -Pgpu to run on the CPU."
                .formatted(gpu, OLDEST, NEWEST));
      }
    }

    /** Compares versions number by number; what is missing counts as 0. */
    private static boolean older(String version, String than) {
      int[] left = numbers(version);
      int[] right = numbers(than);
      return IntStream.range(0, Math.max(left.length, right.length))
              .mapToObj(k -> Integer.compare(at(left, k), at(right, k)))
              .filter(order -> order != 0)
              .findFirst()
              .orElse(0)
          < 0;
    }

    private static int at(int[] numbers, int k) {
      return k < numbers.length ? numbers[k] : 0;
    }

    private static int[] numbers(String version) {
      return Arrays.stream(version.split("\\."))
          .filter(part -> part.matches("\\d{1,9}"))
          .mapToInt(Integer::parseInt)
          .toArray();
    }
  }
}
