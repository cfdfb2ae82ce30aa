package mitosis.train;

import java.util.List;
import java.util.Optional;

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
   * @param natives the flavor of PyTorch's CUDA libraries on the class path, such as {@code cu124}
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
