package mitosis.train;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Whether there is a CUDA device that trainings could use. */
public final class Cuda {

  private static final Path DRIVER = Path.of("/proc/driver/nvidia/version");
  private static final Path DEVICES = Path.of("/proc/driver/nvidia/gpus");
  private static final String NATIVES = "/native/lib/pytorch.properties";

  private Cuda() {}

  /**
   * @throws IllegalStateException if there is none; says what was looked for and found
   */
  public static void require() {
    List<String> missing = new ArrayList<>();
    if (!Files.isReadable(DRIVER)) {
      missing.add("no NVIDIA driver (%s is not there)".formatted(DRIVER));
    }
    if (count(DEVICES) == 0) {
      missing.add("no NVIDIA device (%s lists none)".formatted(DEVICES));
    }
    if (!nativesForCuda()) {
      missing.add(
          "no PyTorch natives for CUDA on the class path (the profile gpu adds them: -Pgpu)");
    }
    if (!missing.isEmpty()) {
      throw new IllegalStateException(
          "device=cuda asks for a CUDA device, but this machine has none that can be used: %s. Run on a machine with an NVIDIA GPU and its driver, or leave out -Pgpu to run on the CPU."
              .formatted(String.join("; ", missing)));
    }
  }

  private static long count(Path folder) {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.count();
    } catch (IOException e) {
      return 0;
    }
  }

  private static boolean nativesForCuda() {
    return Cuda.class
        .getClassLoader()
        .resources(NATIVES.substring(1))
        .anyMatch(resource -> resource.toString().contains("cu1"));
  }
}
