package mitosis.train;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

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

    /** What there is now. */
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
}
