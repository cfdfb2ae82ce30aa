package mitosis.model;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.pytorch.jni.LibUtils;
import ai.djl.util.Utils;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * PyTorch's native libraries, loaded by one process at a time.
 *
 * <p>The engine unpacks them into a cache folder when they are not there yet, and looks through
 * that folder while it loads them. Several processes that do so at once can take each other's files
 * away, as trainings and test forks that start together on a new machine would; and each would need
 * room for a copy of its own, 0.4 GB.
 */
public final class NativeEngine {

  /** What is locked, beside the cached libraries. */
  static final String LOCK = "loading.lock";

  private NativeEngine() {}

  /** The engine, which the first call of a process loads. */
  public static Engine get() {
    return Loaded.ENGINE;
  }

  /**
   * The engine, for computing on a device.
   *
   * @throws IllegalStateException if that is a GPU and the engine cannot compute on it: it would
   *     have loaded its libraries for the CPU instead
   */
  public static Engine on(Device device) {
    Engine engine = get();
    if (device.isGpu() && !engine.hasCapability("CUDA")) {
      throw new IllegalStateException(
          "PyTorch cannot compute on a CUDA device: it loaded %s, natives for CUDA on the class path are %s. The graphics driver may be older than these libraries, or the device hidden (CUDA_VISIBLE_DEVICES: %s); nothing is computed on the CPU instead"
              .formatted(
                  LibUtils.getLibtorchPath(),
                  cudaFlavor().orElse("missing"),
                  System.getenv().getOrDefault("CUDA_VISIBLE_DEVICES", "is not set")));
    }
    return engine;
  }

  /** Natives for CUDA that are on the class path, such as {@code cu124}; nothing without any. */
  public static Optional<String> cudaFlavor() {
    return CudaRuntime.on(NativeEngine.class.getClassLoader()).map(CudaRuntime::flavor);
  }

  /** Where the libraries are unpacked: {@code $DJL_CACHE_DIR/pytorch}, else in the home folder. */
  static Path cache() {
    return Utils.getEngineCacheDir("pytorch");
  }

  private static final class Loaded {

    static final Engine ENGINE = alone();

    private static Engine alone() {
      FileChannel lock;
      try {
        Files.createDirectories(cache());
        lock =
            FileChannel.open(
                cache().resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      } catch (IOException e) {
        // A folder that cannot be written to is not unpacked to either: loading from it is safe.
        return Engine.getInstance();
      }
      try (lock) {
        lock.lock();
        Optional<CudaRuntime> cuda = CudaRuntime.on(NativeEngine.class.getClassLoader());
        if (cuda.isPresent()) {
          cuda.get().offer(cache());
        }
        return Engine.getInstance();
      } catch (IOException e) {
        throw new IllegalStateException(
            "cannot lock or write beside %s (%s); name another folder with the environment variable DJL_CACHE_DIR"
                .formatted(cache().resolve(LOCK), e),
            e);
      }
    }
  }
}
