package mitosis.model;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.pytorch.jni.LibUtils;
import ai.djl.util.Utils;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.function.UnaryOperator;
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

  /** Name of the file, beside the cached libraries, that a process locks while it loads them. */
  static final String LOCK = "loading.lock";

  /** Room that the unpacked libraries for the CPU need; they take 432 MB. */
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

  /** The messages of a failure and of its causes: DJL wraps what the system says. */
  private static String reasons(Throwable failure) {
    return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
        .map(Throwable::getMessage)
        .filter(Objects::nonNull)
        .distinct()
        .collect(Collectors.joining(": "));
  }

  /**
   * The library by which PyTorch takes convolutions on a CPU, and the switch that takes it out of a
   * process: DJL's interface has none, so PyTorch's own functions are called in the library that
   * DJL has loaded.
   *
   * <p>Without it PyTorch lays out what each pixel sees and multiplies matrices. NNPACK, which
   * would then take batches of 16 images and more, is switched off too: its transforms round where
   * sums of whole numbers are exact, and on one AVX2 core a step of Wide-ResNet-10 takes 8.4 ms an
   * image with it and 5.1 without (W = 64; 2.6 with oneDNN), 18.5 and 12.1 (W = 128; 9.5 with
   * oneDNN).
   */
  static final class OneDnn {

    /** {@code at::globalContext()}. */
    private static final String CONTEXT = "_ZN2at13globalContextEv";

    /** {@code at::Context::setUserEnabledMkldnn(bool)}; MKL-DNN is oneDNN's former name. */
    private static final String ONEDNN = "_ZN2at7Context20setUserEnabledMkldnnEb";

    /** {@code at::Context::setUserEnabledNNPACK(bool)}. */
    private static final String NNPACK = "_ZN2at7Context20setUserEnabledNNPACKEb";

    /** {@code at::Context::userEnabledMkldnn() const}. */
    private static final String ONEDNN_IS_ON = "_ZNK2at7Context17userEnabledMkldnnEv";

    private static final byte OFF = 0;
    private static final int BYTE = 0xff;

    private OneDnn() {}

    /** Switches it off until the process ends. The engine must have been loaded. */
    static void switchOff() {
      NativeLibrary torch = torch();
      Pointer context = context(torch);
      torch.getFunction(ONEDNN).invokeVoid(new Object[] {context, OFF});
      torch.getFunction(NNPACK).invokeVoid(new Object[] {context, OFF});
    }

    /** Whether PyTorch may use it in this process. The engine must have been loaded. */
    static boolean isOn() {
      NativeLibrary torch = torch();
      // A C++ bool is the lowest byte of what comes back.
      return (torch.getFunction(ONEDNN_IS_ON).invokeInt(new Object[] {context(torch)}) & BYTE) != 0;
    }

    private static NativeLibrary torch() {
      return NativeLibrary.getInstance(
          Path.of(LibUtils.getLibtorchPath(), "libtorch_cpu.so").toString());
    }

    private static Pointer context(NativeLibrary torch) {
      return torch.getFunction(CONTEXT).invokePointer(new Object[0]);
    }
  }

  /**
   * The CUDA runtime library among PyTorch's natives on the class path.
   *
   * <p>The engine takes its CUDA libraries only if it finds a CUDA runtime of at least their
   * version on the machine, and the CPU's otherwise, without a word. A driver brings no runtime:
   * only the CUDA toolkit does, often another version. So the engine is shown the one that comes
   * with its own libraries.
   *
   * @param flavor such as {@code cu124}
   * @param resource where the library is on the class path
   * @param classes the class path
   */
  record CudaRuntime(String flavor, String resource, ClassLoader classes) {

    private static final String NATIVES = "native/lib/pytorch.properties";
    private static final String RUNTIME = "cudart";

    /** The one on the class path, or nothing if there are natives for the CPU only. */
    static Optional<CudaRuntime> on(ClassLoader classes) {
      try {
        for (URL url : Collections.list(classes.getResources(NATIVES))) {
          Properties natives = new Properties();
          try (InputStream in = url.openStream()) {
            natives.load(in);
          }
          String flavor = natives.getProperty("flavor", "");
          List<String> libraries = Arrays.asList(natives.getProperty("libraries", "").split(","));
          Optional<String> runtime =
              libraries.stream().filter(name -> name.startsWith("lib" + RUNTIME)).findFirst();
          if (flavor.startsWith("cu") && runtime.isPresent()) {
            String folder = "pytorch/%s/%s/".formatted(flavor, natives.getProperty("classifier"));
            return Optional.of(new CudaRuntime(flavor, folder + runtime.get(), classes));
          }
        }
        return Optional.empty();
      } catch (IOException e) {
        throw new UncheckedIOException("cannot read %s on the class path".formatted(NATIVES), e);
      }
    }

    /**
     * Unpacks the library, unless it is there, and puts its folder before all others in which JNA,
     * by which the engine looks for it, looks. To be called by one process at a time.
     *
     * @param cache where the engine's libraries are kept
     */
    void offer(Path cache) throws IOException {
      Path folder = cache.resolve(RUNTIME + "-" + flavor);
      Path library = folder.resolve(System.mapLibraryName(RUNTIME));
      if (!Files.exists(library)) {
        Files.createDirectories(folder);
        Path part = Files.createTempFile(folder, RUNTIME, ".tmp");
        try (InputStream in = classes.getResourceAsStream(resource)) {
          if (in == null) {
            throw new IOException(
                resource + " is not on the class path, although its list names it");
          }
          Files.copy(in, part, StandardCopyOption.REPLACE_EXISTING);
          Files.move(part, library, StandardCopyOption.ATOMIC_MOVE);
        } finally {
          Files.deleteIfExists(part);
        }
      }
      NativeLibrary.addSearchPath(RUNTIME, folder.toString());
    }
  }

  /**
   * Environment variables that put other native libraries, or another engine, in the place of those
   * on the class path, for which the suite's numbers hold. DJL 0.32.0 obeys each of them, as a
   * variable or else as a system property of that name, before it looks at the class path. Images
   * of containers set some: {@code PYTORCH_VERSION} stands in those of PyTorch and NVIDIA, {@code
   * PYTORCH_LIBRARY_PATH} in those of djl-serving.
   *
   * <p>Not among them are {@code DJL_CACHE_DIR} and {@code ENGINE_CACHE_DIR}, which say where the
   * class path's own libraries are unpacked, and {@code LD_LIBRARY_PATH}, in which NVIDIA's images
   * name a PyTorch of their own: DJL opens its libraries by their full path, and those that one
   * needs of another are then found among the opened ones. Drivers are found through it.
   */
  public static final class EngineVariables {

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
}
