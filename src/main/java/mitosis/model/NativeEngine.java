package mitosis.model;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.pytorch.jni.LibUtils;
import ai.djl.util.Utils;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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

  /** What is unpacked of the natives for the CPU is 432 MB. */
  private static final long UNPACKED_BYTES = 450L << 20;

  /** {@code off} switches oneDNN off, as on a machine on which it is wrong. */
  public static final String ONEDNN = "engine.onednn";

  private static Engine engine;
  private static Optional<String> remedy;

  private NativeEngine() {}

  /**
   * The engine, which the first call of a process loads and tries.
   *
   * @throws IllegalStateException if the environment names other libraries, if these cannot be
   *     unpacked or loaded, or if they compute wrongly on this machine even without oneDNN; says
   *     what to do
   */
  public static synchronized Engine get() {
    if (engine == null) {
      EngineVariables.requireNone(System::getenv, System::getProperty);
      Engine loaded = alone();
      remedy =
          settled(
              EngineTrial.of(loaded, Device.cpu()),
              OneDnn::switchOff,
              "off".equals(System.getProperty(ONEDNN)));
      remedy.ifPresent(System.err::println);
      engine = loaded;
    }
    return engine;
  }

  /**
   * Whether this process computes convolutions on the CPU without oneDNN, which takes about twice
   * as long. Loads the engine.
   */
  public static boolean isWithoutOneDnn() {
    get();
    return remedy.isPresent();
  }

  /** The outcome of the engine's trial in this process, in a sentence. Loads the engine. */
  public static String trial() {
    get();
    return remedy.orElse("PyTorch's convolutions and products of whole numbers are exact here");
  }

  /** The outcome of the engine's trial, or nothing as long as no one has asked for the engine. */
  public static synchronized Optional<String> trialSoFar() {
    return engine == null ? Optional.empty() : Optional.of(trial());
  }

  /**
   * Tries an arithmetic, and switches oneDNN off where it is wrong.
   *
   * @param arithmetic the engine's
   * @param switchOff takes oneDNN out of it
   * @param atOnce whether to do so whatever the trial says
   * @return what was done, in a sentence, or nothing if all is right as it is
   * @throws IllegalStateException if it is wrong without oneDNN too
   */
  static Optional<String> settled(
      EngineTrial.Arithmetic arithmetic, Runnable switchOff, boolean atOnce) {
    EngineTrial trial = new EngineTrial(0);
    Optional<String> reason =
        atOnce ? Optional.of("asked for with -D%s=off".formatted(ONEDNN)) : trial.fault(arithmetic);
    if (reason.isEmpty()) {
      return Optional.empty();
    }
    switchOff.run();
    trial
        .fault(arithmetic)
        .ifPresent(
            fault -> {
              throw new IllegalStateException(
                  "PyTorch's libraries compute wrongly on this processor (%s), with oneDNN switched off too: %s; use another machine"
                      .formatted(processor(), fault));
            });
    return Optional.of(
        "oneDNN is switched off in this process (%s: %s): convolutions take about twice as long; fully connected networks are not concerned"
            .formatted(processor(), reason.get()));
  }

  /**
   * Tries convolutions and products of whole numbers on another device than the CPU.
   *
   * @param tolerance the largest difference allowed, in units of the largest number
   * @throws IllegalStateException if they are further off; says which and by how much
   */
  public static void requireRight(Device device, double tolerance) {
    new EngineTrial(tolerance)
        .fault(EngineTrial.of(on(device), device))
        .ifPresent(
            fault -> {
              throw new IllegalStateException(
                  "%s computes wrongly: %s. The device, its driver or PyTorch's libraries are not to be trusted; another device can be chosen with -Ddevices"
                      .formatted(device, fault));
            });
  }

  /** The processor's name, as the system tells it. */
  public static String processor() {
    try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"))) {
      return lines
          .filter(line -> line.startsWith("model name"))
          .findFirst()
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .orElse("a processor without a name");
    } catch (IOException | UncheckedIOException e) {
      return "an unknown processor";
    }
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

  /**
   * Refuses a cache folder that the libraries cannot be unpacked into, before anything is loaded.
   * One that cannot be written to is enough where they lie in it.
   *
   * @throws IllegalStateException if it cannot be written to, or the disk is too full; says what to
   *     do
   */
  public static void requireCache() {
    requireCache(cache());
  }

  static void requireCache(Path cache) {
    try (Stream<Path> unpacked =
        Files.isDirectory(cache) ? Files.list(cache) : Stream.<Path>empty()) {
      if (unpacked.anyMatch(each -> Files.exists(each.resolve("libtorch.so")))) {
        return;
      }
      Files.createDirectories(cache);
      Files.delete(Files.createTempFile(cache, "probe", ".tmp"));
      long room = Files.getFileStore(cache).getUsableSpace();
      if (room < UNPACKED_BYTES) {
        throw unusable(cache, "%d MB are free there".formatted(room >> 20), null);
      }
    } catch (IOException e) {
      throw unusable(cache, e.toString(), e);
    }
  }

  private static IllegalStateException unusable(Path cache, String reason, Throwable cause) {
    return new IllegalStateException(
        "PyTorch's libraries cannot be unpacked into %s, or loaded from there (%s); name with the environment variable DJL_CACHE_DIR a folder that can be written to, has %d MB free, and is not mounted noexec"
            .formatted(cache.toAbsolutePath(), reason, UNPACKED_BYTES >> 20),
        cause);
  }

  private static Engine alone() {
    Path cache = cache();
    FileChannel lock;
    try {
      Files.createDirectories(cache);
      lock =
          FileChannel.open(
              cache.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    } catch (IOException e) {
      // A folder that cannot be written to is not unpacked to either: loading from it is safe.
      return loaded(cache, e);
    }
    try (lock) {
      lock.lock();
      Optional<CudaRuntime> cuda = CudaRuntime.on(NativeEngine.class.getClassLoader());
      if (cuda.isPresent()) {
        cuda.get().offer(cache);
      }
      return loaded(cache, null);
    } catch (IOException e) {
      throw unusable(cache, e.toString(), e);
    }
  }

  /**
   * @param unlocked why the folder was not locked; null if it was
   */
  private static Engine loaded(Path cache, IOException unlocked) {
    try {
      return Engine.getInstance();
    } catch (RuntimeException | LinkageError e) {
      throw unusable(cache, unlocked == null ? reasons(e) : unlocked.toString(), e);
    }
  }

  /** What failed, and what that came from: DJL wraps what the system says. */
  private static String reasons(Throwable failure) {
    return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
        .map(Throwable::getMessage)
        .filter(Objects::nonNull)
        .distinct()
        .collect(Collectors.joining(": "));
  }
}
